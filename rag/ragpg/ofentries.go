package ragpg

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
)

const sqlFindQuestions = `
	SELECT e.question_hash, e.content_hash, e.id
	FROM unnest($2::bytea[]) AS q(hash)
	CROSS JOIN LATERAL (
		SELECT question_hash, content_hash, id FROM entry WHERE tenant_id = $1 AND question_hash = q.hash OFFSET 0) e`

// ofEntries is the subject of an import of entries.
type ofEntries struct {
	k      *Knowledge
	tenant tenant.ID
	m      rag.Import
}

func (s ofEntries) ways() []rag.OnChange { return []rag.OnChange{rag.Overwrite, rag.Skip, rag.Add} }

func (s ofEntries) judge(tx pgx.Tx) judge {
	return &entryJudge{tx: tx, tenant: s.tenant, id: s.m.ID, there: map[rag.Hash][]rag.Hash{}, unsaid: s.m.Unsaid, detect: s.k.Detect}
}

func (s ofEntries) write(r *rag.StagedRow, edit rag.RowEdit) error {
	if edit.Content == nil {
		return otherSubject()
	}
	r.Content, r.Problems = s.k.checked(r.Number, *edit.Content)
	return nil
}

// checked is a row's content as the sheet's reader would have it.
func (k *Knowledge) checked(number int, c rag.Content) (rag.Content, []rag.RowProblem) {
	r, problems := sheet.Check(sheet.Row{Number: number, Question: c.Question, Answer: c.Answer, Category: c.Category,
		Language: c.Language, Phrasings: c.Phrasings, Terms: c.Terms})
	c = rag.Content{Question: r.Question, Answer: r.Answer, Category: r.Category, Language: r.Language, Phrasings: r.Phrasings, Terms: r.Terms}
	c.Terms.State = cmp.Or(c.Terms.State, rag.Published)
	c.Language = k.language(c)
	return c, rowProblems(problems)
}

func rowProblems(list []sheet.Problem) []rag.RowProblem {
	var out []rag.RowProblem
	for _, p := range list {
		out = append(out, rag.RowProblem{Column: p.Column, Code: string(p.Code), Message: p.Message, Cure: p.Cure, Warning: p.Code.Warning()})
	}
	return out
}

// beside finds for changed rows the entry that the shop has with the question.
func (s ofEntries) beside(ctx context.Context, tx pgx.Tx, rows []*rag.StagedRow) error {
	var questions [][]byte
	for _, r := range rows {
		if r.Status == rag.RowChanged {
			hash := rag.QuestionHash(r.Content.Question)
			questions = append(questions, hash[:])
		}
	}
	found, err := find(ctx, tx, s.tenant, questions)
	if err != nil || len(found) == 0 {
		return err
	}
	var ids []uuid.UUID
	for _, holders := range found {
		ids = append(ids, holders[0].id)
	}
	entries, err := readEntries(ctx, tx, s.tenant, ids)
	if err != nil {
		return err
	}
	byID := map[uuid.UUID]*rag.Entry{}
	for i := range entries {
		byID[entries[i].ID] = &entries[i]
	}
	for _, r := range rows {
		if holders := found[rag.QuestionHash(r.Content.Question)]; r.Status == rag.RowChanged && len(holders) > 0 {
			r.There = byID[holders[0].id]
		}
	}
	return nil
}

