package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"time"
)

func versionCommand() command {
	return command{name: "version", about: "shows the version of this program", example: "doudou version", run: runVersion}
}

// runVersion prints the version that the Go tool recorded, and the commit.
func runVersion(_ context.Context, p *program, flags *flag.FlagSet, args []string) error {
	if err := p.parse(flags, args); err != nil {
		return err
	}
	_, err := fmt.Fprintln(p.out, version())
	return err
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "doudou (unknown version)"
	}
	commit := ""
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			commit = " " + s.Value[:12]
		}
	}
	return "doudou " + info.Main.Version + commit + " " + info.GoVersion
}

func healthCommand() command {
	return command{
		name: "health", about: "asks a running service whether it is ready; exit code 0 or 1 (for Docker)",
		usage: "[--url http://127.0.0.1:8080/readyz]", example: "doudou health", run: runHealth,
	}
}

// runHealth asks the service on this machine.
func runHealth(ctx context.Context, p *program, flags *flag.FlagSet, args []string) error {
	address := flags.String("url", "", "address to ask; by default the one of DOUDOU_LISTEN")
	if err := p.parse(flags, args); err != nil {
		return err
	}
	if *address == "" {
		c, err := readConfig(p.getenv)
		if err != nil {
			return err
		}
		*address = "http://" + dialable(c.listen) + "/readyz"
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, *address, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the service does not answer: %w", err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 4096))
	if err != nil {
		return err
	}
	fmt.Fprint(p.out, string(body))
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", answer.Status)
	}
	return nil
}
