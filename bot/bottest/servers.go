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

// Postgres returns the URL of an empty schema of its own, dropped when the test
// ends: it is made in a hundredth of the time of a database. Without
// DOUDOU_TEST_POSTGRES (a server on which schemas may be made) the test is left
// out; with DOUDOU_TEST_ALL=1 it fails.
func Postgres(t testing.TB) string {
	t.Helper()
	server, err := url.Parse(setting(t, "DOUDOU_TEST_POSTGRES"))
	if err != nil {
		t.Fatal("DOUDOU_TEST_POSTGRES is not a URL")
	}
	name := fmt.Sprintf("doudou_test_%d", rand.Uint64())
	if err := run(t.Context(), server, "CREATE SCHEMA "+name); err != nil {
		t.Fatalf("make a schema: %v", err)
	}
	t.Cleanup(func() {
		if err := run(context.Background(), server, "DROP SCHEMA "+name+" CASCADE"); err != nil {
			t.Errorf("drop a schema: %v", err)
		}
	})
	mine := *server
	q := mine.Query()
	q.Set("search_path", name)
	mine.RawQuery = q.Encode()
	return mine.String()
}

// run runs one statement on a server.
func run(ctx context.Context, server *url.URL, statement string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, server.String())
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
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
