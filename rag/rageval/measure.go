package rageval

import (
	"context"
	"slices"
	"time"

	"storebot/rag"
	"storebot/rag/confidence"
)

// Retrieve finds entries for a question: what is measured.
type Retrieve func(ctx context.Context, question string) (rag.Retrieval, error)

// An Outcome is what one question found.
type Outcome struct {
	Question   Question
	Retrieval  rag.Retrieval
	Rank       int // of the first right entry, from 1; 0 when none was found
	Took       time.Duration
	Confidence float64
}

// Right reports whether the first match answers the question.
func (o Outcome) Right() bool { return o.Rank == 1 }

// Ask asks every question of the set once, in order.
func Ask(ctx context.Context, set *Set, retrieve Retrieve) ([]Outcome, error) {
	outcomes := make([]Outcome, 0, len(set.Questions))
	for _, q := range set.Questions {
		start := time.Now()
		found, err := retrieve(ctx, q.Text)
		if err != nil {
			return nil, err
		}
		o := outcome(q, found)
		o.Took = time.Since(start)
		outcomes = append(outcomes, o)
	}
	return outcomes, nil
}

func outcome(q Question, found rag.Retrieval) Outcome {
	rank := 1 + slices.IndexFunc(found.Matches, func(m rag.Match) bool { return slices.Contains(q.Right, m.Entry.ID) })
	return Outcome{Question: q, Retrieval: found, Rank: rank, Confidence: found.Confidence}
}

// A Report is the figures of one set under one engine. Its JSON names are the
// contract of `storebot eval`.
type Report struct {
	Questions    int              `json:"n"`
	OutOfScope   int              `json:"n_out_of_scope"`
	Entries      int              `json:"entries"`
	Phrasings    int              `json:"phrasings"`
	Engine       string           `json:"engine"`
	RecallAt1    float64          `json:"recall_at_1"`
	RecallAt5    float64          `json:"recall_at_5"`
	MRRAt10      float64          `json:"mrr_at_10"`
	AUROC        *float64         `json:"auroc_out_of_scope"`
	Points       []OperatingPoint `json:"operating_points"`
	Shipped      Shipped          `json:"shipped"`
	Decisions    Decisions        `json:"decisions"`
	Calibration  float64          `json:"ece"`
	Reliability  []Bin            `json:"reliability"`
	Confusions   []Confusion      `json:"confusions"`
	Milliseconds Milliseconds     `json:"ms_per_question"`
	Build        *Build           `json:"build,omitempty"`
}

// An OperatingPoint is the threshold that answers most at a target precision.
type OperatingPoint struct {
	Target    float64 `json:"target_precision"`
	Threshold float64 `json:"threshold"`
	Answered  float64 `json:"answered_share"`
	Precision float64 `json:"precision"`
}

// Shipped is what a new shop's own threshold does.
type Shipped struct {
	Threshold float64 `json:"threshold"`
	Answered  float64 `json:"answered_share"`
	Precision float64 `json:"precision"`
}

// Decisions are what a new shop's own thresholds do with the questions. Small
// talk, follow-ups and composing are decided elsewhere and take no part.
type Decisions struct {
	Direct  Decision `json:"direct"`  // from confidence.Threshold: right when the first match answers
	Clarify Decision `json:"clarify"` // from confidence.Unsure: right when one of the three offered answers
	Abstain Decision `json:"abstain"` // below, or nothing found: right when no entry answers
}

// A Decision is how often it was made and how often that was right.
type Decision struct {
	N     int `json:"n"`
	Right int `json:"right"`
}

// Milliseconds per question.
type Milliseconds struct {
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
}

// Build is what making the index took.
type Build struct {
	Milliseconds float64 `json:"ms"`
	Bytes        int     `json:"bytes"`
	PerThousand  int     `json:"bytes_per_1000_entries"`
}

// Measure makes a set's report of its outcomes.
func Measure(set *Set, outcomes []Outcome) Report {
	r := Report{Questions: len(outcomes), Entries: len(set.Entries)}
	for _, e := range set.Entries {
		r.Phrasings += len(e.Phrasings)
	}
	var in, at1, at5, reciprocal float64
	for _, o := range outcomes {
		r.Engine = o.Retrieval.Engine
		if o.Question.OutOfScope() {
			r.OutOfScope++
			continue
		}
		in++
		if o.Rank == 0 {
			continue
		}
		if o.Rank == 1 {
			at1++
		}
		if o.Rank <= 5 {
			at5++
		}
		if o.Rank <= 10 {
			reciprocal += 1 / float64(o.Rank)
		}
	}
	if in > 0 {
		r.RecallAt1, r.RecallAt5, r.MRRAt10 = at1/in, at5/in, reciprocal/in
	}
	r.AUROC = AUROC(outcomes)
	for _, target := range []float64{0.90, 0.95} {
		r.Points = append(r.Points, Operate(outcomes, target))
	}
	r.Shipped = Shipped{Threshold: confidence.Threshold}
	r.Shipped.Answered, r.Shipped.Precision = answered(outcomes, confidence.Threshold)
	r.Decisions = decide(outcomes, confidence.Threshold, confidence.Unsure)
	r.Reliability, r.Calibration = Reliability(outcomes)
	r.Confusions = Confusions(outcomes, 20)
	took := make([]time.Duration, len(outcomes))
	for i, o := range outcomes {
		took[i] = o.Took
	}
	slices.Sort(took)
	r.Milliseconds = Milliseconds{P50: percentile(took, 0.50), P95: percentile(took, 0.95)}
	return r
}

// percentile takes the nearest rank of sorted durations, in milliseconds.
func percentile(sorted []time.Duration, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := min(int(p*float64(len(sorted))), len(sorted)-1)
	return float64(sorted[at].Microseconds()) / 1000
}
