package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// dumpPostgres copies the tables of our schema with pg_dump.
func dumpPostgres(ctx context.Context, o Options, to string) error {
	d, err := readDatabase(ctx, o.URL)
	if err != nil {
		return err
	}
	return d.run(ctx, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--schema="+d.schema, "--file="+to)
}

// loadPostgres replaces the tables of our schema, all or none, with pg_restore.
func loadPostgres(ctx context.Context, o Options, from string) (aside string, err error) {
	d, err := readDatabase(ctx, o.URL)
	if err != nil {
		return "", err
	}
	return "", d.run(ctx, "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
		"--schema="+d.schema, "--dbname="+d.name, from)
}

// A database is where PostgreSQL's own programs find our tables. What they must
// know goes by the environment: a command line can be read by everybody on the
// machine.
type database struct {
	env          []string
	name, schema string
}

func readDatabase(ctx context.Context, address string) (database, error) {
	c, err := pgx.ParseConfig(address)
	if err != nil {
		return database{}, errors.New("the database URL cannot be read: it should look like postgres://user:password@host:5432/name") // the error would quote the password
	}
	d := database{name: c.Database, env: []string{
		"PGHOST=" + c.Host, "PGPORT=" + strconv.Itoa(int(c.Port)), "PGUSER=" + c.User, "PGPASSWORD=" + c.Password, "PGDATABASE=" + c.Database,
	}}
	if u, err := url.Parse(address); err == nil && u.Query().Get("sslmode") != "" {
		d.env = append(d.env, "PGSSLMODE="+u.Query().Get("sslmode"))
	}
	conn, err := pgx.ConnectConfig(ctx, c)
	if err != nil {
		return d, fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	defer conn.Close(ctx)
	if err := conn.QueryRow(ctx, `SELECT current_schema()`).Scan(&d.schema); err != nil {
		return d, fmt.Errorf("find the schema: %w", err)
	}
	return d, nil
}

func (d database) run(ctx context.Context, program string, args ...string) error {
	path, err := exec.LookPath(program)
	if err != nil {
		return fmt.Errorf("%s is not installed (Debian: apt-get install postgresql-client)", program)
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(os.Environ(), d.env...)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", program, err, strings.TrimSpace(said.String()))
	}
	return nil
}
