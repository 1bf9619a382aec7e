// Package ragrpc serves the contract of shoppers and of a shop's knowledge: it maps
// messages onto the domain and back. It holds no rule and no SQL, and leaves
// errors as the domain made them.
package ragrpc

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"

	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
)

// Entries keeps a shop's entries.
type Entries interface {
	EntryReader
	// CreateEntry returns *rag.InputError for content that cannot be taken in.
	CreateEntry(ctx context.Context, id tenant.ID, c rag.Content) (rag.Entry, error)
	// UpdateEntry does too, and rag.ErrNotFound, and *rag.MeanwhileError when the entry
	// is not onto any more.
	UpdateEntry(ctx context.Context, id tenant.ID, entry rag.EntryID, onto string, c rag.Content) (rag.Entry, error)
	DeleteEntries(ctx context.Context, id tenant.ID, by uuid.UUID, which rag.Selection) (rag.Changed, error)
	// EditEntries returns *rag.InputError when two entries would become the same.
	EditEntries(ctx context.Context, id tenant.ID, by uuid.UUID, which rag.Selection, edit rag.BulkEdit) (rag.Changed, error)
}

// EntryReader reads a shop's entries.
type EntryReader interface {
	ListEntries(ctx context.Context, id tenant.ID, f rag.EntryFilter) (rag.EntryPage, error)
	// GetEntry returns rag.ErrNotFound.
	GetEntry(ctx context.Context, id tenant.ID, entry rag.EntryID) (rag.Entry, error)
	Categories(ctx context.Context, id tenant.ID) ([]string, error)
}

// Revisions keeps what entries were. Its methods return rag.ErrNotFound for
// what is not the shop's.
type Revisions interface {
	// Undo returns *rag.InputError for a change that cannot be taken back (any more).
	Undo(ctx context.Context, id tenant.ID, by, change uuid.UUID) (rag.Undone, error)
	ListRevisions(ctx context.Context, id tenant.ID, entry rag.EntryID, after rag.RevisionPlace) (list []rag.Revision[rag.Content], more bool, err error)
	// RestoreRevision returns *rag.InputError when another entry has that content now;
	// change is uuid.Nil when the version is the present content.
	RestoreRevision(ctx context.Context, id tenant.ID, by uuid.UUID, entry rag.EntryID, revision uuid.UUID, onto string) (restored rag.Entry, change uuid.UUID, err error)
	SuggestPhrasings(ctx context.Context, id tenant.ID, entry rag.EntryID) ([]rag.PhrasingSuggestion, error)
}

// Imports takes sheets in. Its methods return rag.ErrNotFound for an import
// that is not the shop's.
type Imports interface {
	// Stage returns *sheet.HeaderError when the columns must be asked for,
	// *sheet.FileError or *rag.InputError when the file cannot be taken in.
	Stage(ctx context.Context, id tenant.ID, name string, file io.ReaderAt, size int64, opts sheet.Options) (rag.Import, error)
	// EditImportRow, ChooseImportRows, SetImport and CommitImport return *rag.InputError for
	// an import that is past that, and for what its rows cannot be.
	EditImportRow(ctx context.Context, id tenant.ID, importID uuid.UUID, position int, edit rag.RowEdit) (rag.Import, rag.StagedRow, error)
	ChooseImportRows(ctx context.Context, id tenant.ID, importID uuid.UUID, positions []int, choice rag.OnChange) (rag.Import, error)
	SetImport(ctx context.Context, id tenant.ID, importID uuid.UUID, to rag.ImportSettings) (rag.Import, error)
	CommitImport(ctx context.Context, id tenant.ID, by, importID uuid.UUID, policy rag.OnChange) (rag.Import, error)
	ImportReader
}

// ImportReader says how far imports are.
type ImportReader interface {
	GetImport(ctx context.Context, id tenant.ID, importID uuid.UUID) (rag.Import, error)
	ListImports(ctx context.Context, id tenant.ID, of rag.Subject, before uuid.UUID, limit int) ([]rag.Import, error)
	ListImportRows(ctx context.Context, id tenant.ID, importID uuid.UUID, f rag.RowFilter, after, limit int) ([]rag.StagedRow, error)
}

// Exporter writes a shop's entries as a sheet.
type Exporter interface {
	Export(ctx context.Context, id tenant.ID, format sheet.Format, w io.Writer) error
	// WriteRejected writes an import's invalid rows; words say what is wrong, by code.
	WriteRejected(ctx context.Context, id tenant.ID, importID uuid.UUID, words map[string]string, w io.Writer) error
}

// Knowledge serves KnowledgeService. Its methods take the tenant from the
// caller that the gateway found, and nothing else from the context; they return
// the domain's errors as they are.
type Knowledge struct {
	Entries   Entries
	Revisions Revisions
	Hits      Hits
	Imports   Imports
	Exporter  Exporter
	Answerer  *rag.Answerer
	Shops     Shops
	Engine    Engine
	Tried     func(context.Context, tenant.ID) error // notes that a question was asked on trial; nil: nobody wants to know
	Now       func() time.Time
	Poll      time.Duration // how often WatchImport looks; 0: four times a second
}

var _ storebotv1connect.KnowledgeServiceHandler = (*Knowledge)(nil)

const watchEvery = 250 * time.Millisecond

// parse reads an id. Validation has passed it already; what has not is not
// there.
func parse(id string) (uuid.UUID, error) {
	u, err := uuid.Parse(id)
	if err != nil {
		return uuid.Nil, rag.ErrNotFound
	}
	return u, nil
}
