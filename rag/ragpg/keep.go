package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// keep completes the rows of a part whose question one entry has with other
// content, by what their sheet has no column for. The rows' own texts stay as the
// sheet has them: it is their hash that becomes that of what committing would store.
func (s *entryJudge) keep(ctx context.Context, part []readRow) error {
	if s.unsaid == (rag.Unsaid{}) {
		return nil
	}
	var questions [][]byte
	for i := range part {
		if r := &part[i]; r.valid && s.differs(r) {
			questions = append(questions, r.question[:])
		}
	}
	found, err := find(ctx, s.tx, s.tenant, questions)
	if err != nil {
		return err
	}
	entries, err := contents(ctx, s.tx, s.tenant, found)
	if err != nil {
		return err
	}
	for i := range part {
		r := &part[i]
		if holders := found[r.question]; r.valid && s.differs(r) && len(holders) == 1 {
			r.content = s.unsaid.Keep(r.Content, entries[holders[0].id], s.detect).Hash()
		}
	}
	return nil
}

// differs tells whether a row would overwrite the one entry that has its question.
func (s *entryJudge) differs(r *readRow) bool {
	there := s.there[r.question]
	return len(there) == 1 && there[0] != r.content
}

// contents returns what the entries say that are the only ones with a question.
func contents(ctx context.Context, tx pgx.Tx, id tenant.ID, found map[rag.Hash][]holder) (map[rag.EntryID]rag.Content, error) {
	var only []uuid.UUID
	for _, holders := range found {
		if len(holders) == 1 {
			only = append(only, holders[0].id)
		}
	}
	said := make(map[rag.EntryID]rag.Content, len(only))
	if len(only) == 0 {
		return said, nil
	}
	entries, err := readEntries(ctx, tx, id, only)
	if err != nil {
		return nil, fmt.Errorf("read what is kept: %w", err)
	}
	for i := range entries {
		said[entries[i].ID] = entries[i].Content()
	}
	return said, nil
}
