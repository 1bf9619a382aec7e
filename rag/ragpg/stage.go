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
	"storebot/rag/sheet"
	"storebot/tenant"
)

const (
	sqlForgetImports = `
		DELETE FROM import WHERE tenant_id = $1 AND (state = 'staged' OR finished_at < now() - make_interval(secs => $3)) AND id NOT IN (
			SELECT id FROM import WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2)`

	// The version is read before any entry is looked at: what changes meanwhile
	// makes the shop's another one.
	sqlInsertImport = `
		INSERT INTO import (tenant_id, id, file_name, knowledge_version)
		SELECT $1, $2, $3, knowledge_version FROM shop WHERE tenant_id = $1
		RETURNING (SELECT language FROM shop WHERE tenant_id = $1)`

	sqlZone = `SELECT time_zone FROM shop WHERE tenant_id = $1`

	sqlStaged = `UPDATE import SET info = $3, total_rows = $4 WHERE tenant_id = $1 AND id = $2`

	// A content has its question's hash, so this finds equal contents too. LATERAL
	// with OFFSET is one look into the index for each question: the planner, which
	// cannot know how many a parameter holds, must not join otherwise. Other
	// statements that join are written so for the same reason.
	sqlFindContents = `
		SELECT e.question_hash, e.content_hash
		FROM unnest($2::bytea[]) AS q(hash)
		CROSS JOIN LATERAL (
			SELECT question_hash, content_hash FROM entry WHERE tenant_id = $1 AND question_hash = q.hash OFFSET 0) e`

	sqlAllContents = `SELECT question_hash, content_hash FROM entry WHERE tenant_id = $1 LIMIT $2`
)

// Stage reads a sheet and stores what committing it would do: the dry run. The
// shop's entries stay as they are. It holds a few thousand rows at a time, and
// 60 bytes for each of the rest; for a sheet of more than one part, the hashes of
// the shop's entries too, some 150 bytes each. Errors: *sheet.HeaderError when the columns
// must be asked for, *sheet.FileError when the file cannot be read,
// *rag.InputError when it has no rows or more than rag.MaxRows, rag.ErrNotFound
// without such a shop; nothing is stored then.
func (k *Knowledge) Stage(ctx context.Context, id tenant.ID, name string, file io.ReaderAt, size int64, opts sheet.Options) (m rag.Import, err error) {
	if opts.Zone, err = k.zone(ctx, id); err != nil {
		return m, err
	}
	reader, err := sheet.Open(file, size, opts)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	staging := uuid.Must(uuid.NewV7())
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, sqlReplan); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlForgetImports, id.UUID, keepImports-1, rag.UndoPeriod.Seconds()); err != nil {
			return fmt.Errorf("forget old imports: %w", err)
		}
		var language string
		if err := tx.QueryRow(ctx, sqlInsertImport, id.UUID, staging, name).Scan(&language); err != nil {
			return lookup(err, "shop of tenant %s", id)
		}
		s := stager{tx: tx, tenant: id, id: staging, there: map[rag.Hash][]rag.Hash{}, unsaid: reader.Unsaid(), detect: k.Detect}
		total, err := s.rows(ctx, &rowReader{reader: reader, detect: k.Detect, shop: language, size: k.part()})
		if err != nil {
			return err
		}
		info, err := json.Marshal(importInfo{Format: reader.Info().String(), Found: s.classifier.Found, Problems: s.problems, Chosen: s.chosen, Unsaid: s.unsaid})
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlStaged, id.UUID, staging, info, total); err != nil {
			return fmt.Errorf("update import: %w", err)
		}
		m, err = importIn(ctx, tx, sqlGetImport, id, staging)
		return err
	})
	return m, err
}

// zone is what a shop's dates are meant in.
func (k *Knowledge) zone(ctx context.Context, id tenant.ID) (*time.Location, error) {
	var name string
	err := k.DB.InTenant(ctx, id, func(tx pgx.Tx) error { return tx.QueryRow(ctx, sqlZone, id.UUID).Scan(&name) })
	if err != nil {
		return nil, lookup(err, "time zone of tenant %s", id)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("time zone of tenant %s: %w", id, err)
	}
	return zone, nil
}

