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
	if len(labels) < Enough {
		return l.Start, false
	}
	for _, other := range Levels {
		if other.Target <= l.Target {
			threshold = max(threshold, Choose(labels, other.Target).Threshold)
		}
	}
	return threshold, true
}
