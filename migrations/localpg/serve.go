package localpg

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// settings suit a small machine that does other things too. Durability is the
// default one: what is acknowledged is on the disk.
var settings = map[string]string{
	"listen_addresses":     "127.0.0.1",
	"max_connections":      "100",
	"shared_buffers":       "128MB",
	"effective_cache_size": "512MB",
	"random_page_cost":     "1.1", // nobody's data folder is on a spinning disk any more
	"jit":                  "off", // costs more than it gains on queries of a millisecond
	"max_wal_size":         "1GB",
	"min_wal_size":         "80MB",
	"wal_compression":      "on",
	"synchronous_commit":   "on",
	"timezone":             "UTC",
	"log_timezone":         "UTC",
	"logging_collector":    "off", // standard error is our file
}

var volatile = map[string]string{
	"fsync":              "off",
	"synchronous_commit": "off",
	"full_page_writes":   "off",
	"autovacuum":         "off", // it would hold templates that are being cloned
	"max_connections":    "200",
}

// serve adopts the server that runs in the folder already, or starts one.
func (c *Cluster) serve(ctx context.Context, programs Programs, run account) (err error) {
	pgdata := filepath.Join(c.data, "pgdata")
	p, port, err := running(pgdata)
	if err != nil {
		return err
	}
	c.socket = socketPath(pgdata)
	if p != nil {
		c.process, c.port = p, port
		c.config.Log.Info("adopting the private Postgres that was left running", "pid", p.pid, "port", port)
		return c.await(ctx)
	}
	remembered := filepath.Join(c.config.Dir, "port")
	if text, err := os.ReadFile(remembered); err == nil {
		c.port, _ = strconv.Atoi(strings.TrimSpace(string(text))) // 0 if spoilt: then another is chosen
	}
	if err := disown(pgdata); err != nil {
		return err
	}
	name := filepath.Join(c.config.Dir, "postgres.log")
	_ = os.Rename(name, name+".1") // the log of the run before; there may be none
	patience, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	for {
		if c.port, err = freePort(c.port); err != nil {
			return err
		}
		if err := socketFolder(c.socket, run); err != nil {
			c.config.Log.Warn("private Postgres without a Unix socket", "error", err)
			c.socket = ""
		}
		err = c.launch(ctx, programs, run, pgdata, name)
		switch {
		case err == nil:
			return os.WriteFile(remembered, []byte(strconv.Itoa(c.port)+"\n"), 0o644)
		case strings.Contains(err.Error(), "Address already in use"):
			c.port = 0 // somebody took it between our look and the server's start
		case strings.Contains(err.Error(), "is still in use"):
			// The last processes of a killed server are just noticing its death.
		default:
			return err
		}
		select {
		case <-patience.Done():
			return err
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (c *Cluster) launch(ctx context.Context, programs Programs, run account, pgdata, name string) error {
	log, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	// Not CommandContext: the server outlives the context it is started in.
	cmd := run.command(context.WithoutCancel(ctx), filepath.Join(programs.Folder, "postgres"), c.arguments(pgdata)...)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	c.process = &postmaster{pid: cmd.Process.Pid, exit: make(chan struct{})}
	go func() {
		_ = cmd.Wait()
		close(c.process.exit)
	}()
	if err := c.await(ctx); err != nil {
		_ = c.end(context.WithoutCancel(ctx))
		return fmt.Errorf("%w; the end of %s: %s", err, name, tail(name))
	}
	return nil
}

func (c *Cluster) arguments(pgdata string) []string {
	all := map[string]string{"port": strconv.Itoa(c.port), "unix_socket_directories": c.socket}
	for _, some := range []map[string]string{settings, c.config.Settings} {
		for k, v := range some {
			all[k] = v
		}
	}
	if c.config.Volatile {
		for k, v := range volatile {
			if _, chosen := c.config.Settings[k]; !chosen {
				all[k] = v
			}
		}
	}
	args := []string{"-D", pgdata}
	keys := make([]string, 0, len(all))
	for k := range all {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		args = append(args, "-c", k+"="+all[k])
	}
	return args
}

// await returns when the server takes logins, or has ended, or ctx has.
func (c *Cluster) await(ctx context.Context) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := pgx.Connect(ctx, c.url(adminRole, c.admin, "postgres"))
		if err == nil {
			defer conn.Close(context.WithoutCancel(ctx))
			var folder string
			if err := conn.QueryRow(ctx, `SHOW data_directory`).Scan(&folder); err != nil {
				return err
			}
			if want := filepath.Join(c.data, "pgdata"); folder != want {
				return fmt.Errorf("the server on port %d serves %s and not %s", c.port, folder, want)
			}
			return nil
		}
		if !c.process.alive() {
			return errors.New("the server ended while starting")
		}
		// 28P01 is a wrong password: no waiting makes it right.
		if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "28P01" {
			return fmt.Errorf("the password in %s is not this server's: restore the file, or remove the whole folder to begin anew: %w",
				filepath.Join(c.config.Dir, "admin.secret"), err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server took no connection in time: %w", errors.Join(ctx.Err(), err))
		case <-c.process.exit:
		case <-tick.C:
		}
	}
}

// freePort returns want if it is free, else another one.
func freePort(want int) (int, error) {
	for _, port := range []int{want, 0} {
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			continue
		}
		defer l.Close()
		return l.Addr().(*net.TCPAddr).Port, nil
	}
	return 0, errors.New("no free port on 127.0.0.1")
}

// socketPath is the folder of the Unix socket: short, because a socket's path
// may have some hundred bytes only, and named by the data folder.
func socketPath(pgdata string) string {
	sum := sha256.Sum256([]byte(pgdata))
	return "/tmp/storebot-pg-" + hex.EncodeToString(sum[:5])
}

// socketFolder makes it. Anybody may make folders there: one that is not ours is
// an error.
func socketFolder(path string, run account) error {
	if err := os.Mkdir(path, 0o700); err == nil {
		return run.give(path)
	} else if !errors.Is(err, os.ErrExist) {
		return err
	}
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); !ok || !info.IsDir() || int(stat.Uid) != run.uid || info.Mode().Perm() != 0o700 {
		return fmt.Errorf("%s belongs to somebody else", path)
	}
	return nil
}

func tail(name string) string {
	text, _ := os.ReadFile(name) // it is told only beside another error
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-8):], "\n")
}
