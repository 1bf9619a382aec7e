package localpg

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// account is who Postgres runs as. Its programs refuse to run as root; anyone
// else runs them as himself.
type account struct {
	root     bool // we are root, and switch to uid and gid
	uid, gid int
}

func runner() (account, error) {
	if os.Geteuid() != 0 {
		return account{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return account{}, fmt.Errorf("no account called postgres on this machine, and as root the server must run as that one: "+
			"install the package postgresql (make deps), or do not run this as root: %w", err)
	}
	a := account{root: true}
	if a.uid, err = strconv.Atoi(u.Uid); err != nil {
		return account{}, fmt.Errorf("account postgres: %w", err)
	}
	if a.gid, err = strconv.Atoi(u.Gid); err != nil {
		return account{}, fmt.Errorf("account postgres: %w", err)
	}
	return a, nil
}

// command prepares a program to run as the account, in / and with an
// environment that no PG* variable of the caller gets into.
func (a account) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	// A session of its own: neither Ctrl-C in the terminal nor its closing
	// reaches the server before we stop it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if a.root {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return cmd
}

// give makes the account the owner of a file or folder.
func (a account) give(path string) error {
	if !a.root {
		return nil
	}
	return os.Chown(path, a.uid, a.gid)
}
