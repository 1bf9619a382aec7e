// Package rageval measures how well questions find their entries, on labelled
// sets, with the definitions of the textbooks (Manning, Raghavan and Schütze,
// "Introduction to Information Retrieval", 2008):
//
//   - recall at k: the share of in-scope questions with a right entry among the
//     first k matches.
//   - MRR at 10: the mean over in-scope questions of 1 ÷ the rank of the first
//     right entry, 0 where none is among the first ten.
//   - AUROC out of scope: the probability that an in-scope question's confidence
//     is higher than an out-of-scope one's, ties counting half.
//   - operating point: the threshold on the confidence with the largest share of
//     all questions answered whose precision reaches a target. An answer is
//     right when the first match is; one to an out-of-scope question is wrong.
//   - ECE, the expected calibration error: in ten equal bins of confidence, the
//     mean distance between what was said and what came true, weighed by count.
//   - reliability: those ten bins, each with its count, the mean of what was said
//     and the share that came true.
//   - confusions: for each question whose right entry was found, but not first,
//     the pair of the right entry and the one that came first; counted, most
//     frequent first, twenty at most.
//   - milliseconds per question: p50 and p95 by nearest rank, over every question.
//   - build: milliseconds from entries to a searchable index, and the bytes that it
//     holds, texts included, also per 1,000 entries.
//   - decisions: what confidence.Threshold and confidence.Unsure make of the
//     questions. A direct answer is right when the first match is, a clarifying
//     question when one of the first three is, an abstention when no entry
//     answers.
//
// A set is either a folder of faq.csv, aliases.csv and queries.jsonl with ids, or
// a merchant's own sheet (with a column of phrasings) and questions.jsonl that
// names entries by their questions; the demo shop is of the second kind.
//
// A set's entries take the first N phrasings each, in the order of the file, so
// that a set with fewer phrasings is a part of the one with more. Every
// question is asked once, alone, in order; the milliseconds are those of the
// retrieval in this process, the time to embed the question included.
//
// Ablate measures the engine whole and without each part in turn; Compare lists
// the in-scope questions that one of two engines gets right and the other does
// not. Both leave the rest as it is: the confidence is not refitted without a part.
//
// The confidence is refitted by FitConfidence: each set counts alike however
// many questions it has, and each is measured with its own shop left out.
//
// It has no part in answering shoppers and keeps nothing.
package rageval
