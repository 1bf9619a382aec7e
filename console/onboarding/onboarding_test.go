package onboarding

import "testing"

func TestFactsTickTheSteps(t *testing.T) {
	for _, c := range []struct {
		name    string
		facts   Facts
		current Step
		done    int
	}{
		{"a shop just signed up", Facts{}, Shop, 0},
		{"its details are right", Facts{Passed: []Step{Shop}}, Entries, 1},
		{"its details were changed", Facts{Saved: true}, Entries, 1},
		{"entries are left for later", Facts{Saved: true, Passed: []Step{Entries}}, Try, 1},
		{"a later step was done first", Facts{Seen: true}, Shop, 1},
		{"a passed step is done all the same", Facts{Saved: true, Entries: 3, Passed: []Step{Entries}}, Try, 2},
		{"all but the baseline", Facts{Saved: true, Entries: 1, Tried: true, Seen: true}, Baseline, 4},
		{"all is done", Facts{Saved: true, Entries: 1, Tried: true, Seen: true, Baseline: true}, "", 5},
	} {
		if got := c.facts.Current(); got != c.current {
			t.Errorf("%s: current is %q, want %q", c.name, got, c.current)
		}
		done := 0
		for _, p := range c.facts.Progress() {
			if p.Done {
				done++
			}
		}
		if done != c.done {
			t.Errorf("%s: %d steps are done, want %d", c.name, done, c.done)
		}
	}
}