// plan asks for entries of changed rows alone if holds. (No row of a file overwrites an
// entry whose question the file has twice.) An entry that is overwritten keeps what
// the sheet has no column for, as it is now.
func (s ofEntries) plan(ctx context.Context, tx pgx.Tx, rows []rag.StagedRow, holds bool) (plan, error) {
	p := &entryPlan{ofEntries: s}
	hashes := make([]stored, len(rows))
	var questions [][]byte
	for i := range rows {
		switch status := rows[i].Status; {
		case status == rag.RowInvalid, status == rag.RowRepeated, status == rag.RowExists && holds:
			continue
		}
		hashes[i] = stored{content: rows[i].Content, hash: rows[i].Content.Hash(), question: rag.QuestionHash(rows[i].Content.Question)}
		if rows[i].Status != rag.RowReady || !holds {
			questions = append(questions, hashes[i].question[:])
		}
	}
	found, err := find(ctx, tx, s.tenant, questions)
	if err != nil {
		return nil, err
	}
	var said map[rag.EntryID]rag.Content
	if s.m.Unsaid != (rag.Unsaid{}) {
		if said, err = contents(ctx, tx, s.tenant, found); err != nil {
			return nil, err
		}
	}
	for i := range rows {
		e := hashes[i]
		if e.question == (rag.Hash{}) {
			continue
		}
		holders := found[e.question]
		there := make([]rag.Hash, len(holders))
		for i, h := range holders {
			there[i] = h.content
		}
		over := e
		if len(holders) == 1 {
			if entry, kept := said[holders[0].id]; kept {
				over.content = s.m.Unsaid.Keep(e.content, entry, s.k.Detect)
				over.hash = over.content.Hash()
			}
		}
		switch rows[i].Change(s.m.OnChange, over.hash, there) {
		case rag.CreateEntry:
			e.id = uuid.Must(uuid.NewV7())
			p.created = append(p.created, e)
			found[e.question] = append(holders, holder{e.id, e.hash})
		case rag.UpdateEntry:
			over.id = holders[0].id
			p.updated = append(p.updated, over)
			found[e.question] = []holder{{over.id, over.hash}}
		case rag.NoChange:
		}
	}
	return p, nil
}

// An entryPlan is the plan of rows of entries.
type entryPlan struct {
	ofEntries
	created, updated []stored
}

func (p *entryPlan) size() (created, updated int) { return len(p.created), len(p.updated) }

func (p *entryPlan) store(ctx context.Context, tx pgx.Tx, model string) error {
	return p.k.store(ctx, tx, p.tenant, model, p.m.ID, p.created, p.updated)
}

func (p *entryPlan) foresee(to *rag.Foreseen) {
	for _, list := range [][]stored{p.updated, p.created} {
		for _, e := range list {
			to.Entries = append(to.Entries, rag.Entry{ID: e.id}.With(e.content))
		}
	}
}

func (s ofEntries) undo(ctx context.Context, tx pgx.Tx, model string, as uuid.UUID) (rag.Undone, error) {
	u := undoing{k: s.k, tx: tx, tenant: s.tenant, model: model, change: s.m.ID, as: as}
	err := u.run(ctx)
	return u.undone, err
}

func (s ofEntries) reject(w io.Writer, zone *time.Location, rows iter.Seq2[rag.StagedRow, error], words map[string]string) error {
	return sheet.WriteRejected(w, func(yield func(sheet.Rejected, error) bool) {
		for r, err := range rows {
			c := r.Content
			out := sheet.Rejected{Problems: inWords(&r, words), Row: sheet.Row{Number: r.Number, Question: c.Question, Answer: c.Answer, Category: c.Category,
				Language: c.Language, Phrasings: c.Phrasings, Terms: inZone(c.Terms, zone)}}
			if !yield(out, err) {
				return
			}
		}
	})
}

// A holder is an entry that has a question.
type holder struct {
	id      rag.EntryID
	content rag.Hash
}

// find returns the entries that have the questions, by question.
func find(ctx context.Context, tx pgx.Tx, id tenant.ID, questions [][]byte) (map[rag.Hash][]holder, error) {
	found := map[rag.Hash][]holder{}
	if len(questions) == 0 {
		return found, nil
	}
	rows, err := tx.Query(ctx, sqlFindQuestions, planned, id.UUID, questions)
	if err != nil {
		return nil, fmt.Errorf("find questions: %w", err)
	}
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
