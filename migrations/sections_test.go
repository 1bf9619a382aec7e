package migrations_test

import (
	"os"
	"strings"
	"testing"
)

// sections are the ways there of migrations that follow each other, and their ways back.
func sections(t *testing.T, names ...string) (up, down string) {
	t.Helper()
	for _, name := range names {
		file, err := os.ReadFile("sql/" + name)
		if err != nil {
			t.Fatal(err)
		}
		there, back, found := strings.Cut(string(file), "-- +goose Down")
		if !found {
			t.Fatalf("%s has no way back", name)
		}
		up, down = up+there, back+down
	}
	return up, down
}
