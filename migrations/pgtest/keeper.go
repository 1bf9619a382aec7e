package pgtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"storebot/migrations/localpg"
)

// Variable is the environment variable with the superuser's URL of the cluster
// to use. It must be one that nobody minds to lose: the login of storebot_app
// gets a new password there.
const Variable = "STOREBOT_TEST_PG"

// keeper, set in the environment, makes this program the keeper of a cluster
// and nothing else.
const keeper = "STOREBOT_PGTEST_KEEPER"

// A test's process may be killed at any moment, and its server must end with
// it. So the server is started by a second process of the same program, its
// keeper, which reads a pipe from the first: the pipe ends when that process
// does, however it does.
func init() {
	if os.Getenv(keeper) == "" {
		return
	}
	if err := keep(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintf(os.Stdout, "error %s\n", strings.ReplaceAll(err.Error(), "\n", " | "))
		os.Exit(1)
	}
	os.Exit(0)
}

// keep starts a cluster in a new folder, writes its URL as one line, waits for
// the end of in and leaves nothing behind.
func keep(in io.Reader, out io.Writer) (err error) {
	dir, err := os.MkdirTemp(room(), "storebot-pgtest-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.Chmod(dir, 0o711); err != nil { // the account postgres passes through
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c, err := localpg.Start(ctx, localpg.Config{
		Dir: dir, Volatile: true, Log: slog.New(slog.DiscardHandler),
		Settings: map[string]string{"max_wal_size": "128MB", "min_wal_size": "32MB"},
	})
	if err != nil {
		return err
	}
	defer func() { // it may lie outside dir, in a folder that others share
		err = errors.Join(err, os.RemoveAll(c.Data()))
		_ = os.Remove(filepath.Dir(c.Data()))
	}()
	fmt.Fprintln(out, c.AdminURL())
	_, _ = io.Copy(io.Discard, in)
	at, once := context.WithCancel(context.Background())
	once() // nothing in there is worth an orderly end
	return c.Stop(at)
}

// room is where the cluster goes: into memory if there is plenty, where a
// database is cloned in 30 ms instead of up to 600 on a busy disk, else into the
// usual folder of temporary files. TMPDIR overrules it.
func room() string {
	const memory, plenty = "/dev/shm", 2 << 30
	var free syscall.Statfs_t
	if os.Getenv("TMPDIR") == "" && syscall.Statfs(memory, &free) == nil && uint64(free.Bavail)*uint64(free.Bsize) >= plenty {
		return memory
	}
	return ""
}

// Server is a Postgres for tests.
type Server struct {
	URL    string // logs in as superuser
	hold   *os.File
	keeper *exec.Cmd
}

// Start returns the Postgres that the environment names, or starts a private
// one. That one ends when Stop is called, and in any case with this process.
func Start() (*Server, error) {
	if address := os.Getenv(Variable); address != "" {
		return &Server{URL: address}, nil
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	in, hold, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	answer, out, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), keeper+"=1")
	// Standard error is closed to it: go test waits for whoever holds its own.
	cmd.Stdin, cmd.Stdout = in, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // Ctrl-C is for us; the keeper sees us end
	err = cmd.Start()
	_ = out.Close()
	if err != nil {
		_ = hold.Close()
		return nil, fmt.Errorf("start the keeper of a test Postgres: %w", err)
	}
	s := &Server{hold: hold, keeper: cmd}
	line, err := bufio.NewReader(answer).ReadString('\n')
	s.URL = strings.TrimSpace(line)
	if message, failed := strings.CutPrefix(s.URL, "error "); failed || err != nil {
		s.Stop()
		return nil, fmt.Errorf("start a test Postgres: %s", strings.ReplaceAll(message, " | ", "\n"))
	}
	return s, nil
}

// Stop ends a private server; one that the environment named goes on.
func (s *Server) Stop() {
	if s.keeper == nil {
		return
	}
	_ = s.hold.Close()
	_ = s.keeper.Wait()
}
