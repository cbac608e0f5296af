// Command doudou is the assistant of the relais petite enfance: it serves
// families by Telegram and SMS, staff at a web desk, and whoever maintains it
// in a terminal.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // Europe/Paris, on an image that has no files
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv, now: time.Now}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// A program is one run of the command: what it reads, where it writes, what
// time it is. Tests make their own.
type program struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	now      func() time.Time
}

// A command is a word of the command line. run returns errUsage when the words
// were wrong (the flag set has already said why), errSilent when it has said
// all that there is to say.
type command struct {
	name    string
	about   string // one line
	usage   string // what follows the name
	example string
	run     func(ctx context.Context, p *program, flags *flag.FlagSet, args []string) error
}

var (
	errUsage  = errors.New("wrong use")
	errSilent = errors.New("already said")
)

// commands lists the words in the order in which help shows them.
func commands() []command {
	return []command{
		serveCommand(), chatCommand(), checkCommand(), scriptCommand(), factsCommand(), understandCommand(), learnCommand(), evalCommand(), cmgCommand(),
		smsCommand(), planCommand(), reportCommand(), agentCommand(), backupCommand(), restoreCommand(), configCommand(), healthCommand(), versionCommand(),
	}
}

// run runs one command and returns the exit code: 0 done, 1 failed, 2 wrong use.
func (p *program) run(ctx context.Context, args []string) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		p.help(p.out)
		return 0
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return p.exit(c, c.run(ctx, p, p.flags(c), args[1:]))
		}
	}
	fmt.Fprintf(p.err, "doudou: there is no command %q; try: doudou help\n", args[0])
	return 2
}

func (p *program) exit(c command, err error) int {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		return 2
	case errors.Is(err, errSilent):
		return 1
	}
	fmt.Fprintf(p.err, "doudou %s: %v\n", c.name, err)
	return 1
}

// flags returns the flag set of a command, which prints its help as the
// command's own: about, usage, options, example.
func (p *program) flags(c command) *flag.FlagSet {
	f := flag.NewFlagSet(c.name, flag.ContinueOnError)
	f.SetOutput(p.err)
	f.Usage = func() {
		fmt.Fprintf(f.Output(), "%s\n\n  doudou %s %s\n\n", c.about, c.name, c.usage)
		f.PrintDefaults()
		fmt.Fprintf(f.Output(), "\nExample:\n  %s\n", c.example)
	}
	return f
}

// parse reads the options of a command; --help prints to standard output.
func (p *program) parse(f *flag.FlagSet, args []string) error {
	for _, a := range args {
		if a == "-h" || a == "--help" || a == "-help" {
			f.SetOutput(p.out)
		}
	}
	err := f.Parse(args)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return err
	}
	return errUsage
}

func (p *program) help(w io.Writer) {
	fmt.Fprint(w, "Doudou answers parents and childminders by Telegram and SMS, and hands what is complex to staff.\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  doudou %-11s %s\n", c.name, c.about)
	}
	fmt.Fprint(w, "\nEach command explains itself: doudou COMMAND --help\n")
}
