package migrations

import (
	"context"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"
)

// A Version is one step of the schema and whether the database has it.
type Version struct {
	Name      string    // the file, or "river N"
	Applied   bool      //
	AppliedAt time.Time // zero if not applied, and for River, which keeps no time of ours
}

// Status says of every step whether the database at url has it, in the order
// in which Up applies them. It changes nothing in a database that Up has seen;
// in another one it creates goose's empty table of versions.
func Status(ctx context.Context, url string) ([]Version, error) {
	pool, err := open(ctx, url)
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	p, done, err := provider(pool)
	if err != nil {
		return nil, err
	}
	defer done()
	steps, err := p.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("migration status: %w", err)
	}
	var out []Version
	for _, s := range steps {
		out = append(out, Version{Name: s.Source.Path, Applied: s.State == goose.StateApplied, AppliedAt: s.AppliedAt})
	}
	m, err := river(pool)
	if err != nil {
		return nil, err
	}
	existing, err := m.ExistingVersions(ctx)
	if err != nil {
		return nil, fmt.Errorf("migration status: River: %w", err)
	}
	has := map[int]bool{}
	for _, v := range existing {
		has[v.Version] = true
	}
	for _, v := range m.AllVersions() {
		out = append(out, Version{Name: fmt.Sprintf("river %d", v.Version), Applied: has[v.Version]})
	}
	return out, nil
}
