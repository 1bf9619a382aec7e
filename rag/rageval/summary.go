package rageval

import (
	"fmt"
	"strings"
)

// Summary is the report in a few lines for a person.
func (r Report) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d questions, %d of them out of scope, of %d entries with %d other phrasings; engine %s\n", r.Questions, r.OutOfScope, r.Entries, r.Phrasings, r.Engine)
	fmt.Fprintf(&b, "right entry first: %.1f %%   among the first five: %.1f %%   MRR at 10: %.3f\n", 100*r.RecallAt1, 100*r.RecallAt5, r.MRRAt10)
	if r.AUROC != nil {
		fmt.Fprintf(&b, "tells questions without an answer apart (AUROC): %.3f\n", *r.AUROC)
	}
	for _, p := range r.Points {
		if p.Answered == 0 {
			fmt.Fprintf(&b, "no threshold reaches %.0f %% precision\n", 100*p.Target)
			continue
		}
		fmt.Fprintf(&b, "at %.0f %% precision: answers %.1f %% (threshold %.3f)\n", 100*p.Target, 100*p.Answered, p.Threshold)
	}
	fmt.Fprintf(&b, "as shipped (threshold %.2f): answers %.1f %%, %.1f %% of them right\n", r.Shipped.Threshold, 100*r.Shipped.Answered, 100*r.Shipped.Precision)
	d := r.Decisions
	fmt.Fprintf(&b, "decisions: %d direct (%d right), %d clarify (%d with a right one offered), %d abstain (%d have no answer)\n", d.Direct.N, d.Direct.Right, d.Clarify.N, d.Clarify.Right, d.Abstain.N, d.Abstain.Right)
	fmt.Fprintf(&b, "calibration error: %.3f   per question: %.3f ms, 95 %% within %.3f ms\n", r.Calibration, r.Milliseconds.P50, r.Milliseconds.P95)
	return b.String()
}

// AblationTable is what each part is worth, a line each.
func AblationTable(ablations []Ablation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-40s %8s %8s %8s %12s %8s\n", "without", "first", "in five", "AUROC", "at 90 %", "ECE")
	for _, a := range ablations {
		name := a.Without
		if name == "" {
			name = "(nothing)"
		}
		writeRow(&b, name, a.Report)
	}
	return b.String()
}

// Summary is the fit's figures on the shops left out, a line each.
func (f Fit) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-40s %8s %8s %8s %12s %8s\n", "shop left out", "first", "in five", "AUROC", "at 90 %", "ECE")
	for _, h := range f.Held {
		writeRow(&b, h.Set, h.Report)
		writeRow(&b, "  by words alone", h.Words)
	}
	return b.String()
}

func writeRow(b *strings.Builder, name string, r Report) {
	auroc := "-"
	if r.AUROC != nil {
		auroc = fmt.Sprintf("%.3f", *r.AUROC)
	}
	fmt.Fprintf(b, "%-40s %8.3f %8.3f %8s %12.3f %8.3f\n", name, r.RecallAt1, r.RecallAt5, auroc, r.Points[0].Answered, r.Calibration)
}

// DifferenceTable lists differences, a few lines each.
func DifferenceTable(differences []Difference) string {
	var b strings.Builder
	var won int
	for _, d := range differences {
		if d.First.Rank == 1 {
			won++
		}
		fmt.Fprintf(&b, "%s\n   right: %s\n   this engine:     %.2f %s\n   built-in, whole: %.2f %s\n", d.Question, d.Right, d.First.Confidence, d.First.Entry, d.Second.Confidence, d.Second.Entry)
	}
	fmt.Fprintf(&b, "%d questions differ: this engine alone is right on %d, the built-in one, whole, on %d\n", len(differences), won, len(differences)-won)
	return b.String()
}
