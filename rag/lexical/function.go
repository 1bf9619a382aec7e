package lexical

import "strings"

// functionWords carry grammar or courtesy, not a topic. Question words stay
// out: "how long", "how much" and "where" tell entries apart.
var functionWords = set(strings.Fields(`
a an the this that these those it its i me my mine we us our you your yours he she they them their his her
am is are was were be been being do does did done have has had having will would shall should may might must can could
to of in on at by for from with into about as and or but if so than then there here
please kindly pls plz thanks thank hi hello hey dear sir madam ok okay just also too very really
want need like know tell help get got let im ive
`))

// functionChars are the same for Chinese, character by character, folded.
var functionChars = charSet(`的了吗呢啊吧呀哦嗯么是我你您他她它们这那个就也都还请问一下和与及把被给在有要想能会可以得地着过之其`)

// contractions are spelled out, so that "can't", "cant" and "can not" meet.
// The key is without its apostrophe; only unambiguous ones stand here (not
// "well", "ill", "id").
var contractions = map[string][]string{
	"im": {"i", "am"}, "ive": {"i", "have"}, "youre": {"you", "are"}, "youve": {"you", "have"}, "theyre": {"they", "are"},
	"dont": {"do", "not"}, "doesnt": {"does", "not"}, "didnt": {"did", "not"}, "isnt": {"is", "not"}, "arent": {"are", "not"},
	"wasnt": {"was", "not"}, "werent": {"were", "not"}, "havent": {"have", "not"}, "hasnt": {"has", "not"}, "hadnt": {"had", "not"},
	"cant": {"can", "not"}, "cannot": {"can", "not"}, "couldnt": {"could", "not"}, "wont": {"will", "not"}, "wouldnt": {"would", "not"},
	"shouldnt": {"should", "not"}, "aint": {"is", "not"}, "whats": {"what"}, "wheres": {"where"}, "hows": {"how"}, "whens": {"when"},
	"whos": {"who"}, "thats": {"that"}, "theres": {"there"}, "lets": {"let"}, "gonna": {"will"}, "wanna": {"want"}, "gotta": {"must"},
}

// endings are what may follow an apostrophe, and the words they stand for.
var endings = map[string][]string{"s": nil, "m": {"am"}, "re": {"are"}, "ve": {"have"}, "ll": {"will"}, "d": {"would"}}

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

func charSet(chars string) map[rune]bool {
	m := map[rune]bool{}
	for _, r := range chars {
		m[r] = true
	}
	return m
}
