package ragpg

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// A subject knows what the rows of an import are. What is alike for all of them is
// not its matter: parts, states, choices, resuming.
type subject interface {
	reviewer
	storer
	// ways are what may become of changed rows.
	ways() []rag.OnChange
	// reject writes rows that cannot be taken in as a file to mend; words say what is
	// wrong, by code. zone is what dates are written in.
	reject(w io.Writer, zone *time.Location, rows iter.Seq2[rag.StagedRow, error], words map[string]string) error
}

// A reviewer looks at the rows of an import that waits for its merchant.
type reviewer interface {
	// judge begins to tell, at the file's first row, what the rows would do.
	judge(tx pgx.Tx) judge
	// write gives a row what a merchant wrote into it. Error: *rag.InputError for what is
	// no such row's.
	write(row *rag.StagedRow, edit rag.RowEdit) error
	// beside adds to rows that are listed what they come to, and what the shop has of it now.
	beside(ctx context.Context, tx pgx.Tx, rows []*rag.StagedRow) error
}

// A judge tells what rows would do.
type judge interface {
	// part sets the status of rows and says what is wrong with them. Parts come in the
	// file's order, each once.
	part(ctx context.Context, rows []readRow) error
	// end comes after the last part; what only shows then is counted.
	end(ctx context.Context, count func(p rag.RowProblem, rows int)) error
}

// A storer carries an import out, and takes it back.
type storer interface {
	// plan decides what becomes of rows. What a row changes counts for the rows after it.
	// holds tells that the shop is still as the dry run saw it, apart from what this import
	// stored: then rows that exist need no look.
	plan(ctx context.Context, tx pgx.Tx, rows []rag.StagedRow, holds bool) (plan, error)
	undoer
}

// A plan is what becomes of the rows of a part.
type plan interface {
	size() (created, updated int)
	store(ctx context.Context, tx pgx.Tx, model string) error
	foresee(to *rag.Foreseen)
}

// subject returns what knows an import's rows.
func (k *Knowledge) subject(id tenant.ID, m rag.Import) (subject, error) {
	if m.Subject == rag.OfProducts {
		return k.ofProducts(id, m)
	}
	return ofEntries{k: k, tenant: id, m: m}, nil
}

// may says whether that may become of changed rows. Error: *rag.InputError.
func may(s subject, way rag.OnChange) error {
	ways := s.ways()
	if slices.Contains(ways, way) {
		return nil
	}
	return &rag.InputError{Code: "unknown_on_change", Message: fmt.Sprintf("%q is no way to deal with changed rows", way),
		Cure: fmt.Sprintf("use one of %s", ways)}
}

func otherSubject() error {
	return &rag.InputError{Code: "other_subject", Message: "the rows of this import are of another kind", Cure: "reload the page"}
}

// subjectOf reads an import and returns it with what knows its rows.
func (k *Knowledge) subjectOf(ctx context.Context, tx pgx.Tx, sql string, id tenant.ID, importID uuid.UUID) (rag.Import, subject, error) {
	m, err := importIn(ctx, tx, sql, id, importID)
	if err != nil {
		return m, nil, err
	}
	s, err := k.subject(id, m)
	return m, s, err
}
