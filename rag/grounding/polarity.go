package grounding

import (
	"slices"
	"strings"
)

// A clause is one statement of a text, with whether it denies.
type clause struct {
	said   content
	denies bool
}

// clauses cuts a text's tokens at commas and full stops. Questions state
// nothing and are left out.
func clauses(in []token) []clause {
	var out []clause
	start := 0
	for i := 0; i <= len(in); i++ {
		if i < len(in) && !(in[i].kind == mark && strings.Contains(",;.!?。、()—", in[i].text)) && in[i].text != "but" && in[i].text != "unless" && in[i].text != "except" &&
			!(in[i].text == "and" && (denial(at(in, i+1)) || denial(at(in, i+2)))) {
			continue
		}
		part := in[start:i]
		if len(part) > 0 && !(i < len(in) && in[i].text == "?") {
			for _, one := range apart(part) {
				out = append(out, clauseOf(one))
			}
		}
		start = i + 1
	}
	return out
}

// apart cuts where a clause says the one and the opposite ("open from Tuesday and
// closed on Mondays"): before the last "and" between the two, else behind the first.
func apart(in []token) [][]token {
	last := map[string]form{}
	end, and := 0, -1
	for i := 0; i < len(in); i++ {
		if in[i].text == "and" || in[i].text == "while" || in[i].text == "而" {
			and = i
		}
		f, ok := formAt(in, i)
		if !ok {
			continue
		}
		if before, seen := last[f.axis]; seen && before.no != f.no {
			cut := end
			if and >= end {
				cut = and
			}
			return append([][]token{in[:cut]}, apart(in[cut:])...)
		}
		last[f.axis] = f
		i += len(f.words) - 1
		end = i + 1
	}
	return [][]token{in}
}

func clauseOf(in []token) clause {
	positive, negative := opposites(in)
	c := clause{contentOf(positive), denying(positive) != (negative%2 == 1)}
	for _, t := range positive {
		if t.kind == term {
			c.said[stem(t.text)] = true // a weekday is what the clause is about
		}
	}
	return c
}

var denials = []string{"not", "no", "never", "cannot", "without", "unable", "neither", "nor", "none", "nothing", "nobody"}

// affirming are phrases with a denial in them that deny nothing, or whose
// denial is a fact of its own (no charge, 不超過).
var affirming = func() [][]string {
	var out [][]string
	for _, p := range []string{"not only", "no problem", "no worries", "no more than", "not more than", "no later than", "no less than", "no matter", "no charge", "without charge",
		"no cost", "no fee", "no fees", "no extra", "no additional", "not charge", "don't charge", "won't charge", "don't hesitate", "don't worry", "not hesitate", "without extra", "without cost"} {
		out = append(out, strings.Fields(p))
	}
	for _, p := range strings.Fields(`不僅 不仅 不只 不但 不同 不錯 不错 不論 不论 不管 不過 不过 不久 不便 不少 不斷 不断 無論 无论 非常 無線 无线 無條 无条
		未來 未来 不客 不好意 沒問題 没问题 能不能 可不可 要不要 不超 不收 不另 不限 未滿 未满 不滿 不满 不足 不定 不易 無限 无限 沒關 没关 非會 非会 無接 无接 不含 不含稅`) {
		out = append(out, each(p))
	}
	return out
}()

// denial reports an English word that denies.
func denial(t token) bool {
	return t.kind == word && (slices.Contains(denials, t.text) || strings.HasSuffix(t.text, "n't"))
}

func denying(in []token) bool {
	n := 0
	for i := 0; i < len(in); i++ {
		t := in[i].text
		if in[i].kind == word && !denial(in[i]) {
			continue
		}
		if in[i].kind == han && !strings.Contains("不無无沒没未勿非恕禁", t) || in[i].kind != han && in[i].kind != word {
			continue
		}
		if k := slices.IndexFunc(affirming, func(p []string) bool { return spells(in, i, p) }); k >= 0 {
			i += len(affirming[k]) - 1
			continue
		}
		if in[i].kind == han && i > 0 && in[i-1].kind == han && strings.Contains("不無无沒没未勿非恕禁", in[i-1].text) {
			continue // 恕不, 並非不
		}
		n++
	}
	return n%2 == 1
}

func spells(in []token, i int, p []string) bool {
	for k, s := range p {
		if at(in, i+k).text != s {
			return false
		}
	}
	return true
}

// nearness is how much of a claim's clause the nearest clause of a source must
// share before their polarities are compared. Below it they speak of different things.
const (
	nearness  = 0.6
	contained = 0.8 // of a denied clause, to be what the claim is about
	alike     = 0.9 // of a claim's clause, to be a statement of the source's own
	rivalling = 0.7 // of the nearest clause's share, to be meant as well as it
)

// contradicts reports a clause of the claim whose nearest statement in the
// source says the opposite, by a denial or by the other word of an axis.
func contradicts(claim, source []clause) bool {
	for _, c := range claim {
		if len(c.said) < 2 {
			continue
		}
		best, agreeing, denied := 0.0, 0.0, false
		for _, s := range source {
			share := c.said.share(s.said)
			best = max(best, share)
			if s.denies == c.denies {
				agreeing = max(agreeing, share)
			}
			// All that the source denies is said without a denial.
			denied = denied || s.denies && !c.denies && len(s.said) > 2 && s.said.share(c.said) >= contained
		}
		if best >= nearness && agreeing < best*rivalling || denied && agreeing < alike {
			return true
		}
	}
	return false
}
