package grounding

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

type factKind uint8

const (
	quantity factKind = iota // a number with what it counts
	span                     // from one number to another
	date                     // month and day
	clock                    // minutes after midnight
	literal                  // a code, link, address, telephone number or weekday, to the letter
	concept                  // a word with the weight of a fact: free, tomorrow
)

// A fact is something in a text that can be checked to the letter.
type fact struct {
	kind  factKind
	value string // in one notation and in the unit's base measure
	raw   string // quantity: the number as it was written
	unit  string // quantity: the measure; "" when the number has none
	per   int    // quantity: the measure's factor, see unit
	word  string // quantity without a unit: the word that follows
	year  string // date: "" when it has none
	bound bound
	// A promise must stand in the merchant's words: a shopper cannot make one by asking for it.
	promise bool
}

// A bound says on which side of a number the matter lies.
type bound uint8

const (
	above bound = 1 << iota
	below
	before
	after
)

// fold brings text to the form that facts are read from.
func fold(text string, script func(string) string) string {
	t := strings.ToLower(norm.NFKC.String(unjoined(text)))
	if script != nil {
		t = script(t)
	}
	return t
}

// collect returns the facts in a text's tokens, of which numerals has been taken.
func collect(in []token) []fact {
	var out []fact
	for i := 0; i < len(in); {
		n := 0
		switch in[i].kind {
		case link, mail:
			out = append(out, fact{kind: literal, value: in[i].text, promise: true})
			if host, _, cut := strings.Cut(in[i].text, "/"); cut && in[i].kind == link {
				out = append(out, fact{kind: literal, value: host, promise: true})
			}
		case code, term:
			out = append(out, fact{kind: literal, value: in[i].text})
		case word:
			n, out = monthFirst(in, i, out)
		case num, mark:
			n, out = numeric(in, i, out)
		}
		i += max(n, 1)
	}
	for _, f := range out {
		if f.unit == "off" {
			out = append(out, fact{kind: concept, value: "discount", promise: true})
			break
		}
	}
	return append(out, concepts(in)...)
}

// numeric reads what begins with a number, or with the sign of a telephone number.
func numeric(in []token, i int, out []fact) (int, []fact) {
	if n, digits := telephone(in, i); n > 0 {
		return n, append(out, fact{kind: literal, value: digits, promise: true})
	}
	if in[i].kind != num {
		return 0, out
	}
	if n, more := calendar(in, i); n > 0 {
		return n, append(out, more...)
	}
	if n, more := timeOfDay(in, i); n > 0 {
		return n, append(out, more...)
	}
	return amount(in, i, out)
}

// bears reports whether the source's fact e supports the claim c.
func bears(c, e fact, words map[string]bool) bool {
	if c.kind != e.kind {
		return false
	}
	switch c.kind {
	case quantity:
		// From what sum on something holds must be said by the source.
		threshold := c.bound&above != 0 && moneyUnit(c.unit)
		return bearsAmount(c, e, words) && !opposed(c.bound, e.bound) && (!threshold || e.bound&above != 0)
	case date:
		return c.value == e.value && (c.year == "" || c.year == e.year) && !opposed(c.bound, e.bound)
	case clock:
		return c.value == e.value && !opposed(c.bound, e.bound)
	case span:
		return c.value == e.value && (c.unit == e.unit || e.unit == "" || c.unit == "" || slices.Contains(moneyIn[c.unit], e.unit))
	}
	return c.value == e.value
}

func bearsAmount(c, e fact, words map[string]bool) bool {
	switch {
	case c.unit != "" && e.unit != "":
		return c.value == e.value && (c.unit == e.unit || slices.Contains(moneyIn[c.unit], e.unit))
	case c.raw != e.raw:
		return false
	case c.unit == "" && e.unit == "":
		return c.word == "" || e.word == "" || c.word == e.word || words[c.word]
	case e.unit == "": // the source leaves the unit out, or counts something of its own
		return e.word == "" && c.unit != "off"
	}
	// The claim leaves the unit out: what follows must be the source's word.
	return c.word == "" || words[c.word]
}

// opposed reports bounds that lie on different sides.
func opposed(c, e bound) bool {
	for _, axis := range []bound{above | below, before | after} {
		if c&axis != 0 && e&axis != 0 && c&e&axis == 0 {
			return true
		}
	}
	return false
}
