package sheet_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"storebot/rag/sheet"
)

func TestProblems(t *testing.T) {
	long := strings.Repeat("字", 9000)
	many := make([]string, 201)
	for i := range many {
		many[i] = fmt.Sprint("way ", i)
	}
	for _, tc := range []struct {
		name, text string
		column     string
		code       sheet.Code
	}{
		{"no question", "question,answer\n ,a\n", "question", sheet.MissingQuestion},
		{"no answer", "question,Answer\nq\n", "Answer", sheet.MissingAnswer},
		{"long question", "問題,答案\n" + long[:3*501] + ",a\n", "問題", sheet.QuestionTooLong},
		{"long answer", "q,a\nq," + long[:3*8001] + "\n", "a", sheet.AnswerTooLong},
		{"long category", "q,a,category\nq,a," + long[:3*101] + "\n", "category", sheet.CategoryTooLong},
		{"long phrasing", "q,a,phrasings\nq,a," + long[:3*501] + "\n", "phrasings", sheet.PhrasingTooLong},
		{"many phrasings", "q,a,phrasings\nq,a,\"" + strings.Join(many, "\n") + "\"\n", "phrasings", sheet.TooManyPhrasings},
		{"control", "q,a\nq,x\x01y\n", "a", sheet.ControlCharacter},
		{"zero", "q,a\nq,x\x00y" + strings.Repeat("z", 200) + "\n", "a", sheet.ControlCharacter},
		{"lost", "q,a\nq,x\uFFFDy\n", "a", sheet.BadDecoding},
		{"excel error", "q,a\n#REF!,a\n", "q", sheet.ExcelError},
		{"excel error in a phrasing", "q,a,phrasings\nq,a,x|#N/A\n", "phrasings", sheet.ExcelError},
		{"language", "q,a,language\nq,a,klingonish\n", "language", sheet.UnknownLanguage},
		{"extra cells", "q,a\nq,yes, always\n", "", sheet.ExtraCells},
		{"invisible", "q,a\nq,x\u200By\n", "a", sheet.InvisibleRemoved},
		{"mark in a cell", "q,a\nq,\uFEFFx\n", "a", sheet.InvisibleRemoved},
		{"override", "q,a\nq,\u202Ex\u202C\n", "a", sheet.InvisibleRemoved},
		{"tags", "q,a\nq,x\U000E0041\U000E007F\n", "a", sheet.InvisibleRemoved},
		{"no-break space", "q,a\nq,\u00A0x\n", "a", sheet.SpaceTrimmed},
		{"separator", "q,a\nq,x\u2028y\n", "a", sheet.LineBreakReplaced},
		{"number", "q,a\nq,call 8.86912E+11 now\n", "a", sheet.BrokenNumber},
		{"repeated", "q,a,phrasings\nq,a,x|q\n", "phrasings", sheet.RepeatedPhrasing},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := only(t, tc.text)
			if len(got.problems) != 1 {
				t.Fatalf("problems %+v, want one", got.problems)
			}
			p := got.problems[0]
			if p.Code != tc.code || p.Row != 2 || p.Column != tc.column || p.Message == "" || p.Cure == "" {
				t.Errorf("problem %+v, want %s in row 2, column %q", p, tc.code, tc.column)
			}
			if sheet.Valid(got.problems) != tc.code.Warning() {
				t.Errorf("valid: %v", sheet.Valid(got.problems))
			}
		})
	}
}

func TestTextStaysAsItIs(t *testing.T) {
	for _, text := range []string{"e\u0301té", "ＡＢＣ　１２３", "👩\u200D👩\u200D👧", "می\u200Cخواهم", "貓\u00A0狗", `C:\temp\new`, "|", "'quoted'", "a\tb", "5'-3'"} {
		if got := only(t, "question,answer\nq,"+text+"\n"); got.row.Answer != text || len(got.problems) > 0 {
			t.Errorf("%q became %q with %+v", text, got.row.Answer, got.problems)
		}
	}
}

func TestLimitsAreInclusive(t *testing.T) {
	got := only(t, "q,a,category\n"+strings.Repeat("問", 500)+","+strings.Repeat("答", 8000)+","+strings.Repeat("c", 100)+"\n")
	if len(got.problems) > 0 {
		t.Errorf("%+v", got.problems)
	}
}

func TestPhrasings(t *testing.T) {
	for cell, want := range map[string][]string{
		"one":                {"one"},
		"one|two | three":    {"one", "two", "three"},
		"\"one\ntwo\r\n\r\n": {"one", "two"},
		`a\|b|c`:             {"a|b", "c"},
		`a\\|b`:              {`a\`, "b"},
		`a\\\|b`:             {`a\|b`},
		`C:\temp\|x`:         {`C:\temp|x`},
		`\\server`:           {`\\server`},
		"；；a；b":              {"；；a；b"},
		"||":                 nil,
	} {
		if strings.HasPrefix(cell, `"`) {
			cell += `"`
		}
		if got := only(t, "question,answer,phrasings\nq,a,"+cell+"\n").row.Phrasings; !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
	got := only(t, "相似問1,問題,相似问（2）,答案,Phrasing 3,,note\none,q,two|three,a,four,five,six\n").row.Phrasings
	if want := []string{"one", "two", "three", "four", "five"}; !slices.Equal(got, want) {
		t.Errorf("several columns: %q, want %q", got, want)
	}
}

func TestLanguages(t *testing.T) {
	for cell, want := range map[string]string{"": "", "EN": "en", "en_us": "en-US", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh_CN": "zh-Hans",
		"zh-hant": "zh-Hant", "zh-Hans-CN": "zh-Hans", "zh": "zh", "繁體中文": "zh-Hant", "Simplified Chinese": "zh-Hans", "ja": "ja"} {
		if got := only(t, "question,answer,language\nq,a,"+cell+"\n"); got.row.Language != want || len(got.problems) > 0 {
			t.Errorf("%q: %q %+v, want %q", cell, got.row.Language, got.problems, want)
		}
	}
}

func TestRejectedCanBeMendedAndUploaded(t *testing.T) {
	_, lines := mustRead(t, []byte("question,answer,phrasings\nq1,,p|=2\n=q2,#N/A,\n"), sheet.Options{})
	var file strings.Builder
	err := sheet.WriteRejected(&file, func(yield func(sheet.Rejected, error) bool) {
		for _, l := range lines {
			if !yield(sheet.Rejected{Row: l.row, Problems: l.problems}, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"row 2, answer: the answer is empty", "row 3, answer: the cell holds"} {
		if !strings.Contains(file.String(), want) {
			t.Errorf("%q lacks %q", file.String(), want)
		}
	}
	mended := strings.Replace(strings.Replace(file.String(), "q1,,", "q1,a1,", 1), "#N/A", "a2", 1)
	info, lines := mustRead(t, []byte(mended), sheet.Options{})
	if !slices.Contains(info.Ignored, "error") {
		t.Errorf("ignored %q", info.Ignored)
	}
	want := []sheet.Row{{Question: "q1", Answer: "a1", Phrasings: []string{"p", "=2"}}, {Question: "=q2", Answer: "a2"}}
	for i, l := range lines {
		if !equal(l.row, want[i]) || len(l.problems) > 0 {
			t.Errorf("%+v, want %+v", l, want[i])
		}
	}
}
