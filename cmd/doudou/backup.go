package main

import (
	"context"
	"flag"
	"fmt"

	"doudou/bot/store"
)

func backupCommand() command {
	return command{
		name: "backup", about: "copies the store to a file, while the service runs",
		usage:   "FILE",
		example: "doudou backup doudou-2026-11-23.backup",
		run:     runBackup,
	}
}

func restoreCommand() command {
	return command{
		name: "restore", about: "puts a backup in the place of the store; the service must be stopped",
		usage:   "FILE",
		example: "doudou restore doudou-2026-11-23.backup",
		run:     runRestore,
	}
}

func runBackup(ctx context.Context, p *program, flags *flag.FlagSet, args []string) error {
	o, file, err := backupOptions(p, flags, args)
	if err != nil {
		return err
	}
	if err := store.Backup(ctx, o, file); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s holds the whole store. It holds what families wrote: keep it locked away.\n", file)
	return err
}

func runRestore(ctx context.Context, p *program, flags *flag.FlagSet, args []string) error {
	o, file, err := backupOptions(p, flags, args)
	if err != nil {
		return err
	}
	done, err := store.Restore(ctx, o, file)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s is the store now.\n", file)
	if done.Held > 0 {
		fmt.Fprintf(p.out, "%d messages waited to leave when the backup was made. They are held back: they have most likely left since.\n", done.Held)
	}
	if done.Aside != "" {
		fmt.Fprintf(p.out, "What was there before is kept as %s; remove it when all is well.\n", done.Aside)
	}
	return nil
}

// backupOptions read the settings and the file of the two commands.
func backupOptions(p *program, flags *flag.FlagSet, args []string) (store.Options, string, error) {
	if err := p.parse(flags, args); err != nil {
		return store.Options{}, "", err
	}
	if flags.NArg() != 1 {
		flags.Usage()
		return store.Options{}, "", errUsage
	}
	c, err := readConfig(p.getenv)
	if err != nil {
		return store.Options{}, "", err
	}
	return storeOptions(p, c), flags.Arg(0), nil
}
