package sheet_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"storebot/rag/sheet"
)

func TestDelimitersAndQuotes(t *testing.T) {
	for name, text := range map[string]string{
		"comma":            "question,answer\n\"a, \"\"b\"\"; c\",\"d\ne\"\n",
		"semicolon":        "question;answer\n\"a, \"\"b\"\"; c\";\"d\ne\"\n",
		"tab":              "question\tanswer\n\"a, \"\"b\"\"; c\"\t\"d\ne\"\n",
		"crlf":             "question,answer\r\n\"a, \"\"b\"\"; c\",\"d\r\ne\"\r\n",
		"cr":               "question,answer\r\"a, \"\"b\"\"; c\",\"d\re\"\r",
		"no last line end": "question,answer\n\"a, \"\"b\"\"; c\",\"d\ne\"",
		"hint":             "sep=;\r\nquestion;answer\r\n\"a, \"\"b\"\"; c\";\"d\ne\"\r\n",
		"open quotes":      "question\tanswer\na, \"b\"; c\t\"d\"\ne\t\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, lines := mustRead(t, []byte(text), sheet.Options{})
			got := lines[0].row
			if name == "open quotes" {
				got.Answer += "\n" + lines[1].row.Question
			}
			if got.Question != `a, "b"; c` || got.Answer != "d\ne" || got.Number != 2 {
				t.Errorf("%+v", got)
			}
		})
	}
	_, lines := mustRead(t, []byte("question,answer\nx;y,z\n"), sheet.Options{Delimiter: ',', Columns: &sheet.Columns{Question: 2, Answer: 1, HasHeader: true}})
	if got := lines[0].row; got.Question != "z" || got.Answer != "x;y" {
		t.Errorf("chosen columns: %+v", got)
	}
}

// Numbers are those that a spreadsheet shows: empty rows count, line breaks in
// quotes do not.
func TestRowNumbers(t *testing.T) {
	_, lines := mustRead(t, []byte("our questions,\n\nquestion,answer\n\"a\n\nb\",c\n\n,\nd,e\n"), sheet.Options{})
	if len(lines) != 2 || lines[0].row.Number != 4 || lines[1].row.Number != 7 {
		t.Errorf("%+v", lines)
	}
}

func TestHeaders(t *testing.T) {
	for _, head := range []string{"question,answer,category", "\uFEFF QUESTION , Answer:,Category", "問題,答案,分類", "问题,答案,分类",
		"Ｑｕｅｓｔｉｏｎ,ａｎｓｗｅｒ,ＣＡＴＥＧＯＲＹ", "\"Customer\nquestion\",Reply,topic"} {
		got := only(t, head+"\nq,a,c\n").row
		if got.Question != "q" || got.Answer != "a" || got.Category != "c" {
			t.Errorf("%q: %+v", head, got)
		}
	}
	info, _ := mustRead(t, []byte("id,question,answer,price,error,\n1,q,a,5,bad,\n"), sheet.Options{})
	if want := []string{"id", "price", "error"}; !slices.Equal(info.Ignored, want) {
		t.Errorf("ignored %q, want %q", info.Ignored, want)
	}
}

