package confidence

// What a new shop starts with, until its own labelled turns set another. The
// shares and precisions are those of models that never saw the shop.
const (
	// Threshold is the confidence from which an answer goes out without anybody
	// having looked. With twenty phrasings an entry 0.92 of such answers are
	// right in the mean over six shops: 0.91 to 1.00 in the four whose
	// questions are clean, 0.88 and 0.82 on the real traffic of two shops
	// of which half and two thirds has no answer. Clean shops answer between a
	// third and nine tenths at once. Without phrasings it is 0.87 in the mean,
	// and 0.67 where entries differ by a word and most questions have no answer:
	// no model can know that share beforehand, but Choose learns it.
	Threshold = 0.80
	// Unsure is the confidence below which nothing is offered. Just above it one
	// clarifying question in three offers the right entry among its three; between
	// the two thresholds it is about half on real traffic and four fifths where
	// most questions have an answer. A useless offer costs the shopper a glance,
	// an abstention a person's time, so one in three pays.
	Unsure = 0.25
)
