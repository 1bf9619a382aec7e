package rag

import "unicode"

// simplifiedOnly are frequent characters that traditional text does not use. A
// fold table cannot tell them: it says what becomes of a traditional character,
// and many of its results are traditional too.
var simplifiedOnly = func() map[rune]bool {
	set := map[rune]bool{}
	for _, r := range "这们来国对时会说还过发问题货单订购费运换价钱买卖账号码网络电话为样个员优满减险证银联绑额贷转录级" +
		"实现开关闭选择让给请输验错误长务质损维护厂产试颜标签递达规条处虑确认图传连线显门东车马鱼鸟龙见觉观视听读写" +
		"学习书画医疗师专业营销赠绿" {
		set[r] = true
	}
	return set
}()

// detectRunes bounds how much of a text is looked at.
const detectRunes = 400

// LanguageOf tells the language of a text by its script: en for Latin letters,
// zh-Hant or zh-Hans for Chinese by the characters that only one of the two
// scripts has, "" for anything else and for Chinese without such a character.
// fold brings traditional characters to simplified ones (lexical.Fold).
func LanguageOf(text string, fold func(string) string) string {
	var latin, han, other, traditional, simplified, seen int
	for _, r := range text {
		if seen++; seen > detectRunes {
			break
		}
		switch {
		case r <= unicode.MaxASCII:
			if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
				latin++
			}
		case unicode.Is(unicode.Han, r):
			han++
			if simplifiedOnly[r] {
				simplified++
			} else if s := string(r); fold(s) != s {
				traditional++
			}
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
	}
	switch {
	case other > han && other > latin, han+latin == 0, other > 0 && han > 0 && other*4 > han:
		return "" // Japanese mixes Han with kana
	case han*4 < latin:
		return "en"
	case traditional > simplified:
		return "zh-Hant"
	case simplified > traditional:
		return "zh-Hans"
	}
	return ""
}
