package product

import (
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"

	"storebot/rag/lexical"
)

// An Intent is what of a product is asked, a set of bits.
type Intent uint8

// The intents. None of them is what a name alone asks: what there is to say.
const (
	AskPrice Intent = 1 << iota
	AskStock
	AskLink
	AskHave // whether the shop sells it at all
	AskMore // what it is like
	// AskAmount is "how much" without saying of what: an attribute that is named,
	// else the price.
	AskAmount
)

// Phrases of a shopper's question, folded by parse: what they ask, or nothing
// (0) for those that carry grammar, courtesy, or point at what is spoken of.
var intentPhrases = map[Intent]string{
	AskPrice: `how much, how much is, how much are, how much does, how much do, how much for, price, prices, pricing, cost, costs, what price, price tag, how expensive, what does cost, going for, charge for, how many dollars, how pricey, sell for
		多少钱, 多少元, 几多钱, 几钱, 价格, 价钱, 售价, 单价, 定价, 几块, 几块钱, 几元, 怎么卖, 怎卖, 卖多少, 卖多少钱, 要多少钱, 什么价, 什么价格, 什么价位, 价位, 报价, 贵吗, 贵不贵`,
	AskStock: `in stock, stock, out of stock, available, availability, sold out, any left, still have, left, have any left, how many are left, how many left, inventory, unavailable, still available, still sell, got any, have any, do you still have
		有货, 有货吗, 有没有货, 还有货, 有现货, 现货, 库存, 缺货, 没货, 断货, 卖完, 卖完了, 售完, 卖光, 卖光了, 还剩, 剩多少, 还剩多少, 剩几个, 还剩几个, 还剩几件, 剩几件, 还有吗, 还有, 还有没有, 还有剩, 买得到, 买得到吗, 有存货, 存货, 买不到, 没了`,
	AskLink: `link, url, where can i buy, where can i find, where do i buy, where to buy, where can i order, show me, web page, webpage, product page, page, picture, photo
		链接, 网址, 连结, 网页, 哪里买, 哪里可以买, 在哪买, 在哪里买, 去哪买, 哪边买, 怎么买, 商品页, 页面, 购买链接, 看图, 图片, 照片`,
	AskHave: `do you have, have you got, do you sell, do you carry, you have, you sell, sell, carry, is there, are there, got, looking for, i want to buy, buy, i am looking for, search for, find
		有没有, 有卖, 有在卖, 卖不卖, 有吗, 有卖吗, 卖, 在卖, 你们有, 你们有卖, 你们有没有, 你们卖, 我想买, 想买, 我要买, 要买, 找, 想找, 有`,
	AskMore: `tell me about, tell me more, more about, about, details, detail, information, info, describe, description, specs, specifications, specification, what is, what kind of, features
		介绍, 介绍一下, 详细, 详情, 规格, 资讯, 资料, 信息, 说明, 什么样, 是什么, 怎么样, 特色, 成分`,
	AskAmount: `多少, 是多少, 有多少`,
	0: `a, an, the, this, that, these, those, it, its, one, ones, them, they, i, me, my, we, us, our, you, your, he, she, am, is, are, was, were, be, been, being, do, does, did, have, has, had, will, would, shall, should, may, might, must, can, could,
		to, of, in, on, at, by, for, from, with, into, as, and, or, but, if, so, than, then, here, please, kindly, pls, plz, thanks, thank, hi, hello, hey, dear, ok, okay, just, also, too, very, really, want, need, like, know, help, get, let, im, ive, s, t, m, re, ve, ll, d,
		what, which, whats, hows, right now, now, currently, today, at the moment, still, any, some, there, product, item, products, items, piece, pieces, each, per piece, again, yet, wondering, interested, actually, exactly, name, called, number, sku, in your shop, in your store, book, box, bag, pack, bottle, can
		的, 了, 吗, 呢, 啊, 吧, 呀, 哦, 嗯, 么, 是, 我, 你, 您, 它, 这, 那, 个, 就, 也, 都, 还, 请, 问, 请问, 一下, 和, 与, 及, 把, 要, 想, 会, 可以, 得, 着, 之, 其, 这个, 那个, 这款, 那款, 这件, 这种, 那种, 该, 款, 件, 种, 现在, 目前, 今天, 你们, 我们, 店里, 贵店, 你们家, 产品, 商品, 东西, 想知道, 想问, 想问一下, 知道, 告诉我, 帮我, 查, 看看, 看一下, 一, 两, 在, 有, 能, 谢谢, 您好, 你好, 嗨, 哈喽, 一个, 一盒, 一包, 一瓶, 一份, 盒, 包, 瓶, 份, 罐, 支, 本, 只, 条, 双, 组, 叫, 名字, 编号, 货号, 款号, 不, 嘛, 喔, 耶, 唷, 给我, 麻烦, 哪里, 哪, 什么, 几个, 书, 这本书, 这本, 发, 发给我, 发一下, 传给我, 色`,
}

