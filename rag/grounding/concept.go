package grounding

import "strings"

// concepts are words with the weight of a fact: each group is one thing, in
// English and in Chinese. Groups from "free" on are promises.
var conceptGroups = []string{
	"today 今天 今日 本日", "tomorrow 明天 明日", "yesterday 昨天", "tonight 今晚", "weekend weekends 週末 周末", "weekday weekdays 平日",
	"daily everyday 每天 每日 天天", "holiday holidays 假日 國定假日 节假日 節假日", "noon midday 正午", "midnight 午夜 半夜",
	"monday mondays mon", "tuesday tuesdays tue tues", "wednesday wednesdays wed", "thursday thursdays thu thurs", "friday fridays fri",
	"saturday saturdays", "sunday sundays",
	"sameday|same day|當天|当天|當日|当日|即日", "nextday|next day|隔天|隔日|次日|翌日",
	"buyone|buy one|買一送一|买一送一",
	"!free|free|complimentary|gratis|no charge|without charge|no cost|without cost|no fee|no fees|no extra cost|no additional cost|at no|doesn't cost|does not cost|don't charge|not charge|won't charge|shop pays|store pays|we pay|we cover|包邮|包郵|免郵|免邮|免費|免费|免運|免运|不收|免收|無需付費|无需付费|不用錢|不用钱|免付|不必付|不用付|無需支付|无需支付|不另收|全免|由本店負擔|由本店负担|本店負擔|本店负担|由我們負擔|由我们负担|由店家負擔|由店家负担",
	"!refund|refund|refunds|refunded|refundable|money back|退款|退費|退费|退錢|退钱|退回款|全額退|全额退",
	"!guarantee|guarantee|guaranteed|guarantees|warranty|warranties|warranted|保證|保证|保固|質保|质保|保修",
	"!gift|gift|gifts|giveaway|voucher|vouchers|coupon|coupons|贈品|赠品|贈送|赠送|禮券|礼券|優惠券|优惠券|折價券|折价券|禮物|礼物|送禮|送礼",
	"!discount|discount|discounts|discounted|half price|half off|markdown|rebate|cashback|折扣|打折|優惠|优惠|減價|减价|特價|特价|半價|半价|對折|对折|回饋|返現|返现",
	"!compensate|compensation|compensate|reimburse|reimbursed|賠償|赔偿|補償|补偿|賠付|赔付",
	"!lifetime|lifetime|forever|unlimited|永久|終身|终身|無限|无限", "!binding|legally|binding|法律效力|legal",
	"!unconditional|unconditional|unconditionally|no questions|無條件|无条件",
}

type conceptTerm struct {
	words   []string // of English
	name    string
	promise bool
}

var (
	latinConcepts = map[string][]conceptTerm{} // by their first word
	hanConcepts   = map[string][]struct {
		text string
		term conceptTerm
	}{} // by their first character
)

func init() {
	for _, group := range conceptGroups {
		terms := strings.Fields(group)
		if strings.Contains(group, "|") {
			terms = strings.Split(group, "|")
		}
		name, promise := strings.CutPrefix(terms[0], "!")
		if promise || strings.Contains(group, "|") {
			terms = terms[1:]
		}
		for _, t := range terms {
			c := conceptTerm{name: name, promise: promise}
			if t[0] < 0x80 {
				c.words = strings.Fields(t)
				latinConcepts[c.words[0]] = append(latinConcepts[c.words[0]], c)
				continue
			}
			first := string([]rune(t)[:1])
			hanConcepts[first] = append(hanConcepts[first], struct {
				text string
				term conceptTerm
			}{t, c})
		}
	}
}

