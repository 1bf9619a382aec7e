package rageval

import (
	"fmt"
	"strconv"
	"strings"

	"storebot/rag/confidence"
	"storebot/rag/index"
)

// ridge is the L2 penalty of a fit, where each set counts setWeight examples:
// chosen by the log loss on the sets left out, flat from 3 to 30.
const (
	ridge     = 10
	setWeight = 500
)

// The values that each model uses: found by adding and dropping one at a time
// as long as the log loss, the area under the ROC curve, the share answered at
// 90 % precision and the calibration error improved on the shops left out. More
// of them fit the sets better and unseen shops worse; package confidence says
// which were tried.
var (
	plainUses  = []string{"nearest", "cover", "overlap", "unmatched", "cover × reverse", "usual overlap", "length"}
	taughtUses = []string{
		"standout", "class", "doubt", "words", "cover", "overlap", "unmatched", "cover × reverse",
		"usual nearest", "usual overlap", "class odds", "matched", "length",
	}
)

// A Fit is the confidence model refitted.
type Fit struct {
	Plain  confidence.Model `json:"plain"`  // for shops without enough phrasings to train on
	Taught confidence.Model `json:"taught"` // for the others
	Held   []Held           `json:"held_out"`
}

// Held is a set as seen by the model that was fitted on the shops other than
// its own: what to expect of a shop that nobody has seen.
type Held struct {
	Set    string `json:"set"`
	Taught bool   `json:"taught"`
	Report Report `json:"report"`
}

// examples asks the set's questions and keeps each first match's features.
func examples(set *Set) ([]confidence.Example, []Outcome) {
	built := index.Build(set.Entries, nil, index.Options{})
	var examples []confidence.Example
	var outcomes []Outcome
	for _, q := range set.Questions {
		found, features := built.Explain(q.Text, nil)
		o := outcome(q, found)
		outcomes = append(outcomes, o)
		examples = append(examples, confidence.Example{
			Features: features, Right: o.Right(), Weight: setWeight / float64(len(set.Questions)),
		})
	}
	return examples, outcomes
}

// FitConfidence refits the confidence model on labelled sets, and measures it
// on each with its shop left out: sets of the same shop (with other numbers of
// phrasings, in another script) carry the same Shop.
func FitConfidence(sets []*Set) Fit {
	all := make([][]confidence.Example, len(sets))
	outcomes := make([][]Outcome, len(sets))
	for i, set := range sets {
		all[i], outcomes[i] = examples(set)
	}
	fit := func(taught bool, without string) confidence.Model {
		var train []confidence.Example
		for i, set := range sets {
			if len(all[i]) > 0 && set.Shop != without && all[i][0].Features.Taught == taught {
				for j, e := range all[i] {
					if len(outcomes[i][j].Retrieval.Matches) > 0 {
						train = append(train, e)
					}
				}
			}
		}
		uses := plainUses
		if taught {
			uses = taughtUses
		}
		return confidence.Fit(train, uses, ridge)
	}
	out := Fit{Plain: fit(false, ""), Taught: fit(true, "")}
	for i, set := range sets {
		taught := all[i][0].Features.Taught
		model := fit(taught, set.Shop)
		for j := range outcomes[i] {
			if len(outcomes[i][j].Retrieval.Matches) > 0 {
				outcomes[i][j].Confidence = model.Probability(all[i][j].Features.Vector())
			}
		}
		out.Held = append(out.Held, Held{Set: set.Name, Taught: taught, Report: Measure(set, outcomes[i])})
	}
	return out
}

// Source writes the fitted models as the Go source of confidence/fitted.go has
// them.
func (f Fit) Source() string {
	line := func(name string, m confidence.Model) string {
		weights := make([]string, len(m.Weights))
		for i, w := range m.Weights {
			weights[i] = strconv.FormatFloat(w, 'f', 4, 64)
		}
		return fmt.Sprintf("%s = Model{Bias: %.4f, Weights: [Size]float64{%s}}\n", name, m.Bias, strings.Join(weights, ", "))
	}
	return line("Taught", f.Taught) + line("Plain", f.Plain)
}
