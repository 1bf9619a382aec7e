package grounding

import (
	"strconv"
	"strings"
)

var englishUnits = map[string]int{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var englishScales = map[string]int{"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12,
	"hundreds": 100, "thousands": 1000, "millions": 1_000_000, "dozens": 12}

// englishOrdinals start at the third: first and second mostly order sentences
// and measure time.
var englishOrdinals = map[string]string{"third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10"}

// numerals replaces number words by numbers: "two hundred and five" is 205,
// "nineteen ninety-nine" is 1999, "a week" is 1 week, 一千二百九十九 is 1299, 3萬 is 30000.
func numerals(in []token) []token {
	out := make([]token, 0, len(in))
	for i := 0; i < len(in); {
		t := in[i]
		var n int
		var made token
		switch {
		case t.kind == word:
			n, made = englishNumber(in, i)
		case t.kind == han && halfOf(in, i):
			n, made = 1, token{kind: num, text: "0.5", glued: t.glued}
		case t.kind == han:
			n, made = chineseNumber(in, i)
		case t.kind == num && i+1 < len(in) && in[i+1].glued && in[i+1].kind == han && chineseScales[in[i+1].text] > 0 && !adverb(in, i+1):
			n, made = 1, token{kind: num, text: t.text, glued: t.glued}
			for i+n < len(in) && chineseScales[in[i+n].text] > 0 { // 3萬, 2千5百
				v, ok := times(made.text, chineseScales[in[i+n].text])
				if !ok {
					break
				}
				made.text = v
				n++
				if i+n+1 < len(in) && in[i+n].kind == num && in[i+n+1].kind == han && chineseScales[in[i+n+1].text] > 0 {
					more, _ := times(in[i+n].text, chineseScales[in[i+n+1].text])
					made.text = sum(made.text, more)
					n += 2
				}
			}
		case t.kind == num && i+1 < len(in) && in[i+1].kind == word && englishScales[in[i+1].text] > 0:
			v, ok := times(t.text, englishScales[in[i+1].text])
			if ok {
				n, made = 2, token{kind: num, text: v, glued: t.glued}
			}
		}
		if n == 0 && t.kind == num {
			n, made = 1, t
		}
		if n == 0 {
			out = append(out, t)
			i++
			continue
		}
		if made.text == "" {
			i += n
			continue
		}
		if made.kind == num && spelled(in, i+n, []string{"and", "a", "half"}) { // two and a half
			made.text, n = sumHalf(made.text), n+3
		}
		out = append(out, made)
		i += n
		if made.kind == num && i+2 < len(in) && (in[i].text == "個" || in[i].text == "个") && in[i+1].text == "半" && spanOfTime(in, i+2) { // 三個半月
			out[len(out)-1].text = sumHalf(made.text)
			out = append(out, in[i])
			i += 2
		}
	}
	return out
}

// halfOf reports 半 as half of the span of time that follows (半年, 半個小時), not of
// one before it (一年半) and not as a part of something (上半年).
func halfOf(in []token, i int) bool {
	if in[i].text != "半" || i > 0 && strings.Contains("上下前後后大多小個个年月天日時时點点鐘钟", in[i-1].text) {
		return false
	}
	name, n := unitAt(in, i+1)
	if n == 0 || units[name].name != "time" && units[name].name != "month" {
		return false
	}
	return true
}

func sum(a, b string) string {
	x, err := strconv.Atoi(a)
	y, err2 := strconv.Atoi(b)
	if err != nil || err2 != nil {
		return a + "+" + b // no number has this form, so it is in no source
	}
	return strconv.Itoa(x + y)
}

// tooLarge is no amount of anything; what is spelled out beyond it is read no further.
const tooLarge = 1e11

// englishNumber reads a number word at i and returns how many tokens it took.
func englishNumber(in []token, i int) (int, token) {
	first := in[i].text
	made := token{kind: num, glued: in[i].glued}
	if v, ok := englishOrdinals[first]; ok {
		made.text = v
		return 1, made
	}
	next := ""
	if i+1 < len(in) && in[i+1].kind == word {
		next = in[i+1].text
	}
	switch first {
	case "a", "an":
		if u, ok := units[next]; ok && (u.name == "time" || u.name == "month" || u.name == "workday") && next != "h" && next != "m" {
			made.text = "1"
			return 1, made
		}
		if englishScales[next] > 0 && !strings.HasSuffix(next, "s") {
			made.text = strconv.Itoa(englishScales[next])
			return 2, made
		}
		return 0, made
	case "half":
		if next == "price" || next == "off" {
			return 0, made
		}
		made.text = "0.5"
		if next == "a" || next == "an" {
			return 2, made
		}
		return 1, made
	case "twice", "double":
		made.text = "2"
		return 1, made
	case "triple":
		made.text = "3"
		return 1, made
	}
	if _, ok := englishUnits[first]; !ok && englishScales[first] == 0 {
		return 0, made
	}
	total, section, last, digits, n := 0, 0, -1, "", 0
	for i+n < len(in) && total+section < tooLarge {
		t := in[i+n]
		if n > 0 && t.kind == mark && t.text == "-" && t.glued && i+n+1 < len(in) && in[i+n+1].glued && englishUnits[in[i+n+1].text] > 0 {
			n++
			continue
		}
		if n > 0 && t.text == "and" && (last == 100 || last == 1000) && i+n+1 < len(in) && englishUnits[in[i+n+1].text] > 0 {
			n++
			continue
		}
		if t.kind != word {
			break
		}
		if v, ok := englishUnits[t.text]; ok {
			if last >= 0 && last < 100 && (v >= 10 || last < 20) { // nineteen ninety-nine
				digits += strconv.Itoa(section)
				section = 0
			}
			section += v
			last = v
		} else if v := englishScales[t.text]; v > 0 {
			if v >= 1000 {
				total += max(section, 1) * v
				section = 0
			} else {
				section = max(section, 1) * v
			}
			last = v
		} else {
			break
		}
		n++
	}
	made.text = digits + strconv.Itoa(total+section)
	made.loose = n == 1 && first == "one"
	return n, made
}

var chineseDigits = map[string]int{
	"零": 0, "〇": 0, "一": 1, "二": 2, "兩": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
	"壹": 1, "貳": 2, "贰": 2, "參": 3, "叁": 3, "肆": 4, "伍": 5, "陸": 6, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}

var chineseScales = map[string]int{
	"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "萬": 10000, "万": 10000, "億": 100_000_000, "亿": 100_000_000,
}

var chineseTens = map[string]int{"廿": 20, "卅": 30}

// formal numerals are words of their own when they stand alone (參考, 大陸).
const formal = "壹貳贰參叁肆伍陸陆柒捌玖拾佰仟"

// idioms begin with a numeral and count nothing.
var idioms = []string{
	"一般", "一定", "一起", "一樣", "一样", "一些", "一直", "一下", "一切", "一旦", "一律", "一併", "一并", "一向", "一同", "一旁", "一方", "一面", "一邊", "一边", "一經", "一经",
	"一個", "一个", "一位", "一種", "一种", "一件", "一份", "一點", "一点", "一張", "一张", "一筆", "一笔", "一步", "一致", "一再", "一站", "一對", "一对", "一項", "一项", "一家", "一款", "一組", "一组",
	"二維", "二维", "二手", "三方", "第三方", "四處", "四处", "五金", "五官", "七夕", "八卦", "九州", "十足", "百貨", "百货", "千萬不", "千万不", "千萬別", "千万别", "千萬要", "千万要", "千萬記", "千万记",
	"萬一", "万一", "萬用", "万用", "萬能", "万能", "百分百", "十分滿", "十分满", "十分抱", "十分感", "十分歡", "十分欢", "十分重", "十分方", "十分樂", "十分乐",
}

func adverb(in []token, i int) bool {
	for _, idiom := range idioms {
		if starts(in, i, idiom) {
			return true
		}
	}
	return false
}

// starts reports whether the Han tokens from i spell s.
func starts(in []token, i int, s string) bool {
	for _, r := range s {
		if i >= len(in) || in[i].text != string(r) {
			return false
		}
		i++
	}
	return true
}

// chineseNumber reads Chinese numerals at i, a weekday among them.
func chineseNumber(in []token, i int) (int, token) {
	made := token{kind: num, glued: in[i].glued}
	if n, day := chineseWeekday(in, i); n > 0 {
		return n, token{kind: term, text: day, glued: in[i].glued}
	}
	if i > 0 && in[i-1].text == "第" && strings.Contains("一二", in[i].text) || starts(in, i, "第三方") {
		return 0, made // first and second order what is said
	}
	j := i
	for j < len(in) && in[j].kind == han && numeral(in[j].text) && !(j > i && adverb(in, j)) {
		j++
	}
	if j == i || adverb(in, i) && !(starts(in, i, "一個月") || starts(in, i, "一个月") || starts(in, i, "一個小") || starts(in, i, "一个小") ||
		starts(in, i, "一個工") || starts(in, i, "一个工") || starts(in, i, "一個星") || starts(in, i, "一个星") || starts(in, i, "一個禮") || starts(in, i, "一个礼") || starts(in, i, "一點整")) {
		return 0, made
	}
	if j == i+1 {
		if !starts(in, j, "分之") && (strings.Contains(formal, in[i].text) || in[i].text == "零" || chineseScales[in[i].text] > 10) {
			return 0, made
		}
		if in[i].text == "一" && !measured(in, j) {
			return 0, made
		}
	}
	// 三點五 is 3.5, but 三點 五分 a time.
	made.text = chineseValue(in[i:j])
	if j+1 < len(in) && (in[j].text == "點" || in[j].text == "点") && chineseDigits[in[j+1].text] > 0 &&
		(j+2 >= len(in) || in[j+2].text != "分" && !numeral(in[j+2].text)) {
		made.text += "." + strconv.Itoa(chineseDigits[in[j+1].text])
		j += 2
	}
	return j - i, made
}

func numeral(s string) bool {
	_, d := chineseDigits[s]
	return d || chineseScales[s] > 0 || chineseTens[s] > 0
}

// measured reports a unit of time, money or share at j, before which 一 counts.
func measured(in []token, j int) bool {
	name, n := unitAt(in, j)
	u := units[name]
	return n > 0 && u.name != "item" && u.name != "person"
}

func chineseValue(ts []token) string {
	total, section, d, last, scaled := 0, 0, 0, 0, false
	plain := ""
	for _, t := range ts {
		if v, ok := chineseDigits[t.text]; ok {
			d = v
			plain += strconv.Itoa(v)
			continue
		}
		if v := chineseTens[t.text]; v > 0 { // 廿五
			section += v
			d, scaled = 0, true
			continue
		}
		u := chineseScales[t.text]
		switch {
		case u >= 10000 && last > 0 && u >= last: // 一萬億
			total = max(total+section+d, 1) * u
			section, last = 0, u
		case u >= 10000:
			total += max(section+d, 1) * u
			section, last = 0, u
		default:
			section += max(d, 1) * u
		}
		if total > tooLarge*10_000 {
			return plain + t.text // no number has this form, so it is in no source
		}
		d, scaled = 0, true
	}
	if !scaled {
		return plain
	}
	// 兩千五 is 2500: a last digit after a scale counts the next lower one.
	if n := len(ts); n >= 2 && d > 0 && chineseScales[ts[n-2].text] >= 100 {
		d *= chineseScales[ts[n-2].text] / 10
	}
	return strconv.Itoa(total + section + d)
}

func chineseWeekday(in []token, i int) (int, string) {
	n := 0
	for _, name := range []string{"週", "周", "星期", "禮拜", "礼拜"} {
		if starts(in, i, name) {
			n = len([]rune(name))
		}
	}
	if n == 0 || i > 0 && (in[i-1].kind == num || numeral(in[i-1].text)) || i+n >= len(in) {
		return 0, ""
	}
	day := weekdayNames[in[i+n].text]
	if day == "" {
		return 0, ""
	}
	if name, k := unitAt(in, i+n+1); k > 0 && name != "日" {
		return 0, "" // 每週一次
	}
	return n + 1, day
}

var weekdayNames = map[string]string{"一": "monday", "二": "tuesday", "三": "wednesday", "四": "thursday", "五": "friday", "六": "saturday", "日": "sunday", "天": "sunday"}
