package rageval

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"storebot/rag"
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
	uses = map[kind][]string{
		{}:                          plainUses,
		{meant: true}:               append(slices.Clip(plainUses), "familiar"),
		{taught: true}:              taughtUses,
		{taught: true, meant: true}: append(slices.Clip(taughtUses), "meaning"),
	}
)

// A kind of retrieval has a model.
type kind struct{ taught, meant bool }

// A Fit is the confidence models refitted.
type Fit struct {
	Plain       confidence.Model `json:"plain"`  // for shops without enough phrasings to train on
	Taught      confidence.Model `json:"taught"` // for the others
	PlainMeant  confidence.Model `json:"plain_meant"`
	TaughtMeant confidence.Model `json:"taught_meant"` // the same where vectors take part
	Held        []Held           `json:"held_out"`
}

// Held is a set as seen by the models that were fitted on the shops other than
// its own: what to expect of a shop that nobody has seen.
type Held struct {
	Set    string `json:"set"`
	Report Report `json:"report"` // as it is served: vectors only where words leave a doubt
	Words  Report `json:"words"`  // by words alone
}

// An asked is a question's retrieval by words alone and with vectors: where the
// embedder has none for the question, the two are the same.
type asked struct{ words, meant found }

type found struct {
	outcome  Outcome
	features confidence.Features
}

func (f found) any() bool { return len(f.outcome.Retrieval.Matches) > 0 }

// askBoth asks the set's questions and keeps each first match's features.
func askBoth(ctx context.Context, set *Set, embedder rag.Embedder) ([]asked, error) {
	vectors, err := embed(ctx, embedder, set.Entries)
	if err != nil {
		return nil, err
	}
	built := index.Build(set.Entries, vectors, index.Options{Model: embedder.Model()})
	var all []asked
	for _, q := range set.Questions {
		vector, err := embedder.EmbedQuery(ctx, q.Text)
		if err != nil {
			return nil, fmt.Errorf("embed a question: %w", err)
		}
		explain := func(vector []float32) found {
			retrieval, features := built.Explain(q.Text, vector)
			return found{outcome(q, retrieval), features}
		}
		all = append(all, asked{explain(nil), explain(vector)})
	}
	return all, nil
}

// FitConfidence refits the confidence models on labelled sets, and measures them
// on each with its shop left out: sets of the same shop (with other numbers of
// phrasings, in another script) carry the same Shop.
func FitConfidence(ctx context.Context, sets []*Set, embedder rag.Embedder) (Fit, error) {
	embedder = &memo{Embedder: embedder, known: map[string][]float32{}}
	all := make([][]asked, len(sets))
	for i, set := range sets {
		var err error
		if all[i], err = askBoth(ctx, set, embedder); err != nil {
			return Fit{}, err
		}
	}
	fit := func(taught, meant bool, without string) confidence.Model {
		var train []confidence.Example
		for i, set := range sets {
			if set.Shop == without {
				continue
			}
			for _, a := range all[i] {
				f := a.words
				if meant {
					f = a.meant
				}
				if f.any() && f.features.Taught == taught && f.features.Meant == meant {
					train = append(train, confidence.Example{Features: f.features, Right: f.outcome.Right(), Weight: setWeight / float64(len(set.Questions))})
				}
			}
		}
		return confidence.Fit(train, uses[kind{taught, meant}], ridge)
	}
	out := Fit{Plain: fit(false, false, ""), Taught: fit(true, false, ""), PlainMeant: fit(false, true, ""), TaughtMeant: fit(true, true, "")}
	for i, set := range sets {
		var served, words []Outcome
		models := map[kind]confidence.Model{}
		judge := func(f found) Outcome {
			if f.any() {
				of := kind{f.features.Taught, f.features.Meant}
				model, fitted := models[of]
				if !fitted {
					model = fit(of.taught, of.meant, set.Shop)
					models[of] = model
				}
				f.outcome.Confidence = model.Probability(f.features.Vector())
			}
			return f.outcome
		}
		for _, a := range all[i] {
			o := judge(a.words)
			words = append(words, o)
			if o.Confidence < index.Sure {
				o = judge(a.meant)
			}
			served = append(served, o)
		}
		out.Held = append(out.Held, Held{Set: set.Name, Report: Measure(set, served), Words: Measure(set, words)})
	}
	return out, nil
}

// A memo embeds each text once: the sets of one shop share most of theirs.
type memo struct {
	rag.Embedder
	known map[string][]float32
}

func (m *memo) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	if vector, ok := m.known[text]; ok {
		return vector, nil
	}
	vector, err := m.Embedder.EmbedQuery(ctx, text)
	if err == nil {
		m.known[text] = vector
	}
	return vector, err
}

func (m *memo) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	var missing []string
	for _, text := range texts {
		if m.known[text] == nil {
			missing = append(missing, text)
		}
	}
	made, err := m.Embedder.EmbedPassages(ctx, missing)
	if err != nil {
		return nil, err
	}
	for i, text := range missing {
		m.known[text] = made[i]
	}
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = m.known[text]
	}
	return vectors, nil
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
	return line("Taught", f.Taught) + line("Plain", f.Plain) + line("TaughtMeant", f.TaughtMeant) + line("PlainMeant", f.PlainMeant)
}
