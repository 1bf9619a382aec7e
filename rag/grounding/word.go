package grounding

import (
	"strings"
	"unicode"
)

// content is what a text says, without its function words: Latin stems, Han
// characters, and pairs of these.
type content map[string]bool

func contentOf(in []token) content {
	out := content{}
	previous := ""
	for i := 0; i < len(in); i++ {
		t := in[i]
		switch t.kind {
		case num:
			if _, n := unitAt(in, i+1); n > 0 {
				i += n // what is counted is part of the fact
			}
			previous = ""
		case word:
			if s := stem(t.text); len(s) >= 3 && !filler[t.text] && !filler[s] {
				out[s] = true
			}
			previous = ""
		case han:
			if strings.Contains(functionHan, t.text) {
				previous = ""
				continue
			}
			out[t.text] = true
			if previous != "" {
				out[previous+t.text] = true
			}
			previous = t.text
		default:
			previous = ""
		}
	}
	return out
}

// stem cuts the commonest endings and all but the first six letters.
func stem(w string) string {
	w = strings.TrimSuffix(w, "'s")
	for _, ending := range []string{"ing", "able", "ed", "es", "s", "ly"} {
		if base, ok := strings.CutSuffix(w, ending); ok && len(base) >= 3 {
			w = base
			break
		}
	}
	if n := len(w); n >= 4 && w[n-1] == w[n-2] && w[n-1] != 's' {
		w = w[:n-1] // shipped, ship
	}
	if n := len(w); n >= 4 && (w[n-1] == 'e' || w[n-1] == 'y') {
		w = w[:n-1]
	}
	if rs := []rune(w); len(rs) > 6 {
		w = string(rs[:6])
	}
	return w
}

// share returns how much of said stands in any of the sets, Latin stems and Han
// characters with their pairs weighing the same.
func (said content) share(in ...content) float64 {
	found, all := 0.0, 0.0
	for w := range said {
		weight := 1.0
		if first := []rune(w)[0]; unicode.Is(unicode.Han, first) {
			weight = 0.5
		}
		all += weight
		for _, c := range in {
			if c[w] {
				found += weight
				break
			}
		}
	}
	if all == 0 {
		return 0
	}
	return found / all
}

const functionHan = "不無无沒没未勿恕法的了是在您我你妳們们就也都和與与及或會会將将可以請请嗎吗呢喔哦吧啊唷之於于為为有把被給给讓让這这那其該该此個个到從从由所而且若如果則则便再又還还只要想能需須须當当時时對对等即本上下中內内間间天日"

// filler says nothing that could be wrong on its own.
var filler = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`the and you your for are our can with this that will have from yes please they its which also
		has had was were been being who whom whose what when where then than them their there here his her him she
		would could should may might must shall does did doing done but not all any each every some such into onto upon about
		just only very too more most much many other another same own out off over under again further once per via
		we'll you'll it's that's they're you're i'm let's get gets got make makes made take takes took use need want sure okay
		simply usually normally generally however therefore while within until after before during between because since
		a an of to in on at by is be it we us as or if so do no up am i he me my`) {
		set[w] = true
	}
	return set
}()

// foreign returns the letters and digits of scripts that the product does not
// write; they may only be quoted.
func foreign(text string) []rune {
	var out []rune
	for _, r := range text {
		switch {
		case r < 0x250, unicode.Is(unicode.Han, r), r == '〇', unicode.Is(unicode.Bopomofo, r):
		case unicode.IsLetter(r), unicode.IsNumber(r):
			out = append(out, r)
		}
	}
	return out
}

// names returns the stems of words that look like names: in Latin text those
// with a capital that do not begin the sentence, in Chinese text all Latin words.
func names(text string) []string {
	var out []string
	rs := []rune(text)
	hans := 0
	for _, r := range rs {
		if unicode.Is(unicode.Han, r) {
			hans++
		}
	}
	begin := true
	for i := 0; i < len(rs); {
		if !latin(rs[i]) {
			if strings.ContainsRune(":：\"“‘「『(（", rs[i]) {
				begin = true
			}
			i++
			continue
		}
		end := run(rs, i, func(r rune) bool { return latin(r) || r == '\'' || r == '’' })
		whole := run(rs, i, solid)
		if solid := strings.TrimRight(string(rs[i:whole]), ".,:;!?~-"); strings.ContainsAny(solid, "0123456789@") || strings.Contains(solid, "//") || dotted(solid) {
			i, begin = whole, false // a code or an address: judged as such
			continue
		}
		w := string(rs[i:end])
		lower := strings.ReplaceAll(strings.ToLower(w), "’", "'")
		if (hans >= 2 || !begin && lower != w) && len(w) > 1 && !strings.HasPrefix(lower, "i'") && !plainWords[lower] {
			out = append(out, stem(lower))
		}
		begin = false
		i = end
	}
	return out
}

// plainWords are no names though they stand in Chinese text or in capitals, or
// are facts and judged as such.
var plainWords = func() map[string]bool {
	set := map[string]bool{"no": true, "off": true, "email": true, "e": true, "mail": true, "ok": true, "faq": true, "am": true, "pm": true}
	for w := range units {
		set[w] = true
	}
	for w := range months {
		set[w] = true
	}
	for w := range currencyName {
		set[w] = true
	}
	for w := range latinConcepts {
		set[w] = true
	}
	return set
}()

// quoted returns what stands in quotation marks: it claims to be verbatim.
func quoted(folded string) []string {
	var out []string
	for _, pair := range []string{"「」", "『』", "《》", "“”", `""`, "【】"} {
		marks := []rune(pair)
		rest := folded
		for {
			_, after, open := strings.Cut(rest, string(marks[0]))
			inside, tail, closed := strings.Cut(after, string(marks[1]))
			if !open || !closed {
				break
			}
			out = append(out, squeeze(inside))
			rest = tail
		}
	}
	return out
}

// squeeze keeps letters and digits alone.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
