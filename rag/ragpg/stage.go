package ragpg

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/rag/sheet"
	"storebot/tenant"
)

const (
	sqlForgetImports = `
		DELETE FROM import WHERE tenant_id = $1 AND (state = 'staged' OR finished_at < now() - make_interval(secs => $3)) AND id NOT IN (
			SELECT id FROM import WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2)`

	// The version is read before anything that the shop has is looked at: what changes
	// meanwhile makes the shop's another one.
	sqlInsertImport = `
		INSERT INTO import (tenant_id, id, file_name, subject, knowledge_version)
		SELECT $1, $2, $3, $4, knowledge_version FROM shop WHERE tenant_id = $1`

	sqlShopReads = `SELECT time_zone, language FROM shop WHERE tenant_id = $1`

	sqlStaged = `UPDATE import SET info = $3, total_rows = $4 WHERE tenant_id = $1 AND id = $2`
)

// Stage reads a sheet and stores what committing it would do: the dry run. The
// shop's entries and products stay as they are. Of a sheet of entries it holds a few
// thousand rows at a time, and 60 bytes for each of the rest; for one of more than one
// part, the hashes of the shop's entries too, some 150 bytes each. Of a sheet of
// products it holds a part, and what the shop sells. Errors: *sheet.HeaderError when the columns
// must be asked for, *sheet.FileError when the file cannot be read,
// *rag.InputError when it has no rows or too many, rag.ErrNotFound
// without such a shop; nothing is stored then.
func (k *Knowledge) Stage(ctx context.Context, id tenant.ID, name string, file io.ReaderAt, size int64, opts sheet.Options) (m rag.Import, err error) {
	language := ""
	if opts.Zone, language, err = k.reads(ctx, id); err != nil {
		return m, err
	}
	source, err := k.open(file, size, opts, language)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	m = rag.Import{ID: uuid.Must(uuid.NewV7()), FileName: name}
	source.about(&m)
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, sqlReplan); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlForgetImports, id.UUID, keepImports-1, rag.UndoPeriod.Seconds()); err != nil {
			return fmt.Errorf("forget old imports: %w", err)
		}
		if _, err := tx.Exec(ctx, sqlInsertImport, id.UUID, m.ID, name, m.Subject); err != nil {
			return fmt.Errorf("insert import: %w", err)
		}
		about, err := k.subject(id, m)
		if err != nil {
			return err
		}
		s := stager{tx: tx, tenant: id, id: m.ID, judge: about.judge(tx)}
		total, err := s.rows(ctx, &partReader{source: source, size: k.part()})
		if err != nil {
			return err
		}
		s.came(&m)
		info, err := infoOf(m)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlStaged, id.UUID, m.ID, info, total); err != nil {
			return fmt.Errorf("update import: %w", err)
		}
		m, err = importIn(ctx, tx, sqlGetImport, id, m.ID)
		return err
	})
	return m, err
}

// reads is how a shop's sheets are read: what zone dates are meant in, and its language.
func (k *Knowledge) reads(ctx context.Context, id tenant.ID) (zone *time.Location, language string, err error) {
	var name string
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error { return tx.QueryRow(ctx, sqlShopReads, id.UUID).Scan(&name, &language) })
	if err != nil {
		return nil, "", lookup(err, "time zone of tenant %s", id)
	}
	if zone, err = time.LoadLocation(name); err != nil {
		return nil, "", fmt.Errorf("time zone of tenant %s: %w", id, err)
	}
	return zone, language, nil
}

// open opens a file of the subject that is asked for, else of the one whose headers it has.
func (k *Knowledge) open(file io.ReaderAt, size int64, opts sheet.Options, language string) (rowSource, error) {
	var err error
	if opts.Currency, err = currency(opts.Currency); err != nil {
		return nil, err
	}
	if opts.Subject == rag.OfProducts && opts.Columns != nil {
		return nil, &rag.InputError{Code: string(sheet.BadOption), Message: "columns are chosen for entries alone", Cure: sheet.ProductHeaderCure}
	}
	if opts.Subject == rag.OfProducts {
		return openProducts(file, size, opts)
	}
	reader, err := sheet.Open(file, size, opts)
	if err == nil {
		return &entrySource{reader: reader, detect: k.Detect, shop: language}, nil
	}
	if _, asked := errors.AsType[*sheet.HeaderError](err); asked && opts.Subject == "" && opts.Columns == nil {
		if source, other := openProducts(file, size, opts); other == nil {
			return source, nil
		}
	}
	return nil, err
}

// currency is an ISO 4217 code, or "" for none. Error: *rag.InputError.
func currency(said string) (string, error) {
	code, ok := product.ParseCurrency(said)
	if !ok {
		return "", &rag.InputError{Code: "unknown_currency", Message: fmt.Sprintf("%q is not one currency", said), Cure: "write its three letters, as TWD, USD or EUR"}
	}
	return code, nil
}

// A stager judges the rows of one import, and counts.
type stager struct {
	tx       pgx.Tx
	tenant   tenant.ID
	id       uuid.UUID
	judge    judge
	found    rag.Counts
	problems map[string]rag.ProblemCount
	chosen   rag.Chosen
}

// rows stages all rows and returns how many there are. The next ones are read
// while a part is looked up and written.
func (s *stager) rows(ctx context.Context, from *partReader) (int, error) {
	reading, stop := context.WithCancel(ctx)
	defer stop()
	parts := make(chan []readRow, 1)
	var readErr error
	go func() {
		defer close(parts)
		readErr = from.run(reading, parts)
	}()
	var err error
	for part := range parts {
		if err == nil {
			if err = s.part(ctx, part); err != nil {
				stop()
			}
		}
	}
	if err == nil {
		err = readErr
	}
	if err != nil {
		return 0, err
	}
	return from.position, s.judge.end(ctx, s.count)
}

func (s *stager) part(ctx context.Context, part []readRow) error {
	if err := s.judge.part(ctx, part); err != nil {
		return err
	}
	s.tally(part)
	return insertPart(ctx, s.tx, s.tenant, s.id, part)
}

// tally counts the rows of a part that was judged.
func (s *stager) tally(part []readRow) {
	for i := range part {
		r := &part[i]
		s.found.Add(r.Status)
		if r.Status == rag.RowChanged {
			s.chosen.Count(r.Choice)
		}
		for n, p := range r.Problems {
			if !slices.ContainsFunc(r.Problems[:n], func(o rag.RowProblem) bool { return o.Code == p.Code }) {
				s.count(p, 1)
			}
		}
	}
}

func (s *stager) count(p rag.RowProblem, rows int) { s.problems = counted(s.problems, p, rows) }

// counted adds rows with a problem to what is counted by code.
func counted(problems map[string]rag.ProblemCount, p rag.RowProblem, rows int) map[string]rag.ProblemCount {
	if problems == nil {
		problems = map[string]rag.ProblemCount{}
	}
	problems[p.Code] = rag.ProblemCount{Rows: problems[p.Code].Rows + rows, Warning: p.Warning}
	return problems
}

// came writes into an import what its rows come to.
func (s *stager) came(m *rag.Import) {
	m.Found, m.Problems, m.Chosen = s.found, s.problems, s.chosen
}

// infoOf is what import.info holds of an import.
func infoOf(m rag.Import) ([]byte, error) {
	return json.Marshal(importInfo{Format: m.Format, Found: m.Found, Problems: m.Problems, Chosen: m.Chosen, Unsaid: m.Unsaid,
		Columns: m.Columns, Attributes: m.Attributes, Currency: m.Currency})
}
