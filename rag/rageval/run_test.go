package rageval

import (
	"encoding/json"
	"strings"
	"testing"

	"storebot/rag/encoder"
	"storebot/rag/index"
	"storebot/rag/lexical"
)

func load(t *testing.T) *Set {
	t.Helper()
	set, err := Load(files(t, faqText, aliasText, questionsText))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestRun(t *testing.T) {
	report, err := Run(t.Context(), load(t), Engine{})
	if err != nil {
		t.Fatal(err)
	}
	if report.RecallAt1 != 1 || report.Engine != lexical.Model || report.Build.Bytes == 0 {
		t.Errorf("got %+v", report)
	}
	text, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	var named map[string]any
	if err := json.Unmarshal(text, &named); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"n", "n_out_of_scope", "recall_at_1", "recall_at_5", "mrr_at_10", "auroc_out_of_scope", "operating_points", "shipped", "ms_per_question", "ece", "decisions",
	} {
		if _, ok := named[name]; !ok {
			t.Errorf("the JSON has no %q", name)
		}
	}
	if s := report.Summary(); !strings.Contains(s, "right entry first: 100.0 %") {
		t.Errorf("the summary is %q", s)
	}
}

func TestRunWithAnEmbedder(t *testing.T) {
	report, err := Run(t.Context(), load(t), Engine{Embedder: renamed{&lexical.Embedder{}}})
	if err != nil {
		t.Fatal(err)
	}
	if report.Engine != "another" || report.RecallAt1 != 1 {
		t.Errorf("got %+v", report)
	}
}

// renamed is the built-in embedder under another name, so that its vectors
// count as a model's.
type renamed struct{ *lexical.Embedder }

func (renamed) Model() string { return "another" }

func TestAblate(t *testing.T) {
	ablations, err := Ablate(t.Context(), load(t), Engine{})
	if err != nil {
		t.Fatal(err)
	}
	if len(ablations) != 1+len(Parts)-2 { // the whole, and all but the two of vectors
		t.Errorf("got %d reports", len(ablations))
	}
	with, err := Ablate(t.Context(), load(t), Engine{Embedder: renamed{&lexical.Embedder{}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(with) != 1+len(Parts) {
		t.Errorf("got %d reports with vectors", len(with))
	}
	if table := AblationTable(ablations); !strings.Contains(table, "vocabulary") {
		t.Errorf("the table is %q", table)
	}
}

func TestParseParts(t *testing.T) {
	parts, err := ParseParts([]string{"fields", "vocabulary"})
	if err != nil || parts != index.Fields|index.Vocabulary {
		t.Errorf("got %v, %v", parts, err)
	}
	if _, err := ParseParts([]string{"luck"}); err == nil || !strings.Contains(err.Error(), "classifier, fields, vocabulary, thesaurus, dense") {
		t.Errorf("got the error %v", err)
	}
}

func TestFitConfidence(t *testing.T) {
	a, b := load(t), load(t)
	a.Shop, b.Shop = "a", "b"
	fit, err := FitConfidence(t.Context(), []*Set{a, b}, &encoder.Embedder{})
	if err != nil {
		t.Fatal(err)
	}
	if len(fit.Held) != 2 || fit.Held[0].Report.Questions != 2 {
		t.Errorf("got %+v", fit.Held)
	}
	if s := fit.Source(); !strings.Contains(s, "Plain = Model{Bias:") {
		t.Errorf("the source is %q", s)
	}
}
