package ragpg

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

const (
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

// An entryJudge is the judge of entries.
type entryJudge struct {
	tx         pgx.Tx
	tenant     tenant.ID
	id         uuid.UUID // the import's
	classifier rag.Classifier
	parts      int                     // judged so far
	there      map[rag.Hash][]rag.Hash // contents by question: of one part, or of the shop
	whole      bool                    // of the shop
	unsaid     rag.Unsaid              // by the sheet
	detect     func(text string) string
}

func (s *entryJudge) part(ctx context.Context, part []readRow) error {
	for i := range part {
		if part[i].stored {
			part[i].again()
		}
	}
	if err := s.look(ctx, part); err != nil {
		return fmt.Errorf("find questions: %w", err)
	}
	s.parts++
	if err := s.keep(ctx, part); err != nil {
		return err
	}
	for i := range part {
		r := &part[i]
		s.classifier.Classify(&r.StagedRow, r.valid, r.question, r.content, s.there[r.question])
	}
	return nil
}

// again makes a row of a part what it was before it was judged: without the warnings
// of the last time.
func (r *readRow) again() {
	r.Problems = slices.DeleteFunc(r.Problems, func(p rag.RowProblem) bool {
		return p.Code == rag.QuestionTwice || p.Code == rag.SeveralEntries
	})
	r.valid = !slices.ContainsFunc(r.Problems, func(p rag.RowProblem) bool { return !p.Warning })
	r.hashes()
}

// look finds what the shop has of a part's questions. A short sheet asks for each;
// with the second part, all that the shop has is read once, which costs a fifth
// for each row, unless it is more than a sheet can be.
func (s *entryJudge) look(ctx context.Context, part []readRow) error {
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
func (s *entryJudge) find(ctx context.Context, sql string, args ...any) (n int, err error) {
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

// end marks the first rows of questions that came again.
func (s *entryJudge) end(ctx context.Context, count func(p rag.RowProblem, rows int)) error {
	positions := s.classifier.Twice()
	if len(positions) == 0 {
		return nil
	}
	count(rag.Again(), len(positions))
	if _, err := s.tx.Exec(ctx, sqlWarnRows, s.tenant.UUID, s.id, positions); err != nil {
		return fmt.Errorf("warn of questions that the file has twice: %w", err)
	}
	return nil
}
