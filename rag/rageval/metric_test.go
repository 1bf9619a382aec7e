package rageval

import (
	"math"
	"testing"
	"time"

	"github.com/google/uuid"

	"storebot/rag"
)

var entries = []rag.Entry{
	{ID: uuid.UUID{1}, Question: "one"}, {ID: uuid.UUID{2}, Question: "two"}, {ID: uuid.UUID{3}, Question: "three"},
}

// made makes an outcome whose first right entry stands at rank (0: not found),
// or, with rank -1, an out-of-scope one.
func made(rank int, confidence float64) Outcome {
	o := Outcome{Rank: max(rank, 0), Confidence: confidence, Took: time.Millisecond}
	if rank >= 0 {
		o.Question.Right = []rag.EntryID{entries[0].ID}
	}
	for i := range 10 {
		e := &entries[1+i%2]
		if i+1 == rank {
			e = &entries[0]
		}
		o.Retrieval.Matches = append(o.Retrieval.Matches, rag.Match{Entry: e})
	}
	return o
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestMeasureByHand(t *testing.T) {
	set := &Set{Entries: entries}
	r := Measure(set, []Outcome{made(1, .9), made(2, .8), made(7, .3), made(0, .2), made(-1, .5), made(1, .6)})
	if r.Questions != 6 || r.OutOfScope != 1 || r.Entries != 3 {
		t.Errorf("counted %d questions, %d out of scope, %d entries", r.Questions, r.OutOfScope, r.Entries)
	}
	near(t, "recall at 1", r.RecallAt1, 2.0/5)
	near(t, "recall at 5", r.RecallAt5, 3.0/5)
	near(t, "MRR", r.MRRAt10, (1+0.5+1.0/7+0+1)/5)
	// The stranger's .5 lies below .9, .8 and .6 of five.
	near(t, "AUROC", *r.AUROC, 3.0/5)
	near(t, "p50", r.Milliseconds.P50, 1)
	if r.Points[0].Target != 0.90 || r.Points[1].Target != 0.95 {
		t.Errorf("operating points at %v and %v", r.Points[0].Target, r.Points[1].Target)
	}
}

func TestAUROC(t *testing.T) {
	if got := AUROC([]Outcome{made(1, .9), made(2, .1)}); got != nil {
		t.Errorf("without out-of-scope questions it is %v, want none", *got)
	}
	for _, c := range []struct {
		outcomes []Outcome
		want     float64
	}{
		{[]Outcome{made(1, .9), made(-1, .1)}, 1},
		{[]Outcome{made(1, .1), made(-1, .9)}, 0},
		{[]Outcome{made(1, .5), made(-1, .5)}, .5},
		{[]Outcome{made(1, .9), made(1, .5), made(-1, .5), made(-1, .1)}, (2 + 1.5) / 4},
	} {
		near(t, "AUROC", *AUROC(c.outcomes), c.want)
	}
}

func TestOperate(t *testing.T) {
	outcomes := []Outcome{made(1, .9), made(1, .8), made(3, .7), made(1, .6), made(-1, .5)}
	p := Operate(outcomes, 0.75)
	near(t, "threshold", p.Threshold, .6)
	near(t, "answered", p.Answered, 4.0/5)
	near(t, "precision", p.Precision, 3.0/4)
	p = Operate(outcomes, 0.95)
	near(t, "strict answered", p.Answered, 2.0/5)
	near(t, "strict precision", p.Precision, 1)
	p = Operate([]Outcome{made(2, .9), made(-1, .8)}, 0.9)
	near(t, "hopeless answered", p.Answered, 0)
	near(t, "hopeless threshold", p.Threshold, 1)
	// A threshold cannot part what is equal.
	p = Operate([]Outcome{made(1, .5), made(-1, .5)}, 0.9)
	near(t, "tied answered", p.Answered, 0)
}

func TestNothingFoundIsNoAnswer(t *testing.T) {
	empty := Outcome{Question: Question{Right: []rag.EntryID{entries[0].ID}}}
	p := Operate([]Outcome{made(1, .9), empty}, 0.5)
	near(t, "answered", p.Answered, 0.5)
	share, precision := answered([]Outcome{made(1, .9), empty}, 0)
	near(t, "answered", share, 0.5)
	near(t, "precision", precision, 1)
}

func TestReliability(t *testing.T) {
	table, ece := Reliability([]Outcome{made(1, .95), made(1, .95), made(2, .95), made(-1, .95), made(1, .05), made(1, 1)})
	if table[9].N != 5 || table[0].N != 1 {
		t.Fatalf("the bins have %d and %d", table[9].N, table[0].N)
	}
	near(t, "said", table[9].Said, (4*.95+1)/5)
	near(t, "right", table[9].Right, 3.0/5)
	near(t, "ECE", ece, (5*math.Abs((4*.95+1)/5-.6)+1*.95)/6)
}

func TestConfusions(t *testing.T) {
	list := Confusions([]Outcome{made(2, .9), made(2, .8), made(3, .8), made(1, .7), made(-1, .6), made(0, .5)}, 5)
	if len(list) != 1 || list[0] != (Confusion{Right: "one", Found: "two", N: 3}) {
		t.Errorf("got %v", list)
	}
}

func TestCompare(t *testing.T) {
	set := &Set{Entries: entries}
	list := Compare(set, []Outcome{made(1, .9), made(2, .8), made(-1, .7)}, []Outcome{made(1, .4), made(1, .3), made(-1, .2)})
	want := Difference{Right: "one", First: Finding{"two", 2, .8}, Second: Finding{"one", 1, .3}}
	if len(list) != 1 || list[0] != want {
		t.Errorf("got %v", list)
	}
}

func TestDecideByHand(t *testing.T) {
	nothing := Outcome{Question: Question{}, Confidence: 0}
	got := decide([]Outcome{
		made(1, .9), made(2, .8), made(-1, .8), // direct: one right
		made(1, .5), made(3, .3), made(4, .6), made(-1, .4), // clarify: two with a right one offered
		made(1, .1), made(-1, .1), nothing, // abstain: two have no answer
	}, .8, .3)
	if want := (Decisions{Direct: Decision{3, 1}, Clarify: Decision{4, 2}, Abstain: Decision{3, 2}}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
