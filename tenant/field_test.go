package tenant

import (
	"errors"
	"fmt"
	"testing"
)

func TestFieldsFindsAll(t *testing.T) {
	a, b := &FieldError{Path: "a"}, &FieldError{Path: "b"}
	err := fmt.Errorf("outer: %w", errors.Join(a, fmt.Errorf("inner: %w", b), errors.New("other")))
	if got := Fields(err); len(got) != 2 || got[0] != a || got[1] != b {
		t.Errorf("Fields = %v, want a and b", got)
	}
	if got := Fields(errors.New("plain")); got != nil {
		t.Errorf("Fields of a plain error = %v, want nil", got)
	}
	if got := Fields(nil); got != nil {
		t.Errorf("Fields of nil = %v, want nil", got)
	}
}
