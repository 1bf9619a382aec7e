package ragpg

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
)

// stageBatch is how many rows are read, classified and written at once.
const stageBatch = 2000

const (
	sqlForgetImports = `
		DELETE FROM import WHERE tenant_id = $1 AND state <> 'running' AND id NOT IN (
			SELECT id FROM import WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2)`

	sqlInsertImport = `INSERT INTO import (tenant_id, id, file_name) VALUES ($1, $2, $3)`

	sqlStaged = `UPDATE import SET info = $3, total_rows = $4 WHERE tenant_id = $1 AND id = $2`

	// A content has its question's hash, so this finds equal contents too. LATERAL
	// with OFFSET is one look into the index for each question: the planner, which
	// cannot know how many a parameter holds, must not join otherwise. Other
	// statements that join are written so for the same reason.
	sqlFindQuestions = `
		SELECT e.question_hash, e.content_hash, e.id
		FROM unnest($2::bytea[]) AS q(hash)
		CROSS JOIN LATERAL (
			SELECT question_hash, content_hash, id FROM entry WHERE tenant_id = $1 AND question_hash = q.hash OFFSET 0) e`

	// An array of ragged arrays cannot be unnested: a row's phrasings come in
	// the text form of their array.
	sqlInsertRows = `
		INSERT INTO import_row (tenant_id, import_id, position, row_number, question, answer, category, language, phrasings, status, problems)
		SELECT $1, $2, r.position, r.row_number, r.question, r.answer, r.category, r.language, r.phrasings::text[], r.status, r.problems::jsonb
		FROM unnest($3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
		     AS r(position, row_number, question, answer, category, language, phrasings, status, problems)`

	sqlWarnRows = `
		UPDATE import_row SET problems = problems || $4::jsonb
		WHERE tenant_id = $1 AND import_id = $2 AND position = ANY ($3::int[])`
)

// Stage reads a sheet and stores what committing it would do: the dry run. The
// shop's entries stay as they are. It holds a batch of rows at a time, and 100
// bytes for each of the rest. Errors: *sheet.HeaderError when the columns must be
// asked for, *sheet.FileError when the file cannot be read, *rag.InputError when
// it has no rows or more than rag.MaxRows; nothing is stored then.
func (k *Knowledge) Stage(ctx context.Context, id tenant.ID, name string, file io.ReaderAt, size int64, opts sheet.Options) (m rag.Import, err error) {
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
		if _, err := tx.Exec(ctx, sqlForgetImports, id.UUID, keepImports-1); err != nil {
			return fmt.Errorf("forget old imports: %w", err)
		}
		if _, err := tx.Exec(ctx, sqlInsertImport, id.UUID, staging, name); err != nil {
			return fmt.Errorf("insert import: %w", err)
		}
		s := stager{k: k, tx: tx, tenant: id, id: staging, seen: map[rag.Hash][]rag.Hash{}}
		if err := s.rows(ctx, reader); err != nil {
			return err
		}
		info, err := json.Marshal(importInfo{Format: format(reader.Info()), Found: s.classifier.Found})
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlStaged, id.UUID, staging, info, s.position); err != nil {
			return fmt.Errorf("update import: %w", err)
		}
		m, err = importIn(ctx, tx, sqlGetImport, id, staging)
		return err
	})
	return m, err
}

// format tells people what was read: "CSV, big5, semicolon".
func format(info sheet.Info) string {
	words := []string{strings.ToUpper(string(info.Format))}
	if info.Encoding != "" {
		words = append(words, string(info.Encoding))
	}
	switch info.Delimiter {
	case ',':
		words = append(words, "comma")
	case ';':
		words = append(words, "semicolon")
	case '\t':
		words = append(words, "tab")
	}
	if info.Sheet != "" {
		words = append(words, "sheet "+info.Sheet)
	}
	if len(info.OtherSheets) > 0 {
		words = append(words, fmt.Sprintf("not read: %s", strings.Join(info.OtherSheets, ", ")))
	}
	return strings.Join(words, ", ")
}

type stager struct {
	k          *Knowledge
	tx         pgx.Tx
	tenant     tenant.ID
	id         uuid.UUID
	position   int
	classifier rag.Classifier
	batch      []readRow
	seen       map[rag.Hash][]rag.Hash // contents by question, of one batch
}

type readRow struct {
	rag.StagedRow
	valid             bool
	content, question rag.Hash
}

