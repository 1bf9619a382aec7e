package grounding

import (
	"math/big"
	"slices"
	"strings"
)

// amount reads a number with its unit, or a range of two.
func amount(in []token, i int, out []fact) (int, []fact) {
	if n, f := ratio(in, i); n > 0 {
		return n, append(out, f)
	}
	first, end := one(in, i)
	j, strict := rangeSign(in, end)
	if j == end || j >= len(in) || in[j].kind != num {
		if in[i].loose && first.unit == "" {
			return 1, out // "one of them"
		}
		return end - i, append(out, first)
	}
	if n, _ := calendar(in, j); n > 0 {
		return end - i, append(out, first)
	}
	second, last := one(in, j)
	if n, _ := timeOfDay(in, j); n > 0 && second.unit == "" {
		return end - i, append(out, first)
	}
	switch {
	case first.unit == "" && second.unit != "":
		first.unit, first.promise = second.unit, second.promise
		first.value = scaled(first.raw, second)
	case second.unit == "" && second.word == "" && moneyUnit(first.unit):
		second = second.as(unit{first.unit, 1000})
		second.promise = true
	}
	out = append(out, first, second)
	if strict && first.unit == second.unit {
		out = append(out, fact{kind: span, value: first.value + "–" + second.value, unit: first.unit, promise: first.promise})
	}
	return last - i, out
}

// scaled brings raw to the measure in which like was written.
func scaled(raw string, like fact) string {
	if like.unit == "off" && like.value == remainder(like.raw) {
		return remainder(raw)
	}
	if v, ok := times(raw, like.per); ok && like.per > 0 {
		return v
	}
	return raw
}

func (f fact) as(u unit) fact {
	f.unit, f.per = u.name, u.factor
	if v, ok := times(f.raw, u.factor); ok {
		f.value = v
	}
	return f
}

// one reads a single number with the unit before or after it.
func one(in []token, i int) (fact, int) {
	f := fact{kind: quantity, raw: in[i].text, value: in[i].text, bound: bounds(in, i, i+1)}
	end := i + 1
	if i > 0 && in[i-1].text == "±" { // how far a size may be off, and no size
		f.raw, f.value = "±"+f.raw, "±"+f.value
	}
	if u, ok := currencyBefore(in, i); ok {
		f = f.as(u)
		f.promise = true
		if _, n := unitAt(in, end); n > 0 {
			if name, _ := unitAt(in, end); units[name].money() {
				end += n
			}
		}
		return f, end
	}
	name, n := unitAt(in, end)
	u := units[name]
	switch {
	case n == 0:
		if i > 0 && in[i-1].text == "第" || end < len(in) && ordinalEnd[in[end].text] && in[end].glued {
			f.unit = "ordinal"
			break
		}
		if end < len(in) && (in[end].kind == word || in[end].kind == han) {
			f.word = stem(in[end].text)
		}
		return f, end
	case u.name == "time" && name == "日" && len(f.raw) > 3, name == "年" && len(f.raw) == 4:
		f.unit, f.value = "year", f.raw
		return f, end + n
	}
	end += n
	if u.name == "degree" && freezing(in, i) {
		f.raw, f.value = "-"+f.raw, "-"+f.raw
	}
	f = f.as(u)
	f.promise = u.money()
	if u.name == "time" || u.name == "month" {
		more := 0
		if at(in, end).text == "半" { // 一年半
			more = 1
		} else if spelled(in, end, []string{"and", "a", "0.5"}) { // a year and a half
			more = 3
		}
		if more > 0 {
			f.raw = sumHalf(f.raw)
			f = f.as(u)
			end += more
		}
	}
	switch {
	case name == "折":
		f.unit, f.value, f.promise = "off", remainder(f.raw), true
	case u.name == "percent":
		f.promise = true
		if reduced(in, i, end) {
			f.unit = "off"
		}
	}
	return f, end
}

// freezing reports a sign or word before the degrees at i that puts them below zero: a
// minus that does not stand between two numbers.
func freezing(in []token, i int) bool {
	if i > 1 && starts(in, i-2, "零下") || at(in, i-1).text == "minus" {
		return true
	}
	return slices.Contains([]string{"-", "–", "−"}, at(in, i-1).text) && at(in, i-2).kind != num && unitless(at(in, i-2))
}

// unitless reports a token that no number before it could have as its unit.
func unitless(t token) bool {
	_, ok := units[t.text]
	return !ok
}

func sumHalf(s string) string {
	if strings.Contains(s, ".") {
		return s + "+0.5"
	}
	return s + ".5"
}

// remainder turns 折, the tenths that are paid, into the thousandths of a percent
// that are not: 9折 and 10 % off are the same, 85折 and 15 % off.
func remainder(tenths string) string {
	factor := 10_000
	if len(tenths) >= 2 && !strings.Contains(tenths, ".") {
		factor = 1000
	}
	paid, ok := times(tenths, factor)
	r, fine := new(big.Rat).SetString(paid)
	if !ok || !fine {
		return tenths
	}
	return r.Sub(big.NewRat(100_000, 1), r).RatString()
}

