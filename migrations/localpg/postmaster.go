package localpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// postmaster is the server's first process.
type postmaster struct {
	pid  int
	exit chan struct{} // closed at its end; nil if it is not our child
}

// alive says whether the process exists and is a Postgres server, not another
// program that got the same number later.
func (p *postmaster) alive() bool {
	if p.exit != nil {
		select {
		case <-p.exit:
			return false
		default:
			return true
		}
	}
	if err := syscall.Kill(p.pid, 0); err != nil && !errors.Is(err, syscall.EPERM) {
		return false
	}
	// A zombie still has a number, and nothing else. Where there is no /proc,
	// ps tells the same.
	if stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid)); err == nil {
		_, rest, _ := bytes.Cut(stat, []byte("("))
		name, state, _ := bytes.Cut(rest, []byte(") "))
		return string(name) == "postgres" && !bytes.HasPrefix(state, []byte("Z"))
	}
	line := ask("ps", "-o", "stat=,comm=", "-p", strconv.Itoa(p.pid))
	return strings.Contains(line, "postgres") && !strings.HasPrefix(line, "Z")
}

// stop ends the server: fast, which disconnects everyone and writes a
// checkpoint, and at once when ctx is over.
func (p *postmaster) stop(ctx context.Context) error {
	if err := syscall.Kill(p.pid, syscall.SIGINT); errors.Is(err, syscall.ESRCH) {
		return nil
	}
	if p.gone(ctx) {
		return nil
	}
	if err := syscall.Kill(p.pid, syscall.SIGQUIT); errors.Is(err, syscall.ESRCH) {
		return nil
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if !p.gone(grace) {
		return fmt.Errorf("stop Postgres: process %d does not end", p.pid)
	}
	return nil
}

func (p *postmaster) gone(ctx context.Context) bool {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for p.alive() {
		select {
		case <-ctx.Done():
			return !p.alive()
		case <-p.exit: // never, if it is not our child
		case <-tick.C:
		}
	}
	return true
}

// pidFile is what a postmaster writes of itself into its data folder:
// its process id, the folder, the start time, the port, and more.
const pidFile = "postmaster.pid"

// running returns the server that the data folder's pid file tells of, and its
// port; nil if that one is no more. It changes nothing.
func running(pgdata string) (*postmaster, int, error) {
	name := filepath.Join(pgdata, pidFile)
	text, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	lines := strings.Split(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || pid <= 0 {
		return nil, 0, fmt.Errorf("%s does not begin with a process id: if no Postgres runs there, remove it", name)
	}
	p := &postmaster{pid: pid}
	if !p.alive() {
		return nil, 0, nil
	}
	if len(lines) < 4 {
		return nil, 0, fmt.Errorf("%s tells no port: process %d is just starting or is not a Postgres of ours", name, pid)
	}
	port, err := strconv.Atoi(strings.TrimSpace(lines[3]))
	if err != nil {
		return nil, 0, fmt.Errorf("%s: port: %w", name, err)
	}
	return p, port, nil
}

// disown prepares the pid file of a dead server for a new one. As a rule it is
// left for Postgres to judge, which also looks at the shared memory named in it.
// Only when some other program has got its number does Postgres refuse to start;
// then the number is made ours, the new server's parent, which Postgres takes as
// dead, and the rest is kept.
func disown(pgdata string) error {
	name := filepath.Join(pgdata, pidFile)
	text, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	first, rest, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || syscall.Kill(pid, 0) != nil {
		return nil
	}
	return os.WriteFile(name, []byte(strconv.Itoa(os.Getpid())+"\n"+rest), 0o600)
}
