package ragpg_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"storebot/rag"

	"github.com/google/uuid"
)

// What an entry answered is told with how surely, whether it was the first that
// the reply rests on, and what the shopper said of it; what it was only offered
// for is not.
func TestHits(t *testing.T) {
	b := newBench(t)
	var entries []rag.EntryID
	for _, q := range []string{"Can I return it?", "How much?", "Never?"} {
		e, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: q, Answer: "a"})
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e.ID)
	}
	talk := uuid.New()
	b.said(t, talk, "offered", "clarify", .5, 4*time.Minute, entries[0])
	b.said(t, talk, "first", "direct", .75, 3*time.Minute, entries[0])
	b.said(t, talk, "other", "direct", .9, 2*time.Minute, entries[1])
	rated := b.said(t, uuid.New(), "second", "composed", .5, time.Minute, entries[1], entries[0])
	b.exec(t, `UPDATE message SET rating = -1, rated_at = now() WHERE id = $1`, rated)
	for i, want := range [][]string{
		{"second 0.50 composed -1 false", "first 0.75 direct 0 true"},
		{"second 0.50 composed -1 true", "other 0.90 direct 0 true"},
		nil,
	} {
		list, err := b.Hits(t.Context(), b.shop, entries[i])
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range list {
			got = append(got, fmt.Sprintf("%s %.2f %s %d %t", h.Question, h.Confidence, h.Decision, h.Rating, h.First))
			if h.Question == "first" && (h.Conversation != talk || time.Since(h.AskedAt).Round(time.Minute) != 3*time.Minute) {
				t.Errorf("where and when: %+v", h)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("entry %d: %q, want %q", i, got, want)
		}
	}
}