// pointers are the words by which a shopper points at what is spoken of or looked at.
var pointers = set(`it this that these those them one its 这个 那个 这款 那款 这件 这种 那种 它 该 这 那`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		for _, t := range read(w) {
			m[t.text] = true
		}
	}
	return m
}

// kinds are properties that shops name in one language and shoppers in another.
var kinds = func() (groups []map[string]bool) {
	for _, words := range []string{`colour color colours colors 颜色`, `weight weigh heavy 重量 重 多重`, `size sizes dimensions big large 尺寸 大小 规格`, `material materials made 材质 材料 质料`,
		`origin country 产地 原产地 产区`, `capacity volume 容量`, `brand maker 品牌 牌子`, `ingredients 成分 原料`} {
		groups = append(groups, set(words))
	}
	return groups
}()

// A token is a word's stem, or one character of a script without spaces.
type token struct {
	text string
	han  bool
}

// read makes tokens of a text: width, case, endings and Chinese script do not count.
func read(text string) []token {
	var list []token
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			list = append(list, token{stem(word.String()), false})
			word.Reset()
		}
	}
	for _, r := range lexical.Fold(text) {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			flush()
			list = append(list, token{string(r), true})
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			word.WriteRune(r)
		default:
			flush()
		}
	}
	flush()
	return list
}

func stem(word string) string {
	for _, r := range word {
		if r < 'a' || r > 'z' {
			return word
		}
	}
	return english.Stem(word, true)
}

func key(tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.text)
		b.WriteByte(0)
	}
	return b.String()
}

// longestPhrase bounds a phrase, in tokens.
const longestPhrase = 8

// phrases are intentPhrases by their tokens. One that stands under several
// intents asks them all.
var phrases = func() map[string]Intent {
	m := map[string]Intent{}
	for intent, list := range intentPhrases {
		for p := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == '\n' }) {
			if tokens := read(p); len(tokens) > 0 && len(tokens) <= longestPhrase {
				m[key(tokens)] |= intent
			}
		}
	}
	return m
}()

// marked says what phrases explain of a question.
type marked struct {
	intent  []Intent // by token, of the phrase that it is in
	phrased []bool   // by token: it is in a phrase
	points  bool
}

// mark finds the longest phrases, left to right, none overlapping.
func mark(tokens []token) marked {
	m := marked{intent: make([]Intent, len(tokens)), phrased: make([]bool, len(tokens))}
	for i := 0; i < len(tokens); {
		length := 1
		for n := min(longestPhrase, len(tokens)-i); n > 0; n-- {
			intent, ok := phrases[key(tokens[i:i+n])]
			if !ok {
				continue
			}
			for j := i; j < i+n; j++ {
				m.intent[j], m.phrased[j] = intent, true
				m.points = m.points || pointers[tokens[j].text]
			}
			length = n
			break
		}
		i += length
	}
	return m
}
