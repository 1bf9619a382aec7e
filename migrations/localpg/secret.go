package localpg

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
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
	return s, os.WriteFile(file, []byte(s+"\n"), 0o600)
}
