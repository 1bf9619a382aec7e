package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"storebot/cmd/storebot/internal/proctest"
	"storebot/migrations/pgtest"
)

// program is the real binary's path.
var program string

// configured are the beginnings of the variables that configure the program.
// The tests say themselves what they want.
var configured = []string{"DATABASE_", "OLLAMA_", "STOREBOT_", "ADDR="}

func TestMain(m *testing.M) {
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		for _, prefix := range configured {
			if name != pgtest.Variable && strings.HasPrefix(v, prefix) {
				os.Unsetenv(name)
			}
		}
	}
	path, remove, err := proctest.Build(".")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	program = path
	status := m.Run()
	remove()
	os.Exit(status)
}

// outcome is what a command did that ran in this process.
type outcome struct {
	status   int
	out, err string
}

// storebot runs a command in this process. What ends a process (--help, wrong
// arguments) needs launch or proctest.Run.
func storebot(t *testing.T, args ...string) outcome {
	t.Helper()
	var out, problems bytes.Buffer
	status := run(t.Context(), append([]string{"--log-level=warn"}, args...), &out, &problems)
	return outcome{status, out.String(), problems.String()}
}

// do runs a command that must succeed and returns what it prints.
func do(t *testing.T, args ...string) string {
	t.Helper()
	o := storebot(t, args...)
	if o.status != 0 {
		t.Fatalf("storebot %s: status %d\n%s%s", strings.Join(args, " "), o.status, o.out, o.err)
	}
	return o.out
}

// doFast is do by the real program, which the race detector does not slow
// down: for much data.
func doFast(t *testing.T, args ...string) string {
	t.Helper()
	r := proctest.Run(t, program, os.Environ(), append([]string{"--log-level=warn"}, args...)...)
	if r.Status != 0 {
		t.Fatalf("storebot %s: status %d\n%s%s", strings.Join(args, " "), r.Status, r.Stdout, r.Stderr)
	}
	return r.Stdout
}

// refused runs a command that must fail with status, saying all of words.
func refused(t *testing.T, status int, words []string, args ...string) {
	t.Helper()
	o := storebot(t, args...)
	if o.status != status {
		t.Errorf("storebot %s: status %d, want %d\n%s%s", strings.Join(args, " "), o.status, status, o.out, o.err)
	}
	for _, w := range words {
		if !strings.Contains(o.out+o.err, w) {
			t.Errorf("storebot %s does not say %q:\n%s%s", strings.Join(args, " "), w, o.out, o.err)
		}
	}
}

// launch starts the real program; it ends with the test.
func launch(t *testing.T, args ...string) *proctest.Process {
	t.Helper()
	return proctest.Start(t, program, os.Environ(), args...)
}

// database returns the option that names a migrated database of this test's own.
func database(t *testing.T) (option string, db *pgtest.DB) {
	t.Helper()
	db = pgtest.New(t)
	return "--database-url=" + db.AppURL, db
}

func write(t *testing.T, path string, content []byte) string {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