func concepts(in []token) []fact {
	var out []fact
	add := func(c conceptTerm) {
		out = append(out, fact{kind: concept, value: c.name, promise: c.promise})
	}
	for i, t := range in {
		switch t.kind {
		case term:
			out = append(out, fact{kind: concept, value: t.text})
		case word:
			for _, c := range latinConcepts[t.text] {
				if spelled(in, i, c.words) {
					add(c)
				}
			}
		case han:
			for _, c := range hanConcepts[t.text] {
				if starts(in, i, c.text) {
					add(c.term)
				}
			}
		}
	}
	return out
}

func spelled(in []token, i int, words []string) bool {
	for k, w := range words {
		if at(in, i+k).text != w {
			return false
		}
	}
	// "feel free to", "free of" something else and names such as "gift-free" say nothing about a price.
	return words[0] != "free" || at(in, i-1).text != "feel"
}

var boundWords = []struct {
	words  []string
	bound  bound
	behind bool // stands after the number
}{
	{strings.Fields("no more than"), below, false}, {strings.Fields("not more than"), below, false}, {strings.Fields("no less than"), above, false},
	{strings.Fields("not less than"), above, false}, {strings.Fields("more than"), above, false}, {strings.Fields("less than"), below, false},
	{strings.Fields("up to"), below, false}, {strings.Fields("at least"), above, false}, {strings.Fields("at most"), below, false},
	{strings.Fields("over"), above, false}, {strings.Fields("above"), above, false}, {strings.Fields("exceeding"), above, false}, {strings.Fields("minimum"), above, false},
	{strings.Fields("under"), below, false}, {strings.Fields("below"), below, false}, {strings.Fields("within"), below | before, false}, {strings.Fields("maximum"), below, false},
	{strings.Fields("before"), before, false}, {strings.Fields("by"), before, false}, {strings.Fields("after"), after, false}, {strings.Fields("until"), before, false},
	{strings.Fields("or more"), above, true}, {strings.Fields("and above"), above, true}, {strings.Fields("and over"), above, true}, {strings.Fields("or less"), below, true},
	{each("不超過"), below, false}, {each("不超过"), below, false}, {each("不少於"), above, false}, {each("不少于"), above, false}, {each("未滿"), below, false}, {each("未满"), below, false},
	{each("不滿"), below, false}, {each("不满"), below, false}, {each("滿"), above, false}, {each("满"), above, false}, {each("超過"), above, false}, {each("超过"), above, false},
	{each("至少"), above, false}, {each("最少"), above, false}, {each("最多"), below, false}, {each("低於"), below, false}, {each("低于"), below, false}, {each("少於"), below, false}, {each("少于"), below, false},
	{each("高於"), above, false}, {each("高于"), above, false}, {each("以上"), above, true}, {each("以下"), below, true}, {each("以內"), below | before, true}, {each("以内"), below | before, true},
	{each("之內"), below | before, true}, {each("之内"), below | before, true}, {each("內"), below | before, true}, {each("内"), below | before, true},
	{each("前"), before, true}, {each("以前"), before, true}, {each("之前"), before, true}, {each("後"), after, true}, {each("后"), after, true}, {each("以後"), after, true}, {each("以后"), after, true}, {each("之後"), after, true}, {each("之后"), after, true},
}

func each(s string) []string { return strings.Split(s, "") }

// bounds returns on which side of the number from i to end the matter lies, by
// the words right before it (a currency between them) and right after its unit.
func bounds(in []token, i, end int) bound {
	start := i
	for start > 0 && i-start < 4 && (in[start-1].kind == mark && (in[start-1].text == "$" || in[start-1].text == "¥") || currencyName[in[start-1].text] != "" ||
		strings.Contains("新臺台幣币上下午早晚a", in[start-1].text)) {
		start--
	}
	if _, n := unitAt(in, end); n > 0 {
		end += n
	}
	for _, b := range boundWords {
		k := start - len(b.words)
		if b.behind {
			k = end
		}
		if k < 0 {
			continue
		}
		hit := true
		for n, w := range b.words {
			hit = hit && at(in, k+n).text == w
		}
		if hit {
			return b.bound
		}
	}
	return 0
}
