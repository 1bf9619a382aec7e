package grounding

import (
	"strconv"
	"strings"
)

var months = map[string]int{
	"january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6,
	"july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}

func small(t token, low, high int) (int, bool) {
	n, err := strconv.Atoi(t.text)
	return n, t.kind == num && err == nil && n >= low && n <= high
}

func at(in []token, i int) token {
	if i >= 0 && i < len(in) {
		return in[i]
	}
	return token{}
}

// dated makes the facts of the date that stands from i to end.
func dated(in []token, i, end, month, day, year int) []fact {
	f := fact{kind: date, value: strconv.Itoa(month) + "-" + strconv.Itoa(day), bound: bounds(in, i, end)}
	out := []fact{f, {kind: concept, value: "month " + strconv.Itoa(month)}}
	if year > 0 {
		out[0].year = strconv.Itoa(year)
		out = append(out, fact{kind: quantity, raw: out[0].year, value: out[0].year, unit: "year"})
	}
	return out
}

// calendar reads a date that begins with a number: 2026-11-23, 11/23, 11月23日,
// 2026年11月, 23 November 2026, 23rd of November.
func calendar(in []token, i int) (int, []fact) {
	a := at(in, i)
	sep := at(in, i+1)
	if y, ok := small(a, 1900, 2999); ok && len(a.text) == 4 {
		m, ok := small(at(in, i+2), 1, 12)
		switch {
		case !ok:
		case sep.text == "年" && at(in, i+3).text == "月":
			if d, ok := small(at(in, i+4), 1, 31); ok {
				n := 5
				if isDayMark(at(in, i+5)) {
					n++
				}
				return n, dated(in, i, i+n, m, d, y)
			}
			return 4, []fact{{kind: concept, value: "month " + strconv.Itoa(m)}, {kind: quantity, raw: a.text, value: a.text, unit: "year"}}
		case strings.Contains("-/.", sep.text) && sep.kind == mark && at(in, i+3).text == sep.text:
			if d, ok := small(at(in, i+4), 1, 31); ok {
				return 5, dated(in, i, i+5, m, d, y)
			}
		}
	}
	if m, ok := small(a, 1, 12); ok && sep.text == "月" {
		if d, ok := small(at(in, i+2), 1, 31); ok {
			if isDayMark(at(in, i+3)) {
				return 4, dated(in, i, i+4, m, d, 0)
			}
			return 3, dated(in, i, i+3, m, d, 0)
		}
		return 2, []fact{{kind: concept, value: "month " + strconv.Itoa(m)}}
	}
	if b, ok := small(at(in, i+2), 1, 31); ok && sep.text == "/" && sep.glued && at(in, i+2).glued {
		first, ok := small(a, 1, 31)
		n, year := 3, 0
		if y, ok := small(at(in, i+4), 1900, 2999); ok && at(in, i+3).text == "/" {
			n, year = 5, y
		}
		switch {
		case ok && a.text == "24" && b == 7:
		case ok && first <= 12:
			return n, dated(in, i, i+n, first, b, year)
		case ok && b <= 12:
			return n, dated(in, i, i+n, b, first, year)
		}
	}
	if d, ok := small(a, 1, 31); ok {
		j := i + 1
		if ordinalEnd[at(in, j).text] && at(in, j).glued {
			j++
		}
		if at(in, j).text == "of" {
			j++
		}
		if m := months[at(in, j).text]; m > 0 {
			if at(in, j+1).text == "," || at(in, j+1).text == "." {
				j++
			}
			if y, ok := small(at(in, j+1), 1900, 2999); ok {
				return j + 2 - i, dated(in, i, j+2, m, d, y)
			}
			return j + 1 - i, dated(in, i, j+1, m, d, 0)
		}
	}
	return 0, nil
}

func isDayMark(t token) bool { return t.text == "日" || t.text == "號" || t.text == "号" }

// monthFirst reads Nov 23, November 23rd, 2026 and a month alone.
func monthFirst(in []token, i int, out []fact) (int, []fact) {
	m := months[in[i].text]
	if m == 0 {
		return 0, out
	}
	j := i + 1
	if at(in, j).text == "." {
		j++
	}
	d, ok := small(at(in, j), 1, 31)
	if !ok || at(in, j+1).text == ":" {
		if len(in[i].text) <= 3 && in[i].text != "nov" && in[i].text != "oct" && in[i].text != "dec" || in[i].text == "march" {
			return 0, out // may, mar, sep: mostly other words
		}
		return 1, append(out, fact{kind: concept, value: "month " + strconv.Itoa(m)})
	}
	j++
	if ordinalEnd[at(in, j).text] && at(in, j).glued {
		j++
	}
	k := j
	if at(in, k).text == "," {
		k++
	}
	if y, ok := small(at(in, k), 1900, 2999); ok && len(at(in, k).text) == 4 {
		return k + 1 - i, append(out, dated(in, i, k+1, m, d, y)...)
	}
	return j - i, append(out, dated(in, i, j, m, d, 0)...)
}

// timeOfDay reads 9:00, 9 a.m., 21:30, 下午三點半, and the range of two.
func timeOfDay(in []token, i int) (int, []fact) {
	n, minutes, half := clockAt(in, i)
	if n == 0 {
		h, ok := small(in[i], 0, 12)
		j, sign := rangeSign(in, i+1)
		if !ok || !sign {
			return 0, nil
		}
		// 9 to 11 a.m.: the first takes the half day of the second.
		m, _, later := clockAt(in, j)
		if m == 0 || later == "" || at(in, j).kind != num || isHan(later) {
			return 0, nil
		}
		return 1, []fact{{kind: clock, value: strconv.Itoa(wall(h, 0, later)), bound: bounds(in, i, i+1)}}
	}
	out := []fact{{kind: clock, value: strconv.Itoa(minutes), bound: bounds(in, i, i+n)}}
	if j, sign := rangeSign(in, i+n); sign && at(in, j).kind == num && half != "" && isHan(half) {
		// 下午2點到5點: the second keeps the half day of the first.
		if m, second, later := clockAt(in, j); m > 0 && later == "" && second <= 12*60 {
			h := wall(second/60, second%60, half)
			return j + m - i, append(out, fact{kind: clock, value: strconv.Itoa(h)})
		}
	}
	return n, out
}

func isHan(s string) bool { return s != "" && s[0] >= 0x80 }

// clockAt reads one time of day; half is the half of the day it names.
func clockAt(in []token, i int) (n, minutes int, half string) {
	h, ok := small(at(in, i), 0, 24)
	if !ok {
		return 0, 0, ""
	}
	m, n, full := 0, 1, false
	switch sep := at(in, i+1); {
	case sep.text == ":" && sep.glued:
		if m, ok = small(at(in, i+2), 0, 59); !ok || len(at(in, i+2).text) != 2 {
			return 0, 0, ""
		}
		n, full = 3, true
	case sep.text == "點" || sep.text == "点" || sep.text == "時" || sep.text == "时":
		if next := at(in, i+2).text; next == "數" || next == "数" || next == "尚" || next == "間" || next == "间" {
			return 0, 0, ""
		}
		n, full = 2, true
		if at(in, i+2).text == "半" {
			m, n = 30, 3
		} else if v, ok := small(at(in, i+2), 0, 59); ok {
			m, n = v, 3
			if at(in, i+3).text == "分" {
				n = 4
			}
		}
	}
	if w := at(in, i+n).text; w == "am" || w == "pm" {
		return n + 1, wall(h, m, w), w
	} else if w == "o'clock" {
		return n + 1, wall(h, m, ""), ""
	}
	if !full {
		return 0, 0, ""
	}
	if w := at(in, i-2).text + at(in, i-1).text; halves[w] != "" {
		half = w
	}
	return n, wall(h, m, half), half
}

var halves = map[string]string{"上午": "am", "早上": "am", "凌晨": "am", "清晨": "am", "下午": "pm", "晚上": "pm", "傍晚": "pm", "晚間": "pm", "晚间": "pm", "中午": "noon"}

// wall returns minutes after midnight of h:m in a half of the day.
func wall(h, m int, half string) int {
	if v := halves[half]; v != "" {
		half = v
	}
	switch {
	case half == "am" && h == 12:
		h = 0
	case half == "pm" && h < 12, half == "noon" && h < 10:
		h += 12
	}
	return h*60 + m
}

// telephone reads a number in groups, or a long one that begins as telephone numbers do.
func telephone(in []token, i int) (int, string) {
	j, plus := i, false
	if in[j].text == "+" {
		j, plus = j+1, true
	}
	open := at(in, j).text == "("
	if open {
		j++
	}
	if at(in, j).kind != num || i > 0 && (in[i-1].text == "$" || in[i-1].text == "/") {
		return 0, ""
	}
	digits, groups, hyphens := "", 0, 0
	end := j
	for j < len(in) {
		t := in[j]
		if t.kind == num && strings.Trim(t.text, "0123456789") == "" {
			digits += t.text
			groups++
			j++
			end = j
			if (plus || digits[0] == '0') && at(in, j).kind == num && len(digits)+len(at(in, j).text) <= 13 {
				continue // groups with blanks between
			}
			if at(in, j).kind == num {
				break
			}
			continue
		}
		if t.kind == mark && (t.text == "-" || t.text == "." || t.text == "(" || t.text == ")") && len(digits) < 15 && at(in, j+1).kind == num {
			if t.text == "-" {
				hyphens++
			}
			j++
			continue
		}
		break
	}
	grouped := groups >= 2 && (digits[0] == '0' || open || hyphens >= 2 && len(digits) >= 9)
	if len(digits) >= 7 && len(digits) <= 15 && (plus || grouped || digits[0] == '0' && len(digits) >= 9) {
		return end - i, digits
	}
	return 0, ""
}
