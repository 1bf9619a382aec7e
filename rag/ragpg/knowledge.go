// Package ragpg is what rag keeps, in Postgres: the SQL of entries, imports,
// vectors and gaps, of conversations and messages, each const beside the method
// that runs it. Every statement runs inside one tenant and names it too. It
// decides nothing about a row or an answer: those rules are rag's.
package ragpg

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

// Database is the way into a tenant; *tenantpg.DB is one.
type Database interface {
	InTenant(ctx context.Context, id tenant.ID, fn func(tx pgx.Tx) error) error
	Identity(ctx context.Context, fn func(tx pgx.Tx) error) error
	Batch(ctx context.Context, fill func(b *tenantpg.Batch)) error
}

// Jobs puts background work into the transaction that makes it necessary: it
// is there exactly if that commits. Asking twice for the same work that has not
// ended yet is asking once.
type Jobs interface {
	Import(ctx context.Context, tx pgx.Tx, id tenant.ID, importID uuid.UUID) error
	Embed(ctx context.Context, tx pgx.Tx, id tenant.ID) error
	Purge(ctx context.Context, tx pgx.Tx, id tenant.ID) error
}

// Knowledge is the shops' entries and what they came from. All fields but Now
// are needed.
//
// Every change of a shop's entries holds the lock of the shop's row, so changes
// of one shop follow each other. Publishing raises the shop's version, which
// makes indexes in memory load anew. One call of CreateEntry, UpdateEntry or
// DeleteEntries publishes once. An import stores its rows in batches and
// publishes once, with the last: a shop that is in memory switches from the old
// content to the new in one step. A shop that is loaded for the first time
// while an import runs gets the rows stored so far, each of them whole; the end
// of the import makes it load again.
type Knowledge struct {
	DB     Database
	Jobs   Jobs
	Inline rag.Embedder             // in this process: its vectors are stored with the text
	Target func() string            // the model that all shops should be searched with
	Detect func(text string) string // lexical.Language
	Now    func() time.Time         // nil: time.Now; says which entries' dates have come

	rows int // in a part of an import; 0: partRows
}

func (k *Knowledge) now() time.Time {
	if k.Now == nil {
		return time.Now()
	}
	return k.Now()
}

func (k *Knowledge) part() int { return cmp.Or(k.rows, partRows) }

const (
	// A connection keeps a statement's plan, and the plans of foreign key checks
	// too. One made while the tables were small reads them whole; kept through a
	// large import, each row costs a pass over all rows before it (measured: ten
	// minutes for a batch). Bulk work has its plans made anew.
	sqlReplan = `DISCARD PLANS`

	sqlLock = `SELECT embed_model FROM shop WHERE tenant_id = $1 FOR NO KEY UPDATE`

	sqlPublish = `
		WITH moved AS (UPDATE shop SET knowledge_version = knowledge_version + 1 WHERE tenant_id = $1 RETURNING knowledge_version)
		SELECT pg_notify('knowledge', concat($1::uuid, ' ', knowledge_version))::text FROM moved`
)

// planned, given with a statement, has it planned for this one call, as sqlReplan
// does for all.
const planned = pgx.QueryExecModeDescribeExec

// change runs fn under the shop's lock, given the model that the shop is
// searched with, and publishes if fn says so. Error: rag.ErrNotFound when there is
// no such shop.
func (k *Knowledge) change(ctx context.Context, id tenant.ID, fn func(tx pgx.Tx, model string) (publish bool, err error)) error {
	return k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		var model string
		if err := tx.QueryRow(ctx, sqlLock, id.UUID).Scan(&model); err != nil {
			return lookup(err, "shop of tenant %s", id)
		}
		publish, err := fn(tx, model)
		if err != nil || !publish {
			return err
		}
		if err := k.publish(ctx, tx, id); err != nil {
			return err
		}
		return k.follow(ctx, tx, id, model)
	})
}

func (k *Knowledge) publish(ctx context.Context, tx pgx.Tx, id tenant.ID) error {
	if _, err := tx.Exec(ctx, sqlPublish, id.UUID); err != nil {
		return fmt.Errorf("publish the knowledge of tenant %s: %w", id, err)
	}
	return nil
}

// follow asks for the vectors that were not stored with the text.
func (k *Knowledge) follow(ctx context.Context, tx pgx.Tx, id tenant.ID, model string) error {
	if target := k.Target(); target == k.Inline.Model() && target == model {
		return nil
	}
	return k.Jobs.Embed(ctx, tx, id)
}

// lookup turns "no rows" into rag.ErrNotFound and says what was looked for.
func lookup(err error, format string, args ...any) error {
	if errors.Is(err, pgx.ErrNoRows) {
		err = rag.ErrNotFound
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}
