package confidence

// Threshold is the confidence from which a new shop's answers go out without
// anybody having looked: strict, until its own labelled turns set another. On
// the shops that the model never saw, nine in ten such answers or more are
// right where questions are mostly in scope; in the two with mostly questions
// that nothing answers it is lower, which no model can know beforehand.
const Threshold = 0.85
