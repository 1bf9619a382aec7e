package localpg

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Where the account that runs Postgres cannot pass, the data goes elsewhere, and
// is found there again. Who is not root runs it himself and passes everywhere.
func TestPlace(t *testing.T) {
	open, err := os.MkdirTemp("/tmp", "localpg-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(open) })
	if err := os.Chmod(open, 0o711); err != nil {
		t.Fatal(err)
	}
	defer func(was []string) { elsewhere = was }(elsewhere)
	elsewhere = []string{filepath.Join(open, "closed", "elsewhere"), filepath.Join(open, "elsewhere")}
	shut := filepath.Join(open, "closed", "home")
	if err := os.MkdirAll(shut, 0o711); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(shut), 0o700); err != nil {
		t.Fatal(err)
	}
	run, err := runner()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := place(open, run, quietly); err != nil || got != filepath.Join(open, "data") {
		t.Errorf("a folder that is reached: %s, %v", got, err)
	}
	got, err := place(shut, run, quietly)
	if err != nil {
		t.Fatal(err)
	}
	if !run.root {
		if got != filepath.Join(shut, "data") {
			t.Errorf("our own folder: %s", got)
		}
		return
	}
	if filepath.Dir(got) != elsewhere[1] {
		t.Errorf("a folder behind a closed one: %s, want one in %s", got, elsewhere[1])
	}
	if _, err := os.Stat(filepath.Join(shut, "data")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the unreachable data folder is left: %v", err)
	}
	if again, err := place(shut, run, quietly); err != nil || again != got {
		t.Errorf("the second time: %s, %v", again, err)
	}
	if err := os.RemoveAll(got); err != nil {
		t.Fatal(err)
	}
	if _, err := place(shut, run, quietly); err == nil || !strings.Contains(err.Error(), pointer) {
		t.Errorf("the data is gone: %v", err)
	}
}

func TestFindSaysHowToInstall(t *testing.T) {
	_, err := Find(12)
	if !errors.Is(err, ErrNoServer) || !strings.Contains(err.Error(), "make deps") {
		t.Errorf("got %v", err)
	}
	if found, err := Find(0); err != nil || found.Major < oldest {
		t.Errorf("found %v, %v", found, err)
	}
}
