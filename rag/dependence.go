package rag

import (
	"slices"
	"strings"
	"unicode"
)

// dependence says how much a question leans on what was said before it, as far
// as its words show.
type dependence int

const (
	standalone dependence = iota
	short                 // few words, nothing that points back
	leaning               // points back ("and", "it", 那, 呢) and names something of its own
	bare                  // names nothing of its own: "how much is it?", 多少錢？
)

// Longer questions than these say what they are about. English is counted in
// words; Chinese in characters, a Latin word among them as two.
const (
	longestLeaning, longestShort                     = 9, 4
	longestLeaningCharacters, longestShortCharacters = 12, 8
)

// What a follow-up begins with, and what points back anywhere in it.
var (
	backwardOpeners = []string{"and ", "what about ", "how about ", "also ", "or ", "what if ", "even ", "if ", "then ", "but ", "okay ", "ok "}
	backwardWords   = wordSet("it its that this those these they them one ones then too he she him her instead afterwards")
	askingWords     = wordSet("what when where which who whom whose why how is are was do does did can could will would should may")
	backwardStarts  = []string{"那", "如果", "也"}
	backwardParts   = []string{"也可以", "它"}
)

// Words and characters that name no topic: they ask for a relation (how much,
// how long, when, where) or carry grammar. Chinese in both scripts.
var (
	topicless = wordSet(`a an the i me my we us our you your and or but if so to of in on at by for from with into as than also even okay ok well please
		is are was were be been being am do does did have has had can could will would shall should may might must get got need want like know tell
		what when where which who whom whose why how much many long often soon late about cost costs price fee free charge amount minimum
		days day times time take takes work works until after before over some any there there's what's it's i'm not no
		it its that this those these they them one ones then too he she him her instead afterwards`)
	topiclessCharacters = runeSet("那呢嗎吗的了要會会可以怎麼么樣样多少錢钱久幾几天是有什啊吧請请問问它這这個个就也還还時时候哪裡里在到能得不沒没免費费給给你們们我如果收用做弄")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

func runeSet(characters string) map[rune]bool {
	set := map[rune]bool{}
	for _, r := range characters {
		set[r] = true
	}
	return set
}

// dependenceOf reads a question's form. It is cheap, and asked of every
// question of a conversation.
func dependenceOf(question string) dependence {
	if len(question) > 160 {
		return standalone
	}
	s := strings.ToLower(strings.TrimRight(question, " ?？!！.。"))
	words := latinWords(s)
	han, own := 0, 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			han++
			if !topiclessCharacters[r] {
				own++
			}
		}
	}
	if han > 0 {
		return chineseDependence(s, han+2*len(words), own+len(words))
	}
	back := slices.ContainsFunc(backwardOpeners, func(o string) bool { return strings.HasPrefix(s, o) })
	opened := back
	for _, w := range words {
		if !topicless[w] {
			own++
		}
		back = back || backwardWords[w]
	}
	switch n := len(words); {
	case n == 0, n > longestLeaning, !opened && own > 2:
		return standalone
	case !opened && n > 3 && !askingWords[words[0]] && !strings.ContainsAny(question, "?？"):
		return standalone // a remark: "thanks, that was helpful"
	case own == 0:
		return bare
	case back:
		return leaning
	case n <= longestShort:
		return short
	}
	return standalone
}

func chineseDependence(s string, length, own int) dependence {
	starts := func(with string) bool { return strings.HasPrefix(s, with) }
	has := func(part string) bool { return strings.Contains(s, part) }
	switch {
	case length > longestLeaningCharacters:
		return standalone
	case own == 0:
		return bare
	case strings.HasSuffix(s, "呢"), slices.ContainsFunc(backwardStarts, starts), slices.ContainsFunc(backwardParts, has):
		return leaning
	case length <= longestShortCharacters:
		return short
	}
	return standalone
}

// namesOnly reports a follow-up that names a thing and does not say what is asked
// of it: "and the tote?", 那背包呢.
func namesOnly(question string) bool {
	s := strings.ToLower(strings.TrimRight(question, " ?？!！.。"))
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return strings.HasSuffix(s, "呢")
	}
	for _, about := range []string{"what about ", "how about "} {
		s = strings.TrimPrefix(s, about)
	}
	return !slices.ContainsFunc(latinWords(s), func(w string) bool { return askingWords[w] })
}

// latinWords are the runs of letters and digits that are not Han, apostrophes
// kept.
func latinWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return unicode.Is(unicode.Han, r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
}

// stem is how many letters of a long word two forms of it share.
const stem = 5

// ownWords are what a folded question names itself: words without their
// endings, and pairs of Chinese characters (a lone one alone).
func ownWords(folded string) []string {
	var out []string
	for _, w := range latinWords(folded) {
		letters := []rune(w)
		switch {
		case topicless[w]:
			continue
		case len(letters) > stem:
			w = string(letters[:stem])
		case len(letters) > 3 && letters[len(letters)-1] == 's':
			w = string(letters[:len(letters)-1])
		}
		out = append(out, w)
	}
	for run := range strings.FieldsFuncSeq(folded, func(r rune) bool { return !unicode.Is(unicode.Han, r) || topiclessCharacters[r] }) {
		characters := []rune(run)
		if len(characters) == 1 {
			out = append(out, run)
		}
		for i := 1; i < len(characters); i++ {
			out = append(out, string(characters[i-1:i+1]))
		}
	}
	return out
}

// What a question without a topic may ask for, and what a text that answers it
// has. Folded.
var relations = []struct{ asked, answered []string }{
	{[]string{"how long", "how many days", "when", "多久", "几天", "什么时候"}, []string{"day", "hour", "minute", "week", "month", "天", "小时", "周", "分钟", "日"}},
	{[]string{"how much", "cost", "price", "fee", "free", "多少", "钱", "免费"}, []string{"$", "€", "£", "¥", "free", "元", "免费", "%"}},
}

// supports is the share of what a folded question names, or of the relation
// that it asks for, that a folded text has; ok is false if it asks for neither.
func supports(folded, text string) (share float64, ok bool) {
	if own := ownWords(folded); len(own) > 0 {
		found := 0
		for _, w := range own {
			if strings.Contains(text, w) {
				found++
			}
		}
		return float64(found) / float64(len(own)), true
	}
	in := func(s string) func(string) bool { return func(part string) bool { return strings.Contains(s, part) } }
	for _, r := range relations {
		if slices.ContainsFunc(r.asked, in(folded)) {
			if slices.ContainsFunc(r.answered, in(text)) {
				return 1, true
			}
			return 0, true
		}
	}
	return 0, false
}
