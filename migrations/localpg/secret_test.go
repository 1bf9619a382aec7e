package localpg

import (
	"os"
	"path/filepath"
	"testing"
)

// A password is there whole or not at all: what a killed program left half
// written is written anew.
func TestAPasswordIsKeptWhole(t *testing.T) {
	file := filepath.Join(t.TempDir(), "admin.secret")
	if err := os.WriteFile(file+".new", []byte("4"), 0o644); err != nil {
		t.Fatal(err)
	}
	first, err := secret(file)
	if err != nil || len(first) != 48 {
		t.Fatalf("%q, %v", first, err)
	}
	again, err := secret(file)
	if err != nil || again != first {
		t.Errorf("%q, %v, want %q", again, err, first)
	}
	if left, err := filepath.Glob(file + ".*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
