package ragpg_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"storebot/rag"
)

func (b *bench) rows(t testing.TB, m rag.Import, f rag.RowFilter) string {
	t.Helper()
	rows, err := b.ListImportRows(t.Context(), b.shop, m.ID, f, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		line := fmt.Sprintf("%s %s", r.Content.Question, r.Status)
		for _, p := range r.Problems {
			line += " " + p.Code
		}
		out = append(out, line)
	}
	return strings.Join(out, ", ")
}

// A row that is mended in place is checked as the file was, and so are those
// that it has to do with; then it is imported.
func TestEditImportRow(t *testing.T) {
	all := newBench(t)
	for _, size := range []int{0, 2} {
		b := all.another(t)
		b.SetPart(size)
		b.commit(t, b.stage(t, "question,answer\nthere,1\n"), rag.Overwrite)
		m := b.stage(t, "question,answer\na,\ntwice,1\nb,1\ntwice,2\nthere,2\n,5\n")
		if got, want := b.rows(t, m, rag.RowFilter{}), "a invalid missing_answer, twice ready question_twice, b ready, twice ready question_twice, there changed,  invalid missing_question"; got != want {
			t.Fatalf("staged %s", got)
		}
		if want := map[string]rag.ProblemCount{"missing_answer": {Rows: 1}, "missing_question": {Rows: 1}, rag.QuestionTwice: {Rows: 2, Warning: true}}; fmt.Sprint(m.Problems) != fmt.Sprint(want) {
			t.Errorf("problems %v", m.Problems)
		}
		edit := func(position int, c rag.Content) rag.StagedRow {
			t.Helper()
			var row rag.StagedRow
			var err error
			if m, row, err = b.EditImportRow(t.Context(), b.shop, m.ID, position, rag.RowEdit{Content: &c}); err != nil {
				t.Fatal(err)
			}
			return row
		}
		if row := edit(1, rag.Content{Question: "a", Answer: " =now ", Phrasings: []string{"p|q", "p|q"}}); row.Status != rag.RowReady || row.Content.Answer != "=now" || len(row.Content.Phrasings) != 1 {
			t.Errorf("mended %+v", row)
		}
		edit(2, rag.Content{Question: "once", Answer: "1"})
		if row := edit(6, rag.Content{Question: "there", Answer: "1"}); row.Status != rag.RowExists {
			t.Errorf("the shop's own %+v", row)
		}
		if got, want := b.rows(t, m, rag.RowFilter{}), "a ready repeated_phrasing, once ready, b ready, twice ready, there changed question_twice, there exists question_twice"; got != want {
			t.Errorf("rows %s", got)
		}
		edit(6, rag.Content{Question: "c", Answer: strings.Repeat("x", rag.MaxAnswer+1)})
		if got := b.rows(t, m, rag.RowFilter{Problem: "answer_too_long"}); got != "c invalid answer_too_long" || m.Found.Invalid != 1 {
			t.Errorf("rows with the problem: %s of %+v", got, m.Found)
		}
		if _, _, err := b.EditImportRow(t.Context(), b.shop, m.ID, 7, rag.RowEdit{Content: new(rag.Content)}); !errors.Is(err, rag.ErrNotFound) {
			t.Errorf("a row that is not there: %v", err)
		}
		b.commit(t, m, rag.Overwrite)
		entries, _ := b.load(t)
		if got := answers(entries); got != "there=2 a==now once=1 b=1 twice=2" {
			t.Errorf("entries are %s", got)
		}
		var input *rag.InputError
		if _, _, err := b.EditImportRow(t.Context(), b.shop, m.ID, 1, rag.RowEdit{Content: new(rag.Content)}); !errors.As(err, &input) || input.Code != "import_started" {
			t.Errorf("edited afterwards: %v", err)
		}
		b.content(t)
	}
}

func TestChooseRowByRow(t *testing.T) {
	b := newBench(t)
	b.SetPart(2)
	b.commit(t, b.stage(t, "question,answer\na,1\nb,1\nc,1\nd,1\n"), rag.Overwrite)
	m := b.stage(t, "question,answer\na,2\nb,2\nc,2\nd,2\n")
	rows, err := b.ListImportRows(t.Context(), b.shop, m.ID, rag.RowFilter{}, 0, 10)
	if err != nil || len(rows) != 4 || rows[3].There == nil || rows[3].There.Answer != "1" {
		t.Fatalf("rows %+v, %v", rows, err)
	}
	for choice, positions := range map[rag.OnChange][]int{rag.Overwrite: {1}, rag.Add: {2, 4}} {
		if m, err = b.ChooseImportRows(t.Context(), b.shop, m.ID, positions, choice); err != nil {
			t.Fatal(err)
		}
	}
	if m, err = b.ChooseImportRows(t.Context(), b.shop, m.ID, []int{4}, ""); err != nil || m.Chosen != (rag.Chosen{Overwrite: 1, Add: 1}) {
		t.Errorf("chosen %+v, %v", m.Chosen, err)
	}
	if _, err := b.ChooseImportRows(t.Context(), b.shop, m.ID, []int{5}, rag.Skip); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("a row that is not there: %v", err)
	}
	b.commit(t, m, rag.Skip)
	entries, _ := b.load(t)
	if got := answers(entries); got != "a=2 b=1 c=1 d=1 b=2" {
		t.Errorf("entries are %s", got)
	}
}

// The file of invalid rows is taken back: as it is the same rows are invalid,
// mended just those are imported.
func TestRejectedRowsComeBack(t *testing.T) {
	b := newBench(t)
	m := b.stage(t, "question,answer,valid_until\ngood,1,\n=sum,,\nlate,2,31/12/26\n")
	var file bytes.Buffer
	if err := b.WriteRejected(t.Context(), b.shop, m.ID, map[string]string{"missing_answer": "答案是空的"}, &file); err != nil {
		t.Fatal(err)
	}
	if text := file.String(); strings.Contains(text, "good") || !strings.Contains(text, "答案是空的") || !strings.Contains(text, "2026-12-31") {
		t.Errorf("the file says %s", text)
	}
	again := b.stage(t, file.String())
	if again.Found != (rag.Counts{Ready: 1, Invalid: 1}) {
		// The date that could not be read is gone; the row is valid without it.
		t.Errorf("as it is: %+v", again.Found)
	}
	mended := b.stage(t, strings.Replace(file.String(), "'=sum,", "'=sum,4", 1))
	if mended.Found.Ready != 2 {
		t.Errorf("mended: %+v", mended.Found)
	}
}
