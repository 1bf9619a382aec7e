package grounding

import "strings"

// evidence is what a text bears.
type evidence struct {
	facts   []fact
	stated  []statement
	words   content
	topic   content // of the line that is a question
	stems   content // every word, function words too
	letters string  // squeezed, for quotations
	foreign []rune
	clauses []clause
}

// A statement is a sentence or clause with what it says.
type statement struct {
	facts []fact
	said  content
}

// statements cuts tokens at the given marks.
func statements(in []token, marks string) []statement {
	var out []statement
	start := 0
	for i := 0; i <= len(in); i++ {
		if i < len(in) && !(in[i].kind == mark && strings.Contains(marks, in[i].text)) {
			continue
		}
		if part := in[start:i]; len(part) > 0 {
			out = append(out, statement{collect(part), contentOf(part)})
		}
		start = i + 1
	}
	return out
}

func (r Rules) evidence(text string, asked bool) evidence {
	t := fold(text, r.Fold)
	in := numerals(tokenize(t))
	answer, topic := in, content{}
	if first, rest, more := strings.Cut(t, "\n"); more && !asked && asks(first) {
		answer, topic = numerals(tokenize(rest)), contentOf(numerals(tokenize(first)))
	}
	e := evidence{facts: collect(answer), words: contentOf(in), topic: topic, stems: content{}, letters: squeeze(t), foreign: foreign(t)}
	if !asked {
		e.stated, e.clauses = statements(answer, ".!?。;"), clauses(answer)
	}
	for _, k := range in {
		if k.kind == word || k.kind == code {
			e.stems[stem(k.text)] = true
		}
	}
	return e
}

// asks reports a line that is a question.
func asks(line string) bool {
	line = strings.TrimSpace(line)
	for _, end := range []string{"?", "嗎", "吗", "呢"} {
		if strings.HasSuffix(line, end) {
			return true
		}
	}
	return false
}
