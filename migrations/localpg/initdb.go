package localpg

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// made returns the major version that made the cluster in data, 0 if there is none.
func made(data string) int {
	text, err := os.ReadFile(filepath.Join(data, "pgdata", "PG_VERSION"))
	if err != nil {
		return 0
	}
	n, _ := strconv.Atoi(strings.TrimSpace(string(text))) // Postgres wrote it
	return n
}

// initdb makes the cluster in data/pgdata. It is made under another name first:
// what a killed initdb leaves behind is never taken for a cluster.
func initdb(ctx context.Context, programs Programs, run account, data, password string, volatile bool) error {
	fresh := filepath.Join(data, "pgdata.new")
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	if err := makeFolder(fresh, run); err != nil {
		return err
	}
	file := filepath.Join(data, "initdb.password")
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		return err
	}
	defer os.Remove(file)
	if err := run.give(file); err != nil {
		return err
	}
	args := []string{
		"--pgdata=" + fresh, "--username=" + adminRole, "--pwfile=" + file, "--auth=scram-sha-256",
		"--encoding=UTF8", "--data-checksums", "--no-instructions",
	}
	// Text is ordered by code point and folded by Unicode, alike on every
	// machine and after every update of the system's own locales.
	switch {
	case programs.Major >= 17:
		args = append(args, "--locale-provider=builtin", "--locale=C.UTF-8", "--lc-messages=C")
	case runtime.GOOS == "darwin":
		args = append(args, "--locale=C", "--lc-ctype=UTF-8")
	default:
		args = append(args, "--locale=C.UTF-8", "--lc-messages=C")
	}
	if volatile {
		args = append(args, "--no-sync")
	}
	out, err := run.command(ctx, filepath.Join(programs.Folder, "initdb"), args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return os.Rename(fresh, filepath.Join(data, "pgdata"))
}
