package ragrpc

import (
	"testing"

	"github.com/google/uuid"
)

func TestTokenID(t *testing.T) {
	for _, id := range []uuid.UUID{uuid.New(), uuid.Must(uuid.NewV7()), uuid.Max} {
		if got, err := readTokenID(writeTokenID(id)); err != nil || got != id {
			t.Errorf("%s comes back as %s, %v", id, got, err)
		}
	}
	if got, err := readTokenID(""); err != nil || got != uuid.Nil {
		t.Errorf("no token: %s, %v", got, err)
	}
	for _, token := range []string{"x", writeToken(1), writeToken(-1, 0, 0, 1), writeToken(1<<32, 0, 0, 1), writeToken(1, 2, 3, 1<<32+1)} {
		if _, err := readTokenID(token); err == nil {
			t.Errorf("%q is read", token)
		}
	}
}
