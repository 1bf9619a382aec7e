package rag_test

import (
	"testing"
	"time"

	"storebot/rag"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// Whatever is done in whatever order: an owner is there exactly while a person
// has the conversation, an outcome exactly while it is closed, every hand-over that begins ends
// before the next, and what changes nothing moves nothing.
func TestHandsChangeByTheRules(t *testing.T) {
	people := []uuid.UUID{uuid.New(), uuid.New()}
	rapid.Check(t, func(t *rapid.T) {
		h, open := rag.Hold{State: rag.ByBot}, false
		at := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
		for range rapid.IntRange(1, 30).Draw(t, "deeds") {
			at = at.Add(time.Minute)
			d := rag.Deed{
				Kind:   rapid.SampledFrom([]rag.DeedKind{rag.HandOver, rag.TakeOver, rag.HandBack, rag.Close}).Draw(t, "deed"),
				By:     rapid.SampledFrom(people).Draw(t, "by"),
				Reason: rag.HandedAsked,
				Result: rapid.SampledFrom([]string{rag.Solved, rag.Spam}).Draw(t, "outcome"),
			}
			c, changed := h.Apply(d, at)
			if !changed {
				if c.Hold != h || c.Note != "" || c.Begin != "" || c.End != "" || c.Taken {
					t.Fatalf("%+v changes nothing of %+v, and yet %+v", d, h, c)
				}
				continue
			}
			if c.Position != h.Position+1 {
				t.Fatalf("position %d after %d", c.Position, h.Position)
			}
			if (c.State == rag.ByStaff) != (c.Owner != uuid.Nil) || (c.State == rag.Closed) != (c.Outcome != "") {
				t.Fatalf("%+v makes %+v", d, c.Hold)
			}
			if c.Since.Equal(at) != (c.State != h.State) {
				t.Fatalf("%+v makes %+v of %+v: since is not when the state began", d, c.Hold, h)
			}
			if c.Begin != "" && open || c.End != "" && !open || c.Taken && c.Begin == "" && !open {
				t.Fatalf("%+v begins %q, ends %q, takes %v, while one runs: %v", d, c.Begin, c.End, c.Taken, open)
			}
			open = open && c.End == "" || c.Begin != ""
			if open != (c.State == rag.Waiting || c.State == rag.ByStaff) {
				t.Fatalf("%+v: in state %s a hand-over runs: %v", d, c.State, open)
			}
			h = c.Hold
		}
	})
}

func TestWhyAPersonIsAskedFor(t *testing.T) {
	for _, c := range []struct {
		decision rag.Decision
		reason   string
		want     string
	}{
		{"", "", rag.HandedAsked},
		{rag.Direct, rag.ReasonConfident, rag.HandedAsked},
		{rag.Abstain, rag.ReasonNoMatch, rag.HandedMissingKnowledge},
		{rag.Abstain, rag.ReasonNoKnowledge, rag.HandedMissingKnowledge},
		{rag.SmallTalk, rag.ReasonAbuse, rag.HandedPolicy},
		{rag.Clarify, rag.ReasonModelDown, rag.HandedToolFailure},
		{rag.Clarify, rag.ReasonUnsure, rag.HandedAsked},
	} {
		if got := rag.HandOverReason(c.decision, c.reason); got != c.want {
			t.Errorf("after %s (%s): %s, want %s", c.decision, c.reason, got, c.want)
		}
	}
}
