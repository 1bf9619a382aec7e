package localpg

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// pointer is the file that says where the data is when it is not beside it.
const pointer = "data-folder"

// elsewhere holds the data of folders that the account postgres cannot reach.
var elsewhere = []string{"/var/lib/storebot", "/var/tmp/storebot"}

// place returns the folder of dir's data, made and given to the account that
// runs Postgres. It is dir/data if that account gets there. As root it often
// does not (root's home is closed to others): then it is a folder elsewhere,
// named by dir's path, and a pointer file in dir remembers it.
func place(dir string, run account, log *slog.Logger) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, pointer))
	switch {
	case err == nil:
		data := strings.TrimSpace(string(text))
		if _, err := os.Stat(data); err != nil {
			return "", fmt.Errorf("the data should be in %s, as %s says, and is not: bring it back, or remove %s to begin anew: %w",
				data, filepath.Join(dir, pointer), dir, err)
		}
		return data, nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	data := filepath.Join(dir, "data")
	if err := makeFolder(data, run); err != nil {
		return "", err
	}
	if reaches(run, data) {
		return data, nil
	}
	if made(data) != 0 {
		return "", fmt.Errorf("account postgres (uid %d) cannot enter %s: give it the right to pass through the folders above", run.uid, data)
	}
	if err := os.Remove(data); err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(dir))
	for _, parent := range elsewhere {
		data = filepath.Join(parent, hex.EncodeToString(sum[:6]))
		if os.MkdirAll(parent, 0o711) != nil || makeFolder(data, run) != nil || !reaches(run, data) {
			continue
		}
		log.Info("account postgres cannot enter the folder of the private Postgres: its data is kept elsewhere", "folder", dir, "data", data)
		return data, os.WriteFile(filepath.Join(dir, pointer), []byte(data+"\n"), 0o644)
	}
	return "", fmt.Errorf("account postgres (uid %d) can enter neither %s nor a folder in %s: choose a data folder that it can reach",
		run.uid, dir, strings.Join(elsewhere, ", "))
}

func makeFolder(path string, run account) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	return run.give(path)
}

// reaches asks the system itself, by going there as the account: permissions,
// access lists and mounts of every folder above count.
func reaches(run account, path string) bool {
	return run.command(context.Background(), "/bin/sh", "-c", `cd "$1" && [ -w . ]`, "sh", path).Run() == nil
}
