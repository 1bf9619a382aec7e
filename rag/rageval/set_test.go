package rageval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// files writes a labelled set of our own and says where it is.
func files(t *testing.T, faq, aliases, questions string) Files {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		if text == "" {
			return ""
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return Files{FAQ: write("faq.csv", faq), Aliases: write("aliases.csv", aliases), Questions: write("queries.jsonl", questions), Phrasings: AllPhrasings}
}

const (
	faqText       = "\ufeffid,question,answer,category\nhours,When do you open?,At nine.,shop\npark,\"Where, please, can I park?\",Behind the shop.,shop\n"
	aliasText     = "id,alias\nhours,opening time\npark,parking place\nhours,closing time\nhours,open on sunday\n"
	questionsText = `{"q": "opening times", "ids": ["hours"]}` + "\n\n" + `{"q": "do you sell cars", "ids": [], "tag": "far"}` + "\n"
)

func TestLoad(t *testing.T) {
	where := files(t, faqText, aliasText, questionsText)
	for phrasings, want := range map[int]string{
		AllPhrasings: "opening time|closing time|open on sunday", 0: "", 2: "opening time|closing time",
	} {
		where.Phrasings = phrasings
		set, err := Load(where)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(set.Entries[0].Phrasings, "|"); got != want {
			t.Errorf("with %d aliases an entry it has %q, want %q", phrasings, got, want)
		}
		if len(set.Entries) != 2 || set.Entries[1].Question != "Where, please, can I park?" || set.Entries[1].Category != "shop" {
			t.Errorf("loaded %+v", set.Entries)
		}
		if len(set.Questions) != 2 || set.Questions[0].Right[0] != set.Entries[0].ID || !set.Questions[1].OutOfScope() {
			t.Errorf("loaded %+v", set.Questions)
		}
	}
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ faq, aliases, questions, want string }{
		"column":         {"id,text\n1,x\n", "", questionsText, `faq.csv: no column "question"`},
		"twice":          {"id,question\na,x\na,y\n", "", questionsText, `faq.csv:3: id "a" stands twice`},
		"unknown alias":  {faqText, "id,alias\nnope,x\n", questionsText, `aliases.csv:2: no entry has the id "nope"`},
		"unknown right":  {faqText, "", `{"q":"x","ids":["nope"]}`, `queries.jsonl:1: no entry has the id "nope"`},
		"no ids":         {faqText, "", `{"q":"x"}`, `queries.jsonl:1: needs both`},
		"no JSON":        {faqText, "", "\nq", `queries.jsonl:2:`},
		"no questions":   {faqText, "", "\n", `queries.jsonl: no questions`},
		"ragged columns": {"id,question\na\n", "", questionsText, `faq.csv: record on line 2`},
	} {
		_, err := Load(files(t, c.faq, c.aliases, c.questions))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got the error %v, want one with %q", name, err, c.want)
		}
	}
}

func TestLoadAMerchantsOwnSheet(t *testing.T) {
	where := files(t,
		"question,answer,category,phrasings\nWhen do you open?,At nine.,shop,\"opening time\n\nclosing time\"\nCan I park?,Behind the shop.,shop,\n", "",
		`{"q": "opening hours", "questions": ["When do you open?", "Can I park?"]}`+"\n"+`{"q": "tell me a joke", "questions": []}`+"\n")
	for phrasings, want := range map[int]string{AllPhrasings: "opening time|closing time", 1: "opening time", 0: ""} {
		where.Phrasings = phrasings
		set, err := Load(where)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(set.Entries[0].Phrasings, "|"); got != want {
			t.Errorf("with %d phrasings an entry it has %q, want %q", phrasings, got, want)
		}
		if len(set.Questions) != 2 || len(set.Questions[0].Right) != 2 || set.Questions[0].Right[1] != set.Entries[1].ID || !set.Questions[1].OutOfScope() {
			t.Errorf("loaded %+v", set.Questions)
		}
	}
}
