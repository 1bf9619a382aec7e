package grounding

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"storebot/rag/lexical"
)

// A said is a sentence about an entry, and whether the entry says it.
type said struct {
	source, question, text string
	true                   bool
}

// readSaid reads testdata: "question || answer", "> what was asked", then
// sentences that the entry bears (+) and does not bear (-), and those that it
// does not bear though the lock cannot see it (~).
func readSaid(t testing.TB, file string) []said {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []said
	var now said
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		switch line[0] {
		case '>':
			now.question = line[2:]
		case '+', '-':
			now.text, now.true = line[2:], line[0] == '+'
			out = append(out, now)
		case '~':
			// An opposite in other words: the package comment speaks of it.
		default:
			now.source = strings.Replace(line, " || ", "\n", 1)
		}
	}
	return out
}

// Sentences that say what an entry says, in other words, must mostly pass: the
// lock is worthless if it lets nothing through. Of those that say something else each must
// be dropped: each of them is a fault that a merchant would have to answer for.
func TestParaphrasesPassAndInventionsDoNot(t *testing.T) {
	rules := Rules{Fold: lexical.Fold}
	passed, faithful, caught, invented := 0, 0, 0, 0
	for _, file := range []string{"en", "zh-Hant", "zh-Hans", "mixed"} {
		for _, s := range readSaid(t, "testdata/"+file+".txt") {
			l := rules.Lock([]string{s.source}, s.question)
			out := append(l.Write(s.text+" [1]"), l.Close()...)
			switch {
			case s.true && len(out) == 1:
				passed++
			case s.true:
				t.Logf("dropped, though true: %s", s.text)
			case len(out) == 0:
				caught++
			default:
				t.Errorf("passed, though the entry does not say it: %s", s.text)
			}
			if s.true {
				faithful++
			} else {
				invented++
			}
		}
	}
	t.Logf("%d of %d faithful sentences passed, %d of %d inventions were dropped", passed, faithful, caught, invented)
	if share := float64(passed) / float64(faithful); share < 0.95 || faithful < 150 {
		t.Errorf("%.3f of %d faithful sentences passed, want 0.95 of 150 or more", share, faithful)
	}
}
