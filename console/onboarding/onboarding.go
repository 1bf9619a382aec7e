// Package onboarding says how far a new shop is with its set-up: which steps
// there are, and which facts of the shop tick them. Nobody's click does: a step
// may be passed for now, and it is done when the shop says so.
//
// It does no I/O; onboardingpg reads the facts.
package onboarding

import "slices"

// A Step of the set-up, as stored.
type Step string

// The steps, in their order.
const (
	Shop     Step = "shop"     // name, language and time zone were looked at
	Entries  Step = "entries"  // there is something to answer with
	Try      Step = "try"      // a question was asked on trial
	Page     Step = "page"     // the widget was opened on a page of the shop
	Baseline Step = "baseline" // the time before Storebot was described
)

// Steps are all of them.
var Steps = []Step{Shop, Entries, Try, Page, Baseline}

// Facts are what the shop itself tells of its set-up.
type Facts struct {
	Saved    bool // its settings were changed since the sign-up
	Entries  int
	Tried    bool
	Seen     bool
	Baseline bool
	Passed   []Step
}

// Progress is where one step stands.
type Progress struct {
	Step   Step
	Done   bool
	Passed bool
}

// Progress tells it of every step, in their order.
func (f Facts) Progress() []Progress {
	passed := func(s Step) bool { return slices.Contains(f.Passed, s) }
	done := map[Step]bool{
		Shop:    f.Saved || passed(Shop), // to say that the details are right is the fact
		Entries: f.Entries > 0, Try: f.Tried, Page: f.Seen, Baseline: f.Baseline,
	}
	list := make([]Progress, len(Steps))
	for i, s := range Steps {
		list[i] = Progress{Step: s, Done: done[s], Passed: passed(s)}
	}
	return list
}

// Current is the first step that is neither done nor passed; "" when none is left.
func (f Facts) Current() Step {
	for _, p := range f.Progress() {
		if !p.Done && !p.Passed {
			return p.Step
		}
	}
	return ""
}
