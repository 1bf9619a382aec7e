package grounding

import (
	"slices"
	"strings"
)

// An axis is a pair of words that deny each other: what is closed is not open. A
// clause that says the one is read as one that denies the other, so that an
// opposite in other words is seen as a denial is.
type axis struct{ name, yes, no string }

// axes are the pairs that shops speak of. English forms are stems (see stem) with
// blanks between words; Chinese ones are in both scripts. A longer form goes before a shorter
// one that it begins with.
var axes = []axis{
	{"open", "open|in business|營業|营业|開門|开门|開放|开放|照常上班|無休|无休|不打烊",
		"close|shut|公休|店休|休館|休馆|休市|休息|打烊|關門|关门|歇業|歇业|停業|停业|放假"},
	{"stock", "in stock|available|有貨|有货|現貨|现货|有庫存|有库存|有現貨|供應|供应",
		"out of stock|sold out|unavailable|缺貨|缺货|售完|售罄|沒貨|没货|無貨|无货|斷貨|断货|完售|賣完|卖完|停產|停产"},
	{"allow", "allow|permit|accept|welcome|接受|允許|允许|受理|歡迎|欢迎",
		"forbid|forbidden|prohibit|banned|refuse|reject|decline|禁止|謝絕|谢绝|拒絕|拒绝|拒收|恕不"},
	{"return", "return|退貨|退货|退換貨|退换货", "final sale|nonreturnable|all sales final|概不退換|概不退换|售出不退"},
	{"include", "include|including|contain|comprise|包含|包括|內含|内含|附贈|附赠", "exclude|excluding|不包含|不包括|不含|未含|不附|除外"},
	{"require", "require|mandatory|compulsory|obligatory|必填|必須|必须|必需|務必|务必|強制|强制",
		"optional|voluntary|選填|选填|非必填|自由選擇|自由选择|不必|無需|无需|不需|毋需"},
	{"valid", "valid|in force|有效|可用|適用|适用", "invalid|expire|void|失效|過期|过期|作廢|作废|無效|无效|不適用|不适用"},
	{"possible", "possible", "impossible"},
	{"secure", "safe|secure|安全", "unsafe|danger|危險|危险"},
}

type form struct {
	words []string // tokens as they stand, English ones stemmed
	axis  string
	no    bool
}

var forms = func() []form {
	var out []form
	for _, a := range axes {
		for i, list := range []string{a.yes, a.no} {
			for text := range strings.SplitSeq(list, "|") {
				words := strings.Fields(text)
				if text[0] >= 0x80 {
					words = each(text)
				}
				for k, w := range words {
					if w[0] < 0x80 {
						words[k] = stem(w)
					}
				}
				out = append(out, form{words, a.name, i == 1})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y form) int { return len(y.words) - len(x.words) })
	return out
}()

// formAt returns the form that stands at i.
func formAt(in []token, i int) (form, bool) {
	for _, f := range forms {
		hit := true
		for k, w := range f.words {
			t := at(in, i+k)
			if t.kind == word && stem(t.text) != w || t.kind == han && t.text != w || t.kind != word && t.kind != han {
				hit = false
				break
			}
		}
		if hit {
			return f, true
		}
	}
	return form{}, false
}

// opposites brings a clause's tokens to the positive word of each axis and tells how
// often a negative one stood there.
func opposites(in []token) (out []token, negative int) {
	for i := 0; i < len(in); {
		f, ok := formAt(in, i)
		if !ok {
			out = append(out, in[i])
			i++
			continue
		}
		if f.no {
			negative++
		}
		out = append(out, token{kind: word, text: f.axis})
		i += len(f.words)
	}
	return out, negative
}
