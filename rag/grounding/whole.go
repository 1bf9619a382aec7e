package grounding

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Whole reports whether text leaves out no fact that source states, and denies
// no less.
func (r Rules) Whole(source, text string) bool {
	from, to := r.evidence(source, false), r.evidence(text, false)
	return borneBy(from, to) && denied(to) >= denied(from)
}

// SameFacts reports whether two texts, of any languages, state the same facts,
// of which there must be some.
func (r Rules) SameFacts(x, y string) bool {
	a, b := r.evidence(x, false), r.evidence(y, false)
	return len(a.facts) > 0 && borneBy(a, b) && borneBy(b, a) && (denied(a) > 0) == (denied(b) > 0)
}

// Translates reports whether text can leave as a translation of source. What it
// means in the whole cannot be judged between two languages, so the original must
// stand beside it; but every number with what it counts, date, time, link, address,
// code, promise and name is in both or in neither, both deny something or neither
// does, and it is plain text of a length that a translation has.
func (r Rules) Translates(source, text string) bool {
	secret := newSecrets(r.Secret)
	for line := range strings.SplitSeq(text, "\n") {
		clean, ok := plain(line)
		if !ok || clean != strings.Join(strings.Fields(line), " ") || markup(clean) {
			return false
		}
	}
	if secret.in(strings.ToLower(norm.NFKC.String(text))) || r.Refusal != "" && strings.Contains(strings.ToLower(text), strings.ToLower(r.Refusal)) {
		return false
	}
	from, to := r.evidence(source, false), r.evidence(text, false)
	if !borneBy(from, to) || !borneBy(to, from) || (denied(from) > 0) != (denied(to) > 0) {
		return false
	}
	for _, sentence := range strings.FieldsFunc(norm.NFKC.String(text), func(c rune) bool { return strings.ContainsRune(".!?。！？\n", c) }) {
		for _, name := range names(sentence) {
			if !from.stems[name] && !factNames[name] && !slices.ContainsFunc(places[name], func(p string) bool { return strings.Contains(from.letters, squeeze(fold(p, r.Fold))) }) {
				return false
			}
		}
	}
	for _, letter := range to.foreign {
		if !slices.Contains(from.foreign, letter) {
			return false
		}
	}
	return inProportion(source, text)
}

// factNames are the stems of words with a capital that are facts and judged as such:
// weekdays, months, currencies.
var factNames = map[string]bool{}

func init() {
	for w := range latinConcepts {
		factNames[stem(w)] = true
	}
	for w := range months {
		factNames[stem(w)] = true
	}
}

// places are names that are written in another way in Chinese, by their stem.
var places = func() map[string][]string {
	out := map[string][]string{}
	for name, written := range map[string]string{
		"taiwan": "台灣 臺灣", "taipei": "台北 臺北", "taichung": "台中 臺中", "tainan": "台南 臺南", "kaohsiung": "高雄", "penghu": "澎湖", "kinmen": "金門", "matsu": "馬祖",
		"china": "中國 大陸", "mainland": "大陸 本土", "chinese": "中文", "beijing": "北京", "shanghai": "上海", "guangzhou": "廣州", "shenzhen": "深圳", "hangzhou": "杭州",
		"hong": "香港", "kong": "香港", "macau": "澳門", "macao": "澳門", "japan": "日本", "tokyo": "東京", "korea": "韓國", "singapore": "新加坡", "malaysia": "馬來西亞",
		"america": "美國", "american": "美國", "states": "美國", "united": "美國 英國", "europe": "歐洲", "english": "英文", "family": "全家", "mart": "全家 超商", "alipay": "支付寶", "wechat": "微信",
	} {
		out[stem(name)] = append(out[stem(name)], strings.Fields(written)...)
	}
	return out
}()

// borneBy reports whether every fact of x is one of y's. Words that a number
// counts are not compared: they are in two languages.
func borneBy(x, y evidence) bool {
	for _, f := range x.facts {
		if f.kind == literal && weekday(f.value) {
			continue // it is a concept, too
		}
		f.word = ""
		if !slices.ContainsFunc(y.facts, func(g fact) bool {
			g.word = ""
			return bears(f, g, nil) || f.kind == quantity && g.kind == quantity && f.raw == g.raw && (f.unit == "" || g.unit == "")
		}) {
			return false
		}
	}
	return true
}

func weekday(value string) bool {
	for _, day := range weekdayNames {
		if day == value {
			return true
		}
	}
	return false
}

func denied(e evidence) int {
	n := 0
	for _, c := range e.clauses {
		if c.denies {
			n++
		}
	}
	return n
}

// inProportion reports lengths that a text and its translation have: Chinese
// needs between a sixth and all of the characters that English does. Short texts
// vary more.
func inProportion(source, text string) bool {
	long, short := utf8.RuneCountInString(source), utf8.RuneCountInString(text)
	if long < short {
		long, short = short, long
	}
	return long <= 7*short+20
}
