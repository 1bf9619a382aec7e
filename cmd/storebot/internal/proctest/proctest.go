// Package proctest runs the real program as a child process, for tests of what
// only a process does: start, print, take signals, die, and leave something
// behind. It knows nothing of what the program is.
package proctest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Build compiles the package (a path as go build takes it) into a new folder
// and returns the program's path. remove deletes the folder.
func Build(pkg string) (path string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "proctest-")
	if err != nil {
		return "", nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) }
	path = filepath.Join(dir, "program")
	out, err := exec.Command("go", "build", "-o", path, pkg).CombinedOutput()
	if err != nil {
		remove()
		return "", nil, fmt.Errorf("go build %s: %w\n%s", pkg, err, out)
	}
	return path, remove, nil
}

// Folder returns the path of a folder that does not exist yet, below one that
// every account of this machine may pass through (t.TempDir is closed to
// others). It is in memory where that can be.
func Folder(t testing.TB) string {
	t.Helper()
	parent := "/dev/shm"
	if _, err := os.Stat(parent); err != nil {
		parent = os.TempDir()
	}
	dir, err := os.MkdirTemp(parent, "proctest-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "data")
}

// FreeAddr returns an address of loopback on which nothing listens.
func FreeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