func TestMissingHeaderIsAskedAbout(t *testing.T) {
	text := "\nHow do I pay?;By card.\nWhere are you?;In Taipei.\n"
	_, _, err := readAll([]byte(text), sheet.Options{})
	var header *sheet.HeaderError
	if !errors.As(err, &header) {
		t.Fatalf("error %v", err)
	}
	if !slices.Equal(header.Missing, []string{"question", "answer"}) || header.Found[0] != "How do I pay?" ||
		len(header.Preview) != 2 || header.Info.Delimiter != ';' || !strings.Contains(err.Error(), "say which column") {
		t.Errorf("%+v", header)
	}
	_, lines := mustRead(t, []byte(text), sheet.Options{Columns: &sheet.Columns{Question: 1, Answer: 2}})
	if len(lines) != 2 || lines[0].row.Number != 2 || lines[1].row.Answer != "In Taipei." {
		t.Errorf("with columns: %+v", lines)
	}
	_, _, err = readAll([]byte("question,reply by,answers\nq,a,b\n"), sheet.Options{})
	if err != nil {
		t.Errorf("an unknown column in between: %v", err)
	}
	_, _, err = readAll([]byte("question,answer,回答\nq,a,b\n"), sheet.Options{})
	if !errors.As(err, &header) || header.Twice != "answer" {
		t.Errorf("two answers: %v", err)
	}
	_, _, err = readAll([]byte("question,text\nq,a\n"), sheet.Options{})
	if !errors.As(err, &header) || !slices.Equal(header.Missing, []string{"answer"}) {
		t.Errorf("no answer: %v", err)
	}
}

func TestUnreadableFiles(t *testing.T) {
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 70000)
	for _, tc := range []struct {
		name, data string
		opts       sheet.Options
		want       sheet.Reason
	}{
		{"nothing", "", sheet.Options{}, sheet.Empty},
		{"white space", " \n\n,,\n", sheet.Options{}, sheet.Empty},
		{"only a mark", "\uFEFF", sheet.Options{}, sheet.Empty},
		{"old excel", ole, sheet.Options{}, sheet.OldExcel},
		{"encrypted", ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", sheet.Options{}, sheet.Encrypted},
		{"pdf", "%PDF-1.7\n", sheet.Options{}, sheet.NotASheet},
		{"picture", "\x89PNG\r\n\x1A\n", sheet.Options{}, sheet.NotASheet},
		{"web page", "\uFEFF\n<HTML><table>", sheet.Options{}, sheet.NotASheet},
		{"noise", strings.Repeat("\x00\x00\x01\x00\x80", 100), sheet.Options{}, sheet.NotASheet},
		{"broken zip", "PK\x03\x04rest", sheet.Options{}, sheet.Broken},
		{"unclosed quote", "question,answer\n\nq,\"a\nmore\n", sheet.Options{}, sheet.UnclosedQuote},
		{"endless quote", "question,answer\nq,\"" + strings.Repeat("a\n", 3<<20), sheet.Options{}, sheet.UnclosedQuote},
		{"endless row", "question,answer\nq," + strings.Repeat("a", 5<<20), sheet.Options{}, sheet.TooLarge},
		{"endless cells", "question,answer\nq" + strings.Repeat(",", 20000), sheet.Options{}, sheet.Broken},
		{"unknown encoding", "question,answer\n", sheet.Options{Encoding: "ebcdic"}, sheet.BadOption},
		{"unknown delimiter", "question,answer\n", sheet.Options{Delimiter: 'x'}, sheet.BadOption},
		{"sheet of a csv", "question,answer\n", sheet.Options{Sheet: "x"}, sheet.NoSuchSheet},
		{"columns without an answer", "q,a\n", sheet.Options{Columns: &sheet.Columns{Question: 1}}, sheet.BadOption},
		{"a column twice", "q,a\n", sheet.Options{Columns: &sheet.Columns{Question: 1, Answer: 1}}, sheet.BadOption},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, _, err := readAll([]byte(tc.data), tc.opts)
			if got := fileReason(t, err); got != tc.want {
				t.Errorf("%s, want %s: %v", got, tc.want, err)
			}
		})
	}
	_, _, err := readAll([]byte("question,answer\n\nq,\"a\nmore\n"), sheet.Options{})
	if err == nil || !strings.Contains(err.Error(), "row 3 (line 3") {
		t.Errorf("says not where: %v", err)
	}
}

// A header alone is a sheet without entries, not an error.
func TestHeaderOnly(t *testing.T) {
	_, lines := mustRead(t, []byte("question,answer\r\n"), sheet.Options{})
	if len(lines) != 0 {
		t.Errorf("%+v", lines)
	}
}
