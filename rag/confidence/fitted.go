package confidence

// The coefficients, in the order of Names, fitted by `storebot eval --fit` on
// ten labelled sets in English and Chinese (the demo shop's among them), each
// counting alike, those with phrasings with 5 and with 20 an entry. The README of
// rag has the figures of each shop under the models of the others. What calibration
// error is left depends on the share of questions that nothing answers, which
// differs from shop to shop and cannot be known beforehand.
var (
	// Taught is for shops whose phrasings trained a classifier.
	Taught = Model{Bias: 0.1856, Weights: [Size]float64{
		0, -3.4617, 2.6065, 2.4004, 0.3847, 2.1909, 2.2543, -0.2212, 3.4707, -4.7281, -6.7818, 0.7123, -0.8280, 1.1756, 0, 0,
	}}
	// Plain is for shops with too few phrasings to train one, or too few
	// entries for its word to count.
	Plain = Model{Bias: -2.0974, Weights: [Size]float64{
		1.0440, 0, 0, 0, 0, 3.3444, 1.9315, -0.1393, 3.5418, 0, -5.4965, 0, 0, 0.9646, 0, 0,
	}}
	// TaughtMeant and PlainMeant are for the same shops where vectors take part,
	// fitted with those of the built-in encoder.
	TaughtMeant = Model{Bias: 0.2172, Weights: [Size]float64{
		0, -2.1067, 1.4657, 1.5616, -0.0262, 2.7214, 1.3842, -0.2205, 1.7620, -3.5859, -7.1329, 0.6043, -1.2327, 0.9283, 3.6517, 0,
	}}
	PlainMeant = Model{Bias: -4.2807, Weights: [Size]float64{
		-2.0689, 0, 0, 0, 0, 3.3275, 1.1934, -0.0320, 4.4982, 0, -2.1684, 0, 0, 0.6314, 0, 4.1658,
	}}
)
