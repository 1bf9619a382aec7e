package confidence

// The coefficients, in the order of Names, fitted by `storebot eval --fit` on
// ten labelled sets in English and Chinese (the demo shop's among them), each
// counting alike, those with phrasings with 5 and with 20 an entry. With each
// shop left out in turn the probability's rank tells questions in scope from
// others with a mean AUROC of 0.83 for shops without phrasings and 0.86 with
// them, and its expected calibration error is 0.096 and 0.052 in the mean (0.047
// with twenty): what is left depends on the share of questions that nothing
// answers, which differs from shop to shop and cannot be known beforehand.
var (
	// Taught is for shops whose phrasings trained a classifier.
	Taught = Model{Bias: -0.4224, Weights: [Size]float64{
		0, -3.6687, 2.9659, 2.5967, 0.0833, 2.1725, 2.1781, -0.3242, 2.6629, -4.4914, -5.9888, 0.7475, -0.4863, 1.2502,
	}}
	// Plain is for shops with too few phrasings to train one, or too few
	// entries for its word to count.
	Plain = Model{Bias: -2.1859, Weights: [Size]float64{
		1.1586, 0, 0, 0, 0, 3.4141, 1.9427, -0.1010, 3.3274, 0, -5.3535, 0, 0, 0.9406,
	}}
)
