package confidence

// The coefficients, in the order of Names, fitted by `storebot eval --fit` on
// ten labelled sets in English and Chinese (the demo shop's among them), each
// counting alike, those with phrasings with 5 and with 20 an entry. With each
// shop left out in turn the probability's rank tells questions in scope from
// others with a mean AUROC of 0.83 for shops without phrasings and 0.86 with
// them, and its expected calibration error is 0.098 and 0.053 in the mean (0.046
// with twenty): what is left depends on the share of questions that nothing
// answers, which differs from shop to shop and cannot be known beforehand.
var (
	// Taught is for shops whose phrasings trained a classifier.
	Taught = Model{Bias: -0.3877, Weights: [Size]float64{
		0, -4.0710, 2.9873, 2.4925, 0.3792, 2.4602, 2.1279, -0.2764, 3.3000, -4.9384, -5.6237, 0.6999, -0.9263, 1.1888,
	}}
	// Plain is for shops with too few phrasings to train one, or too few
	// entries for its word to count.
	Plain = Model{Bias: -2.0839, Weights: [Size]float64{
		1.0410, 0, 0, 0, 0, 3.3456, 1.9335, -0.1372, 3.5487, 0, -5.5348, 0, 0, 0.9662,
	}}
)
