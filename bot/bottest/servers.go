package bottest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Postgres returns the URL of an empty database, dropped when the test ends.
// Without DOUDOU_TEST_POSTGRES (a server on which databases may be made) the test
// is left out; with DOUDOU_TEST_ALL=1 it fails.
func Postgres(t testing.TB) string {
	t.Helper()
	server, err := url.Parse(setting(t, "DOUDOU_TEST_POSTGRES"))
	if err != nil {
		t.Fatal("DOUDOU_TEST_POSTGRES is not a URL")
	}
	name := fmt.Sprintf("doudou_test_%d", rand.Uint64())
	run := func(ctx context.Context, statement string) error {
		conn, err := pgx.Connect(ctx, server.String())
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		_, err = conn.Exec(ctx, statement)
		return err
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := run(ctx, "CREATE DATABASE "+name); err != nil {
		t.Fatalf("make a database: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := run(ctx, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop a database: %v", err)
		}
	})
	mine := *server
	mine.Path = "/" + name
	return mine.String()
}

// Redis returns the URL of a server that other tests use too: a test touches
// only keys of its own. It is left out without DOUDOU_TEST_REDIS, as Postgres.
func Redis(t testing.TB) string {
	t.Helper()
	return setting(t, "DOUDOU_TEST_REDIS")
}

func setting(t testing.TB, name string) string {
	t.Helper()
	v := os.Getenv(name)
	switch {
	case v != "":
	case os.Getenv("DOUDOU_TEST_ALL") == "1":
		t.Fatalf("%s is not set, and DOUDOU_TEST_ALL=1 lets nothing be left out: run make test", name)
	default:
		t.Skipf("left out: %s is not set; make test starts a server", name)
	}
	return v
}
