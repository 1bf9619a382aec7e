package confidence

import "slices"

// A Level is how sure a shop wants to be of an answer that goes out by itself.
type Level struct {
	Name   string
	Target float64 // the share of such answers that shall be right
	Start  float64 // the threshold until the shop has Enough labels
}

// Levels are what a shop may choose of, the strictest first. The starts are
// points of the calibrated probability itself; that of "sure" is Threshold.
var Levels = []Level{
	{"very_sure", 0.95, 0.90},
	{"sure", 0.90, Threshold},
	{"relaxed", 0.80, 0.65},
}

// Enough is how many labels a shop needs before its thresholds are found from
// them: with 50 a share of 0.9 is known to ±0.08.
const Enough = 50

// CheckWeight is how many labels a check is worth towards Enough. What shoppers say
// is given seldom, of some answers only and for reasons of their own; a check is the
// merchant's word on which entry is right. So Enough asks of them no more than Choose
// itself does: ten right ones of ten are the fewest from which it can prove the target
// of "sure" (lower bound 0.905; nine prove nothing). For the choice itself a check
// counts once as any label: what a threshold promises rests on how many were seen.
const CheckWeight = 5

// Checks is how many of the labels checks told.
func Checks(labels []Label) (n int) {
	for _, l := range labels {
		if l.Check {
			n++
		}
	}
	return n
}

// Missing is how many labels more, of shoppers, are needed until they are Enough.
func Missing(labels []Label) int {
	return max(0, Enough-len(labels)-(CheckWeight-1)*Checks(labels))
}

// LevelOf returns the level of a name; "sure" if there is none.
func LevelOf(name string) Level {
	if i := slices.IndexFunc(Levels, func(l Level) bool { return l.Name == name }); i >= 0 {
		return Levels[i]
	}
	return Levels[1]
}

// ThresholdOf is the level's threshold for a shop: chosen from its labels if they
// are Enough (learned), else its start. No level gets a lower one than a more relaxed.
func (l Level) ThresholdOf(labels []Label) (threshold float64, learned bool) {
	if Missing(labels) > 0 {
		return l.Start, false
	}
	for _, other := range Levels {
		if other.Target > l.Target {
			continue
		}
		threshold = max(threshold, Choose(labels, other.Target, other.Start).Threshold)
	}
	return threshold, true
}
