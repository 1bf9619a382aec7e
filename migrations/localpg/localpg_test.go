package localpg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// As a second process of this program it starts a cluster and waits to be killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("LOCALPG_TEST_DIR"); dir != "" {
		c, err := Start(context.Background(), Config{Dir: dir, Volatile: true})
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("ready", c.PID())
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var quietly = slog.New(slog.DiscardHandler)

// folder returns a new one that the account postgres can reach, in memory where
// that can be: initdb writes a thousand files.
func folder(t *testing.T) string {
	t.Helper()
	parent := "/dev/shm"
	if _, err := os.Stat(parent); err != nil {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, "localpg-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "deep", "storebot")
}

func started(t *testing.T, dir string) *Cluster {
	t.Helper()
	return startedWith(t, Config{Dir: dir, Volatile: true, Log: quietly})
}

func startedWith(t *testing.T, config Config) *Cluster {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c, err := Start(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if c.process.alive() {
			stopped(t, c)
		}
	})
	return c
}

func stopped(t *testing.T, c *Cluster) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := c.Stop(ctx); err != nil {
		t.Fatal(err)
	}
}

func ask1(t *testing.T, url, sql string) string {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	var answer string
	if err := conn.QueryRow(ctx, sql).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return answer
}

func TestStartAgainFindsTheSameCluster(t *testing.T) {
	dir := folder(t)
	c := started(t, dir)
	if got := ask1(t, c.AppURL(), `SELECT concat_ws(' ', current_user, rolsuper, rolbypassrls, current_database(), current_setting('server_encoding'), lower('É')) FROM pg_roles WHERE rolname = current_user`); got != "storebot_app f f storebot UTF8 é" {
		t.Errorf("as the runtime role: %s", got)
	}
	if got := ask1(t, c.AdminURL(), `SELECT concat_ws(' ', rolsuper, current_setting('password_encryption'), current_setting('data_checksums')) FROM pg_roles WHERE rolname = current_user`); got != "t scram-sha-256 on" {
		t.Errorf("as superuser: %s", got)
	}
	for _, name := range []string{"admin.secret", "app.secret"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
	if group, err := syscall.Getpgid(c.PID()); err != nil || group == syscall.Getpgrp() {
		t.Errorf("the server is in our process group, where Ctrl-C reaches it: %v", err)
	}
	exec1(t, c.AdminURL(), `CREATE TABLE kept AS SELECT 'here' AS word`)
	if joined, err := Join(dir); err != nil || joined.AdminURL != c.AdminURL() || joined.AppURL != c.AppURL() {
		t.Errorf("Join: %v, %v", joined, err)
	}
	url, pid := c.AppURL(), c.PID()
	stopped(t, c)
	if p := (&postmaster{pid: pid}); p.alive() {
		t.Error("the server runs after Stop")
	}
	if _, err := Join(dir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("Join after Stop: %v", err)
	}
	if _, err := os.Stat(c.socket); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Stop leaves %s: %v", c.socket, err)
	}
	again := started(t, dir)
	if again.AppURL() != url {
		t.Errorf("address changed from %s to %s", url, again.AppURL())
	}
	if got := ask1(t, again.AdminURL(), `SELECT word FROM kept`); got != "here" {
		t.Errorf("kept %q", got)
	}
}

func exec1(t *testing.T, url, sql string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func TestAFolderHasOneOwner(t *testing.T) {
	dir := folder(t)
	c := started(t, dir)
	_, err := Start(context.Background(), Config{Dir: dir, Log: quietly})
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), strconv.Itoa(os.Getpid())) {
		t.Errorf("a second start: %v", err)
	}
	ask1(t, c.AppURL(), `SELECT 'still there'`)
}

func TestStartAfterTheServerWasKilled(t *testing.T) {
	dir := folder(t)
	c := startedWith(t, Config{Dir: dir, Log: quietly}) // not volatile: what it acknowledged must be there again
	exec1(t, c.AdminURL(), `CREATE TABLE kept AS SELECT 'here' AS word`)
	if err := syscall.Kill(c.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-c.process.exit
	c.release()
	again := started(t, dir)
	if got := ask1(t, again.AdminURL(), `SELECT word FROM kept`); got != "here" {
		t.Errorf("kept %q", got)
	}
	// And with a pid file whose number another program has by now.
	stopped(t, again)
	file := filepath.Join(again.Data(), "pgdata", pidFile)
	text := fmt.Sprintf("%d\n%s\n1700000000\n%d\n\n127.0.0.1\n  1234567    12345\nready   \n", os.Getppid(), filepath.Dir(file), again.port)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	run, err := runner()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.give(file); err != nil { // as the server itself wrote it
		t.Fatal(err)
	}
	started(t, dir)
}

func TestStartAdoptsWhatAKilledProgramLeft(t *testing.T) {
	dir := folder(t)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "LOCALPG_TEST_DIR="+dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "ready ") {
		t.Fatalf("%q %v", line, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	c := started(t, dir)
	if got := strconv.Itoa(c.PID()); got != strings.TrimSpace(strings.TrimPrefix(line, "ready ")) {
		t.Errorf("process %s was not adopted but %s started", line, got)
	}
	ask1(t, c.AppURL(), `SELECT 'serves'`)
	pid := c.PID()
	stopped(t, c)
	if (&postmaster{pid: pid}).alive() {
		t.Error("the adopted server runs after Stop")
	}
}

func TestStartTakesAnotherPortIfItsOwnIsTaken(t *testing.T) {
	dir := folder(t)
	c := started(t, dir)
	port := c.port
	stopped(t, c)
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	again := started(t, dir)
	if again.port == port {
		t.Errorf("port %d again", port)
	}
	ask1(t, again.AppURL(), `SELECT 'serves'`)
}

func TestStartWithALostPassword(t *testing.T) {
	dir := folder(t)
	stopped(t, started(t, dir))
	app, admin := filepath.Join(dir, "app.secret"), filepath.Join(dir, "admin.secret")
	// The runtime role's is made anew, and set.
	if err := os.Remove(app); err != nil {
		t.Fatal(err)
	}
	c := started(t, dir)
	ask1(t, c.AppURL(), `SELECT 'serves'`)
	stopped(t, c)
	// The superuser's cannot be.
	if err := os.Remove(admin); err != nil {
		t.Fatal(err)
	}
	_, err := Start(context.Background(), Config{Dir: dir, Volatile: true, Log: quietly})
	if err == nil || !strings.Contains(err.Error(), "admin.secret") {
		t.Errorf("got %v", err)
	}
}
