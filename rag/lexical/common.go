package lexical

import (
	_ "embed"
	"strings"
)

//go:embed common.txt
var commonText string

// commonTiers holds by hash the tier of each common word, from 1.
var commonTiers = parseCommon(commonText)

// Tiers is the number of tiers of commonness, 0 included.
const Tiers = 4

// Tier says how common a term is in everyday speech, whatever the trade: 1 for
// the commonest to Tiers-1, and 0 for every other term. A shop of thirty entries
// is too small to tell by itself that "give" says less than "waterproof".
func Tier(t Term) uint8 { return commonTiers[t.Hash] }

// parseCommon reads the tiers. A word counts whole: of a Chinese one of two
// characters the pair is common, not each character.
func parseCommon(text string) map[uint32]uint8 {
	tiers := map[uint32]uint8{}
	var tier uint8
	var a Analyzer
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line == "tier":
			tier++
		default:
			for word := range strings.FieldsSeq(line) {
				if hash, ok := a.whole(word); ok && tiers[hash] == 0 {
					tiers[hash] = tier
				}
			}
		}
	}
	return tiers
}

// whole gives the hash of the one term that stands for all of a word; "can't"
// has none, being two.
func (a *Analyzer) whole(word string) (uint32, bool) {
	terms := a.appendPlain(nil, word)
	switch len(a.pieces) {
	case 1:
		return a.pieces[0].hash, true
	case 2:
		for _, t := range terms {
			if t.Kind == Pair {
				return t.Hash, true
			}
		}
	}
	return 0, false
}
