package rag

import (
	"strings"
	"unicode"

	"storebot/rag/grounding"
)

const (
	// siblingScore is how near an entry's score must be to that of one in another
	// language to be taken for the same entry in the reader's.
	siblingScore = 0.8
	// siblingText is how much of two entries' characters, folded to one script,
	// must be the same.
	siblingText = 0.7
)

// spoken puts in place of each match that is not in the reader's language or
// script the entry that says the same in it, if that was found too, and offers
// no entry twice. Nothing is converted: the merchant's words stay as they are.
func (a *Answerer) spoken(matches []Match, language string) []Match {
	taken := make([]bool, len(matches))
	var out []Match
	for i, m := range matches {
		if taken[i] {
			continue
		}
		taken[i] = true
		if i < offered && m.Entry.Language != language {
			for j := i + 1; j < len(matches); j++ {
				if o := matches[j]; !taken[j] && o.Entry.Language == language && o.Score >= siblingScore*m.Score && a.sameEntry(m.Entry, o.Entry) {
					m, taken[j] = Match{Entry: o.Entry, Phrasing: o.Phrasing, Score: m.Score}, true
					break
				}
			}
		} else if i < offered {
			for j := i + 1; j < len(matches); j++ {
				if o := matches[j]; !taken[j] && o.Entry.Language != language && a.sameEntry(m.Entry, o.Entry) {
					taken[j] = true
				}
			}
		}
		out = append(out, m)
	}
	return out
}

// sameEntry reports that two entries say the same in two languages or scripts:
// nearly the same characters once folded to one script, or the same facts, of which
// there must be some.
func (a *Answerer) sameEntry(x, y *Entry) bool {
	if x.Language == y.Language {
		return false
	}
	if family(x.Language) == family(y.Language) {
		fold := a.Fold
		if fold == nil {
			fold = strings.ToLower
		}
		return alike(fold(x.Question+x.Answer), fold(y.Question+y.Answer)) >= siblingText
	}
	return grounding.Rules{Fold: a.Fold}.SameFacts(x.Answer, y.Answer)
}

// alike is Dice's coefficient of the pairs of letters and digits in two texts.
func alike(x, y string) float64 {
	count, all, both := map[[2]rune]int{}, 0, 0
	pairs := func(s string, each func([2]rune)) {
		var last rune
		for _, r := range s {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				continue
			}
			if last != 0 {
				all++
				each([2]rune{last, r})
			}
			last = r
		}
	}
	pairs(x, func(p [2]rune) { count[p]++ })
	pairs(y, func(p [2]rune) {
		if count[p] > 0 {
			count[p]--
			both++
		}
	})
	if all == 0 {
		return 0
	}
	return 2 * float64(both) / float64(all)
}
