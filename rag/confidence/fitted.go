package confidence

// The coefficients, in the order of Names, fitted by `storebot eval --fit` on
// ten labelled sets in English and Chinese (the demo shop's among them), each
// counting alike, those with phrasings with 5 and with 20 an entry. The README of
// rag has the figures of each shop under the models of the others. What calibration
// error is left depends on the share of questions that nothing answers, which
// differs from shop to shop and cannot be known beforehand.
var (
	// Taught is for shops whose phrasings trained a classifier.
	Taught = Model{Bias: -0.1859, Weights: [Size]float64{
		0, -4.0811, 2.9282, 2.4532, 0.3914, 2.4249, 2.1335, -0.2816, 3.2848, -4.4796, -6.3681, 0.7066, -0.9366, 1.1865, 0, 0,
	}}
	// Plain is for shops with too few phrasings to train one, or too few
	// entries for its word to count.
	Plain = Model{Bias: -2.0974, Weights: [Size]float64{
		1.0440, 0, 0, 0, 0, 3.3444, 1.9315, -0.1393, 3.5418, 0, -5.4965, 0, 0, 0.9646, 0, 0,
	}}
	// TaughtMeant and PlainMeant are for the same shops where vectors take part,
	// fitted with those of the built-in encoder.
	TaughtMeant = Model{Bias: 0.3654, Weights: [Size]float64{
		0, -3.0833, 1.7125, 1.6566, -0.0749, 2.7138, 1.3698, -0.1714, 1.9204, -3.6685, -7.2194, 0.6290, -1.1318, 0.8619, 3.7403, 0,
	}}
	PlainMeant = Model{Bias: -4.2807, Weights: [Size]float64{
		-2.0689, 0, 0, 0, 0, 3.3275, 1.1934, -0.0320, 4.4982, 0, -2.1684, 0, 0, 0.6314, 0, 4.1658,
	}}
)
