package tenant

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// KeepDays is for how many days a shop that is to be deleted can be kept after all.
const KeepDays = 14

// KeepVersionsDays is for how many days the earlier versions of an entry or product can be looked
// at and brought back after they were replaced or deleted.
const KeepVersionsDays = 365

// SetRetention sets after how many days a conversation is deleted; 0: never.
// Errors: FieldError with the path days; ErrNotFound.
func (s *Service) SetRetention(ctx context.Context, id ID, days int) (Shop, error) {
	if days < 0 || days > 3650 {
		return Shop{}, &FieldError{"days", "int32.lte", "must be from 0 (never) to 3650 days"}
	}
	if err := s.shops.SetRetention(ctx, id, days); err != nil {
		return Shop{}, err
	}
	return s.shops.Shop(ctx, id)
}

// DeleteShop takes the shop off at once and has everything of it deleted after
// KeepDays. name is the shop's, typed by hand. Errors: ErrNameMismatch; ErrNotFound.
func (s *Service) DeleteShop(ctx context.Context, id ID, name string) (Shop, error) {
	shop, err := s.shops.Shop(ctx, id)
	if err != nil {
		return Shop{}, err
	}
	if strings.TrimSpace(name) != shop.Name {
		return Shop{}, ErrNameMismatch
	}
	if err := s.shops.SetDeletion(ctx, id, KeepDays*24*time.Hour); err != nil {
		return Shop{}, err
	}
	s.keys.forget(id)
	return s.shops.Shop(ctx, id)
}

// KeepShop undoes DeleteShop. Errors: ErrNotFound.
func (s *Service) KeepShop(ctx context.Context, id ID) (Shop, error) {
	if err := s.shops.SetDeletion(ctx, id, 0); err != nil {
		return Shop{}, err
	}
	s.keys.forget(id)
	return s.shops.Shop(ctx, id)
}

// ExportShop writes a ZIP file with everything that is stored of the shop: a
// file of JSON lines for each table, and a list of them with their row counts.
// Secrets' hashes are left out. Errors: ErrNotFound.
func (s *Service) ExportShop(ctx context.Context, id ID, to io.Writer) error {
	return s.shops.ExportShop(ctx, id, to)
}

// Receipt says what was deleted of a shop. Its time and rows stay in the directory;
// the rest is known no longer.
type Receipt struct {
	Tenant   ID
	Slug     string
	Name     string
	Language string   // the shop's
	Owners   []string // their addresses
	At       time.Time
	Rows     map[string]int64 // by table
}

// Total is how many rows were deleted.
func (r Receipt) Total() (rows int64) {
	for _, n := range r.Rows {
		rows += n
	}
	return rows
}

// Erase deletes everything of a shop now, but its id in the directory, and
// returns the receipt, which its owners get by mail if mails are sent. Accounts that
// work in no other shop go with it. Errors: ErrNotFound.
func (s *Service) Erase(ctx context.Context, id ID) (Receipt, error) {
	receipt, err := s.shops.Erase(ctx, id)
	if err != nil {
		return receipt, err
	}
	s.keys.forget(id)
	if s.mailer != nil {
		subject, text := receiptMail(receipt)
		for _, owner := range receipt.Owners {
			s.mail(ctx, func(ctx context.Context) error { return s.mailer.SendMail(ctx, owner, subject, text) })
		}
	}
	return receipt, nil
}

// Overdue returns the shops whose time to be deleted has come, at most limit.
func (s *Service) Overdue(ctx context.Context, limit int) ([]ID, error) {
	return s.directory.Overdue(ctx, limit)
}

const (
	// measureAge is how old what was measured of a shop's holdings may be.
	measureAge = 10 * time.Minute
	// eraseAtOnce bounds what one Tidy erases.
	eraseAtOnce = 5
)

// Tidy measures what shops hold, deletes the conversations that their shops keep
// no longer and old versions of entries, and erases the shops whose time has come. more says that there is
// more to do at once. A shop with which that fails keeps no other from it; the error names each.
func (s *Service) Tidy(ctx context.Context) (more bool, err error) {
	var failed []error
	if more, err = s.usages.MeasureHoldings(ctx, measureAge); err != nil {
		failed = append(failed, fmt.Errorf("measure what shops hold: %w", err))
	}
	due, err := s.directory.Overdue(ctx, eraseAtOnce)
	if err != nil {
		return false, errors.Join(append(failed, err)...)
	}
	for _, id := range due {
		receipt, err := s.Erase(ctx, id)
		if err != nil {
			failed = append(failed, fmt.Errorf("erase shop %s: %w", id, err))
			continue
		}
		s.log.InfoContext(ctx, "shop erased", "tenant", id.String(), "rows", receipt.Rows)
	}
	shops, err := s.directory.Tenants(ctx)
	if err != nil {
		return false, errors.Join(append(failed, err)...)
	}
	for _, shop := range shops {
		if shop.Status == Deleted {
			continue
		}
		left, err := s.shops.DropExpired(ctx, shop.ID, expiredAtOnce)
		if ctx.Err() != nil {
			return false, errors.Join(append(failed, ctx.Err())...)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("drop what shop %s keeps no longer: %w", shop.ID, err))
		}
		more = more || left
	}
	return more || len(due) == eraseAtOnce, errors.Join(failed...)
}

// expiredAtOnce is how many conversations, and how many versions of entries, of a shop
// one transaction deletes at most.
const expiredAtOnce = 500
