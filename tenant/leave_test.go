package tenant

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"
)

// directoryOf lists shops, and those that are due.
type directoryOf struct {
	Directory
	shops []Listing
	due   []ID
}

func (d directoryOf) Tenants(context.Context) ([]Listing, error) { return d.shops, nil }

func (d directoryOf) Overdue(context.Context, int) ([]ID, error) { return d.due, nil }

func (d directoryOf) KeyByHash(context.Context, Hash) (KeyInfo, error) {
	return KeyInfo{}, ErrNotFound
}

// stubborn are shops of which one can be neither erased nor tidied.
type stubborn struct {
	Shops
	bad            ID
	erased, tidied []ID
}

var errStubborn = errors.New("statement timeout")

func (s *stubborn) Erase(_ context.Context, id ID) (Receipt, error) {
	if id == s.bad {
		return Receipt{}, errStubborn
	}
	s.erased = append(s.erased, id)
	return Receipt{Tenant: id}, nil
}

func (s *stubborn) DropExpired(_ context.Context, id ID, _ int) (bool, error) {
	if id == s.bad {
		return false, errStubborn
	}
	s.tidied = append(s.tidied, id)
	return false, nil
}

// unmeasured can measure nothing.
type unmeasured struct{ Usages }

func (unmeasured) MeasureHoldings(context.Context, time.Duration) (bool, error) {
	return false, errStubborn
}

// One shop with which something is wrong keeps no other's conversations longer than they may be kept.
func TestTidyGoesOnAfterAShopThatFails(t *testing.T) {
	bad, good := NewID(), NewID()
	shops := &stubborn{bad: bad}
	s := New(Config{
		Directory: directoryOf{shops: []Listing{{ID: bad}, {ID: good}}, due: []ID{bad, good}},
		Shops:     shops, Usages: unmeasured{}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	_, err := s.Tidy(t.Context())
	if !errors.Is(err, errStubborn) || strings.Count(err.Error(), bad.String()) != 2 || strings.Contains(err.Error(), good.String()) {
		t.Errorf("Tidy = %v, want an error that names the one shop twice", err)
	}
	if !slices.Equal(shops.erased, []ID{good}) || !slices.Equal(shops.tidied, []ID{good}) {
		t.Errorf("erased %v, tidied %v, want the other shop", shops.erased, shops.tidied)
	}
}
