package check_test

import (
	"testing"

	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
)

// Each check tells how its question is found by an engine that does not know it: what
// was written into the entry because of it is held out, with its vector.
func TestLabels(t *testing.T) {
	s := teaShop()
	s.known.Version = 7
	s.check("what is the postage", 0)              // found without having been written down
	s.check("Water temperature for green TEA!", 2) // the entry's phrasing but for its look
	s.check("How can I pay?", 5)                   // the entry's own question: tells nothing
	s.check("gift wrapping", -1)                   // no entry may be given, one is found
	s.check("hello", 0)                            // small talk: nothing is found
	s.checks = append(s.checks, rag.Check{ID: uuid.New(), Question: "Do you buy tea?", Entry: uuid.New()})
	r := s.runner(nil)
	told, version, err := r.Labels(t.Context(), tenant.NewID())
	if err != nil || version != 7 || len(told) != 3 {
		t.Fatalf("version %d, %+v, %v", version, told, err)
	}
	for i, want := range []struct {
		check   int
		correct bool
	}{{0, true}, {1, true}, {3, false}} {
		if l := told[i]; l.Check != s.checks[want.check].ID || l.Correct != want.correct || l.Engine == "" {
			t.Errorf("label %d is %+v, want check %d, %v", i, l, want.check, want.correct)
		}
	}
	results, err := r.Run(t.Context(), tenant.NewID())
	if err != nil {
		t.Fatal(err)
	}
	for _, result := range results {
		if result.Question == s.checks[1].Question && told[1].Confidence >= result.Confidence {
			t.Errorf("held out, the phrasing is found with %.2f, as sure as with it: %.2f", told[1].Confidence, result.Confidence)
		}
	}
	if got := s.known.Entries[2].Phrasings; len(got) != 1 {
		t.Errorf("the shop's own knowledge lost a phrasing: %q", got)
	}
	s.checks = nil
	if told, version, err := r.Labels(t.Context(), tenant.NewID()); err != nil || len(told) != 0 || version != 7 {
		t.Errorf("without checks: %v, version %d, %v", told, version, err)
	}
}