func (s *stager) rows(ctx context.Context, reader *sheet.Reader) error {
	for {
		row, problems, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if s.position == rag.MaxRows {
			return &rag.InputError{Code: "too_many_rows", Message: fmt.Sprintf("the file has more than %d rows", rag.MaxRows), Cure: "split it"}
		}
		s.position++
		s.batch = append(s.batch, s.read(row, problems))
		if len(s.batch) == stageBatch {
			if err := s.flush(ctx); err != nil {
				return err
			}
		}
	}
	if s.position == 0 {
		return &rag.InputError{Code: "no_rows", Message: "the file has a header and no rows", Cure: "write a question and an answer under it"}
	}
	if err := s.flush(ctx); err != nil {
		return err
	}
	return s.warn(ctx)
}

func (s *stager) read(row sheet.Row, problems []sheet.Problem) readRow {
	r := readRow{valid: sheet.Valid(problems)}
	r.Position, r.Number = s.position, row.Number
	r.Content = rag.Content{Question: row.Question, Answer: row.Answer, Category: row.Category, Language: row.Language, Phrasings: row.Phrasings}
	for _, p := range problems {
		r.Problems = append(r.Problems, rag.RowProblem{Column: p.Column, Code: string(p.Code), Message: p.Message, Cure: p.Cure, Warning: p.Code.Warning()})
	}
	if r.valid {
		r.Content.Language = s.k.language(r.Content)
		r.content, r.question = r.Content.Hash(), rag.QuestionHash(r.Content.Question)
	}
	return r
}

func (s *stager) flush(ctx context.Context) error {
	if len(s.batch) == 0 {
		return nil
	}
	clear(s.seen)
	questions := make([][]byte, 0, len(s.batch))
	for i := range s.batch {
		if s.batch[i].valid {
			questions = append(questions, s.batch[i].question[:])
		}
	}
	there, err := s.k.find(ctx, s.tx, s.tenant, questions)
	if err != nil {
		return err
	}
	for q, entries := range there {
		for _, e := range entries {
			s.seen[q] = append(s.seen[q], e.content)
		}
	}
	for i := range s.batch {
		r := &s.batch[i]
		s.classifier.Classify(&r.StagedRow, r.valid, r.question, r.content, s.seen[r.question])
	}
	args, err := s.columns()
	if err != nil {
		return err
	}
	if _, err := s.tx.Exec(ctx, sqlInsertRows, args...); err != nil {
		return fmt.Errorf("insert import rows: %w", err)
	}
	s.batch = s.batch[:0]
	return nil
}

// warn marks the first rows of questions that came again.
func (s *stager) warn(ctx context.Context) error {
	positions, warning := s.classifier.Twice()
	if len(positions) == 0 {
		return nil
	}
	problem, err := json.Marshal([]rag.RowProblem{warning})
	if err != nil {
		return err
	}
	if _, err := s.tx.Exec(ctx, sqlWarnRows, s.tenant.UUID, s.id, positions, problem); err != nil {
		return fmt.Errorf("warn of questions that the file has twice: %w", err)
	}
	return nil
}

func (s *stager) columns() ([]any, error) {
	n := len(s.batch)
	positions, numbers := make([]int32, n), make([]int32, n)
	var texts [7][]string
	for c := range texts {
		texts[c] = make([]string, n)
	}
	for i := range s.batch {
		r := &s.batch[i]
		positions[i], numbers[i] = int32(r.Position), int32(r.Number)
		problems := "[]"
		if len(r.Problems) > 0 {
			b, err := json.Marshal(r.Problems)
			if err != nil {
				return nil, err
			}
			problems = string(b)
		}
		for c, text := range [7]string{r.Content.Question, r.Content.Answer, r.Content.Category, r.Content.Language,
			arrayText(r.Content.Phrasings), string(r.Status), problems} {
			texts[c][i] = text
		}
	}
	return []any{s.tenant.UUID, s.id, positions, numbers, texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6]}, nil
}

var arrayEscape = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// arrayText is the text form of a text[].
func arrayText(list []string) string {
	if len(list) == 0 {
		return "{}"
	}
	var out strings.Builder
	separator := `{"`
	for _, s := range list {
		out.WriteString(separator)
		separator = `,"`
		_, _ = arrayEscape.WriteString(&out, s)
		out.WriteByte('"')
	}
	out.WriteByte('}')
	return out.String()
}

// A holder is an entry that has a question.
type holder struct {
	id      rag.EntryID
	content rag.Hash
}

// find returns the entries that have the questions, by question.
func (k *Knowledge) find(ctx context.Context, tx pgx.Tx, id tenant.ID, questions [][]byte) (map[rag.Hash][]holder, error) {
	rows, err := tx.Query(ctx, sqlFindQuestions, id.UUID, questions)
	if err != nil {
		return nil, fmt.Errorf("find questions: %w", err)
	}
	found := map[rag.Hash][]holder{}
	var question, content []byte
	var entry uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&question, &content, &entry}, func() error {
		q := rag.Hash(question)
		found[q] = append(found[q], holder{entry, rag.Hash(content)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find questions: %w", err)
	}
	return found, nil
}
