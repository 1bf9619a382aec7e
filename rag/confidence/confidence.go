// Package confidence says how likely it is that the entry found first answers
// the question: features of one retrieval and a logistic model on them, fitted
// over many shops.
//
// It never decides what to do with that probability; it only offers the
// threshold that a new shop starts with.
package confidence

import "math"

// Features are what one retrieval shows of its own reliability. All but
// Unmatched are shares or cosines, between 0 and 1.
type Features struct {
	// Taught says that a classifier was trained on the shop's phrasings; the
	// two kinds of shop have a model each.
	Taught bool

	Cosine    float64 // of the question with the first entry's nearest phrasing
	Nearest   float64 // the best cosine of any entry
	Standout  float64 // Cosine less the mean over the shop's entries
	Class     float64 // the classifier's probability of the first entry; 0 untaught
	Doubt     float64 // entropy of the classifier's probabilities, as a share of the greatest; 0 untaught
	Known     float64 // share of the question, weighed by rarity, that the shop's questions have at all
	Words     float64 // share of its content words that any text of the shop has
	Cover     float64 // share of it, weighed by rarity, that the first entry's texts have
	WordCover float64 // the same of its content words alone
	Reverse   float64 // share of the nearest phrasing that the question has
	Overlap   float64 // words that the two share, function words too (Dice's coefficient)
	Style     float64 // share of the question's letter pairs that the nearest phrasing has
	Unmatched float64 // content words of the question, weighed by rarity, that the first entry lacks: a number
}

// Size is the number of values in a Vector.
const Size = len(Names)

// Names name the values of Vector, in order.
var Names = [...]string{
	"nearest", "standout", "class", "doubt", "words", "cover", "word cover", "overlap", "style",
	"unmatched", "cosine × known", "cover × reverse",
}

// Vector is the features as the models take them.
func (f Features) Vector() [Size]float64 {
	return [Size]float64{
		f.Nearest, f.Standout, f.Class, f.Doubt, f.Words, f.Cover, f.WordCover, f.Overlap, f.Style,
		math.Log1p(f.Unmatched), f.Cosine * f.Known, f.Cover * f.Reverse,
	}
}

// Probability is the calibrated probability that the first entry answers.
func Probability(f Features) float64 {
	if f.Taught {
		return Taught.Probability(f.Vector())
	}
	return Plain.Probability(f.Vector())
}