type stager struct {
	tx         pgx.Tx
	tenant     tenant.ID
	id         uuid.UUID
	classifier rag.Classifier
	problems   map[string]rag.ProblemCount
	chosen     rag.Chosen
	parts      int                     // staged so far
	there      map[rag.Hash][]rag.Hash // contents by question: of one part, or of the shop
	whole      bool                    // of the shop
	unsaid     rag.Unsaid              // by the sheet
	detect     func(text string) string
}

// rows stages all rows and returns how many there are. The next ones are read
// while a part is looked up and written.
func (s *stager) rows(ctx context.Context, from *rowReader) (int, error) {
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
	return from.position, s.warn(ctx)
}

func (s *stager) part(ctx context.Context, part []readRow) error {
	if err := s.look(ctx, part); err != nil {
		return fmt.Errorf("find questions: %w", err)
	}
	s.parts++
	if err := s.keep(ctx, part); err != nil {
		return err
	}
	s.classify(part)
	return insertPart(ctx, s.tx, s.tenant, s.id, part)
}

// classify finds the status of a part's rows, and counts.
func (s *stager) classify(part []readRow) {
	if s.problems == nil {
		s.problems = map[string]rag.ProblemCount{}
	}
	for i := range part {
		r := &part[i]
		s.classifier.Classify(&r.StagedRow, r.valid, r.question, r.content, s.there[r.question])
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

func (s *stager) count(p rag.RowProblem, rows int) {
	c := s.problems[p.Code]
	c.Warning, c.Rows = p.Warning, c.Rows+rows
	s.problems[p.Code] = c
}

// look finds what the shop has of a part's questions. A short sheet asks for each;
// with the second part, all that the shop has is read once, which costs a fifth
// for each row, unless it is more than a sheet can be.
func (s *stager) look(ctx context.Context, part []readRow) error {
	if s.whole {
		return nil
	}
	if s.parts == 1 {
		n, err := s.find(ctx, sqlAllContents, planned, s.tenant.UUID, rag.MaxRows)
		if err != nil {
			return err
		}
		if s.whole = n < rag.MaxRows; s.whole {
			return nil
		}
	}
	questions := make([][]byte, 0, len(part))
	asked := make(map[rag.Hash]bool, len(part))
	for i := range part {
		if part[i].valid && !asked[part[i].question] {
			asked[part[i].question] = true
			questions = append(questions, part[i].question[:])
		}
	}
	_, err := s.find(ctx, sqlFindContents, planned, s.tenant.UUID, questions)
	return err
}

// find fills s.there and returns how many contents that are.
func (s *stager) find(ctx context.Context, sql string, args ...any) (n int, err error) {
	clear(s.there)
	rows, err := s.tx.Query(ctx, sql, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var contents []rag.Hash // one piece of memory for many
	for ; rows.Next(); n++ {
		raw := rows.RawValues() // bytea as it is
		question, content := rag.Hash(raw[0]), rag.Hash(raw[1])
		if list, some := s.there[question]; some {
			s.there[question] = append(list, content)
			continue
		}
		if len(contents) == cap(contents) {
			contents = make([]rag.Hash, 0, 1000)
		}
		contents = append(contents, content)
		last := len(contents)
		s.there[question] = contents[last-1 : last : last]
	}
	return n, rows.Err()
}

// warn marks the first rows of questions that came again.
func (s *stager) warn(ctx context.Context) error {
	positions := s.classifier.Twice()
	if len(positions) == 0 {
		return nil
	}
	s.count(rag.Again(), len(positions))
	if _, err := s.tx.Exec(ctx, sqlWarnRows, s.tenant.UUID, s.id, positions); err != nil {
		return fmt.Errorf("warn of questions that the file has twice: %w", err)
	}
	return nil
}