// reduced reports a word near the percentage from i to end that makes it a reduction.
func reduced(in []token, i, end int) bool {
	for _, t := range in[max(0, i-4):i] {
		if slices.Contains([]string{"save", "saves", "discount", "minus", "reduced", "省", "減", "减", "折", "惠"}, t.text) {
			return true
		}
	}
	for _, t := range in[end:min(len(in), end+3)] {
		if slices.Contains([]string{"off", "discount", "discounts", "less", "reduction", "折", "惠"}, t.text) {
			return true
		}
	}
	return false
}

// rangeSign skips what stands between the two ends of a range. strict is false for
// words that may as well list two numbers.
func rangeSign(in []token, i int) (int, bool) {
	if i >= len(in) {
		return i, false
	}
	switch in[i].text {
	case "-", "–", "—", "~", "〜", "−", "至", "到", "to", "through", "until":
		return i + 1, true
	case "and", "or", "或", "和", "、", "/":
		return i + 1, false
	}
	return i, false
}

func moneyUnit(name string) bool { return unit{name: name}.money() }

// unitAt returns the unit at j and how many tokens it takes. Words that only
// weigh it ("full", 個) are passed over.
func unitAt(in []token, j int) (string, int) {
	start := j
	if j < len(in) && in[j].kind == han {
		if name := hanUnit(in, j); name != "" && name != "個" && name != "个" {
			return name, len([]rune(name))
		}
	}
	if j+1 < len(in) && in[j].text == "-" && in[j].glued && in[j+1].kind == word {
		j++
	}
	for skipped := 0; j < len(in) && skipped < 1 && weighing[in[j].text] && (in[j].kind == word || j+1 < len(in) && spanOfTime(in, j+1)); skipped++ {
		j++
	}
	if j >= len(in) {
		return "", 0
	}
	switch in[j].kind {
	case word:
		if (in[j].text == "business" || in[j].text == "working") && j+1 < len(in) {
			if next := in[j+1].text; next == "day" || next == "days" {
				return "workday", j + 2 - start
			}
		}
		if in[j].text == "nt" || in[j].text == "us" || in[j].text == "hk" {
			if j+1 < len(in) && units[in[j+1].text].name == "dollar" {
				return map[string]string{"nt": "ntd", "us": "usd", "hk": "hkd"}[in[j].text], j + 2 - start
			}
			return "", 0
		}
		if _, ok := units[in[j].text]; ok {
			return in[j].text, j + 1 - start
		}
	case mark:
		if _, ok := units[in[j].text]; ok && in[j].text != "$" && in[j].text != "¥" {
			return in[j].text, j + 1 - start
		}
	case han:
		if name := hanUnit(in, j); name != "" {
			return name, j + len([]rune(name)) - start
		}
	}
	return "", 0
}

// hanUnit returns the longest Chinese unit at j.
func hanUnit(in []token, j int) string {
	name, longest := "", ""
	for k := j; k < len(in) && k < j+3 && in[k].kind == han; k++ {
		name += in[k].text
		if _, ok := units[name]; ok {
			longest = name
		}
	}
	return longest
}

var weighing = map[string]bool{"full": true, "calendar": true, "whole": true, "consecutive": true, "more": true, "extra": true, "additional": true, "個": true, "个": true}

// spanOfTime reports a unit of time at j: only before one is 個 no unit itself.
func spanOfTime(in []token, j int) bool {
	for _, s := range []string{"月", "小", "工", "星", "禮", "礼", "鐘", "钟", "營", "营", "日"} {
		if in[j].text == s {
			return true
		}
	}
	return false
}

// currencyBefore returns the currency whose sign or name stands before the number at i.
func currencyBefore(in []token, i int) (unit, bool) {
	if i == 0 {
		return unit{}, false
	}
	switch p := in[i-1]; p.kind {
	case mark:
		if p.text == "$" && i > 1 && in[i-2].kind == word && p.glued && currencyName[in[i-2].text] != "" {
			return unit{currencyName[in[i-2].text], 1000}, true
		}
		if u, ok := units[p.text]; ok && u.money() {
			return u, true
		}
	case word:
		if name := currencyName[p.text]; name != "" && p.text != "us" {
			return unit{name, 1000}, true
		}
	case han:
		for _, name := range []string{"台幣", "臺幣", "台币", "人民幣", "人民币", "港幣", "港币", "美金", "美元", "日幣", "日币"} {
			if k := i - len([]rune(name)); k >= 0 && starts(in, k, name) {
				return units[name], true
			}
		}
	}
	return unit{}, false
}

// ratio reads 百分之十, 三分之一 and the number of a week's hours, 24/7.
func ratio(in []token, i int) (int, fact) {
	if i+3 < len(in) && in[i+1].text == "分" && in[i+2].text == "之" && in[i+3].kind == num {
		f := fact{kind: quantity, raw: in[i+3].text, value: in[i+3].text, unit: "percent", promise: true}
		if in[i].text != "100" {
			return 4, fact{kind: literal, value: in[i+3].text + "/" + in[i].text, promise: true}
		}
		f = f.as(units["%"])
		if reduced(in, i, i+4) {
			f.unit = "off"
		}
		return 4, f
	}
	if i+2 < len(in) && in[i].text == "24" && in[i+1].text == "/" && in[i+2].text == "7" {
		return 3, fact{kind: literal, value: "24/7"}
	}
	return 0, fact{}
}
