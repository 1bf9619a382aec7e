// Package confidence says how likely it is that the entry found first answers
// the question: features of one retrieval and a logistic model on them, fitted
// over many shops.
//
// The features include how like each other the shop's own phrasings are, so that
// the same cosine counts for more in a shop whose entries share few words: that
// halved the calibration error of shops with phrasings that no model had seen.
// Tried and left out, because unseen shops got worse by them: the lead over the
// second match (it tells which entry is right, and lifts questions that nothing
// answers), the number of entries, agreement among the five nearest phrasings, the
// classifier's energy, the count of rare words, and likeness to a background list
// of small talk and general knowledge (real shoppers' unanswerable questions are
// about the shop's trade, not about the weather).
//
// It never decides what to do with that probability; it only offers the
// thresholds that a new shop starts with.
package confidence

import "math"

// Features are what one retrieval shows of its own reliability. All but
// Unmatched and Length are shares, cosines or differences of them, between -1 and 1.
type Features struct {
	// Taught says that a classifier was trained on the shop's phrasings and has
	// entries enough to tell apart; Meant, that an embedding model's vectors took
	// part. Each of the four kinds of retrieval has a model.
	Taught, Meant bool

	Nearest   float64 // the best cosine of any entry
	Standout  float64 // cosine with the first entry's nearest phrasing, less the mean over the shop's entries
	Class     float64 // the classifier's probability of the first entry; 0 untaught
	Doubt     float64 // entropy of the classifier's probabilities, as a share of the greatest; 0 untaught
	Words     float64 // share of the question's content words that any text of the shop has
	Cover     float64 // share of the question, weighed by rarity, that the first entry's texts have
	Reverse   float64 // share of the nearest phrasing that the question has
	Overlap   float64 // words that the two share, function words too (Dice's coefficient)
	Matched   float64 // share of the question's content words, weighed by rarity, that the first entry's texts have
	Unmatched float64 // content words of the question, weighed by rarity, that the first entry lacks: a number
	Length    float64 // words of the question, function words too: a number
	Meaning   float64 // cosine of the vectors of the question and the first entry's nearest phrasing, the shop's mean being 0; 0 without vectors
	Familiar  float64 // greatest cosine of the vectors of the question and any phrasing; 0 without vectors

	// Usual is the same for every question of a shop.
	Usual Usual
}

// Usual is how like each other a shop's own questions and phrasings are: each
// of a sample is asked of all the others, and the means are kept. What is a
// high cosine in a shop whose entries hardly share a word is a low one where
// twenty phrasings say nearly the same, and this tells which it is, without a
// single labelled question.
type Usual struct {
	Nearest float64 // cosine with the nearest other one
	Overlap float64 // words that it shares with the phrasing then found first (Dice's coefficient)
}

// Size is the number of values in a Vector.
const Size = len(Names)

// Names name the values of Vector, in order.
var Names = [...]string{
	"nearest", "standout", "class", "doubt", "words", "cover", "overlap", "unmatched",
	"cover × reverse", "usual nearest", "usual overlap", "class odds", "matched", "length", "meaning", "familiar",
}

// Vector is the features as the models take them.
func (f Features) Vector() [Size]float64 {
	return [Size]float64{
		f.Nearest, f.Standout, f.Class, f.Doubt, f.Words, f.Cover, f.Overlap, math.Log1p(f.Unmatched),
		f.Cover * f.Reverse, f.Usual.Nearest, f.Usual.Overlap, logOdds(f.Class), f.Matched, math.Log1p(f.Length), f.Meaning, f.Familiar,
	}
}

// logOdds are those of a probability, held within those of 0.01 and 0.99.
func logOdds(p float64) float64 { return math.Log((p + 0.01) / (1.01 - p)) }

// Probability is the calibrated probability that the first entry answers.
func Probability(f Features) float64 {
	return f.Model().Probability(f.Vector())
}

// Model is the one for this kind of retrieval.
func (f Features) Model() *Model {
	switch {
	case f.Taught && f.Meant:
		return &TaughtMeant
	case f.Taught:
		return &Taught
	case f.Meant:
		return &PlainMeant
	}
	return &Plain
}
