package localpg

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// ErrNotRunning is returned by Join when no server runs in the folder.
var ErrNotRunning = errors.New("the private Postgres does not run")

// Addresses log in to a private Postgres that another program runs.
type Addresses struct {
	AdminURL string // the superuser
	AppURL   string // the runtime role
}

// Join returns the addresses of the server that another program runs in dir;
// it starts and changes nothing. Error: ErrNotRunning.
func Join(dir string) (Addresses, error) {
	none := func(err error) (Addresses, error) {
		return Addresses{}, fmt.Errorf("private Postgres in %s: %w", dir, err)
	}
	c := &Cluster{data: filepath.Join(dir, "data")}
	if text, err := os.ReadFile(filepath.Join(dir, pointer)); err == nil {
		c.data = strings.TrimSpace(string(text))
	}
	_, port, err := running(filepath.Join(c.data, "pgdata"))
	if err != nil {
		return none(err)
	}
	if port == 0 {
		return none(ErrNotRunning)
	}
	c.port = port
	for file, password := range map[string]*string{"admin.secret": &c.admin, "app.secret": &c.app} {
		if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
			return none(err)
		}
		if *password, err = secret(filepath.Join(dir, file)); err != nil {
			return none(err)
		}
	}
	return Addresses{AdminURL: c.AdminURL(), AppURL: c.AppURL()}, nil
}
