package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"storebot/rag/rageval"
)

// evalSet writes a small labelled set and returns the options that name it.
func evalSet(t *testing.T) []string {
	t.Helper()
	var entries, aliases, queries strings.Builder
	entries.WriteString("id,question,answer,category\n")
	aliases.WriteString("id,alias\n")
	for i, e := range faq {
		fmt.Fprintf(&entries, "e%d,%s,%s,%s\n", i, e.question, strings.ReplaceAll(e.answer, ",", ";"), e.category)
		for _, p := range e.phrasings {
			fmt.Fprintf(&aliases, "e%d,%s\n", i, p)
			fmt.Fprintf(&queries, `{"q": %q, "ids": ["e%d"]}`+"\n", p, i)
		}
	}
	queries.WriteString(`{"q": "what is the capital of Mongolia", "ids": []}` + "\n" + `{"q": "蒙古的首都在哪", "ids": []}` + "\n")
	dir := t.TempDir()
	return []string{"eval",
		"--faq", write(t, filepath.Join(dir, "faq.csv"), []byte(entries.String())),
		"--aliases", write(t, filepath.Join(dir, "aliases.csv"), []byte(aliases.String())),
		"--queries", write(t, filepath.Join(dir, "queries.jsonl"), []byte(queries.String()))}
}

// Nothing here names a database, and none is started.
func TestEvalNeedsNoDatabase(t *testing.T) {
	t.Chdir(t.TempDir())
	set := evalSet(t)
	printed := do(t, append(set, "--json")...)
	for key, want := range map[string]string{
		"n": "8", "n_out_of_scope": "2", "recall_at_1": "1", "recall_at_5": "1", "mrr_at_10": "1", "auroc_out_of_scope": "1",
	} {
		if got := string(decode[map[string]json.RawMessage](t, printed)[key]); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	for _, key := range []string{
		`"operating_points":[{"target_precision":0.9,"threshold":`, `{"target_precision":0.95,"threshold":`, `"answered_share":`, `"precision":`,
		`"shipped":{`, `"ms_per_question":{"p50":`, `"p95":`,
	} {
		if !strings.Contains(printed, key) {
			t.Errorf("%s is not in %s", key, printed)
		}
	}
	without := decode[rageval.Report](t, do(t, append(set, "--json", "--aliases-per-entry", "0")...))
	if without.RecallAt1 >= 1 {
		t.Errorf("recall without the aliases is %v: they were read", without.RecallAt1)
	}
	if text := do(t, set...); !strings.Contains(text, "right entry first: 100.0 %") {
		t.Errorf("the summary is %q", text)
	}
	if left, err := filepath.Glob("*"); err != nil || len(left) > 0 {
		t.Errorf("eval left %v behind (%v)", left, err)
	}
}

func TestEvalOfABrokenSet(t *testing.T) {
	set := evalSet(t)
	queries := set[len(set)-1]
	write(t, queries, []byte(`{"q": "postage", "ids": ["e0"]}`+"\n"+`{"q": "postage", "ids": ["e99"]}`+"\n"))
	refused(t, 1, []string{"queries.jsonl", "e99", "2"}, set...)
	write(t, queries, []byte("not JSON\n"))
	refused(t, 1, []string{"queries.jsonl"}, set...)
	refused(t, 1, []string{"--embed-model"}, append(evalSet(t), "--engine", "ollama")...)
}
