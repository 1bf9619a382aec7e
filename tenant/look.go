package tenant

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// A Look is how a shop wants its widget. Empty fields are the product's own.
type Look struct {
	Color  string // #rrggbb in lower case
	Side   string // left or right
	Label  string // the words on the launcher, at most 40 runes, one line
	Hosted bool   // the shop has a chat page of its own
}

const maxLabel = 40

var colorForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Clean returns the look as it is stored. What is wrong is told as FieldErrors
// with the paths look.color, look.side and look.label.
func (l Look) Clean() (Look, error) {
	l.Color, l.Label = strings.ToLower(strings.TrimSpace(l.Color)), strings.TrimSpace(l.Label)
	var bad []error
	if l.Color != "" && !colorForm.MatchString(l.Color) {
		bad = append(bad, &FieldError{"look.color", "color", fmt.Sprintf("%q is not a colour; write # and six of 0-9 and a-f, for example #1f4d44", l.Color)})
	}
	if l.Side != "" && l.Side != "left" && l.Side != "right" {
		bad = append(bad, &FieldError{"look.side", "string.in", fmt.Sprintf("%q is no side; use left or right", l.Side)})
	}
	if n := utf8.RuneCountInString(l.Label); n > maxLabel {
		bad = append(bad, &FieldError{"look.label", "string.max_len", fmt.Sprintf("is %d characters long; use at most %d", n, maxLabel)})
	}
	if err := errors.Join(append(bad, checkText("look.label", l.Label, ""))...); err != nil {
		return Look{}, err
	}
	return l, nil
}

// WidgetStore keeps what belongs to a shop's widget.
type WidgetStore interface {
	// Look returns a shop's look; without one the zero Look, hosted.
	Look(ctx context.Context, id ID) (Look, error)
	SetLook(ctx context.Context, id ID, l Look) error
	// IdentitySecret returns the secret and when it was made. Errors: ErrNotFound
	// when there is none.
	IdentitySecret(ctx context.Context, id ID) (string, time.Time, error)
	// SetIdentitySecret puts a secret in the place of the last one.
	SetIdentitySecret(ctx context.Context, id ID, secret string) error
}

// Widgets holds the verbs around a shop's widget. Its methods are safe for
// concurrent use.
type Widgets struct {
	Store WidgetStore
	Now   func() time.Time
}

// Look returns a shop's look.
func (w *Widgets) Look(ctx context.Context, id ID) (Look, error) { return w.Store.Look(ctx, id) }

// SetLook replaces a shop's look and returns it as stored. Errors: the
// FieldErrors of Look.Clean.
func (w *Widgets) SetLook(ctx context.Context, id ID, l Look) (Look, error) {
	l, err := l.Clean()
	if err != nil {
		return Look{}, err
	}
	return l, w.Store.SetLook(ctx, id, l)
}
