package localpg

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// secret returns the password kept in file, a new one of 192 random bits if
// there is none yet. Hexadecimal, so that it needs no quoting anywhere.
func secret(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err == nil {
		s := strings.TrimSpace(string(text))
		if _, err := hex.DecodeString(s); err != nil || s == "" {
			return "", fmt.Errorf("%s does not hold a password of ours: restore it, or remove the whole folder to begin anew", file)
		}
		return s, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	bits := make([]byte, 24)
	_, _ = rand.Read(bits) // never fails: documented so since Go 1.24
	s := hex.EncodeToString(bits)
	return s, keep(file, s+"\n")
}

// keep writes a file that is there whole or not at all, also after a power cut: the
// cluster that it opens is on the disk by then.
func keep(file, text string) (err error) {
	_ = os.Remove(file + ".new") // of a program that was killed
	fresh, err := os.OpenFile(file+".new", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = fresh.WriteString(text)
	err = errors.Join(err, fresh.Sync(), fresh.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(fresh.Name(), file); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(file))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
