// Package lite runs the Universal Sentence Encoder "lite" (Cer et al., EMNLP
// 2018; weights by Google, Apache License 2.0): a transformer of two layers and
// seven million weights that gives a sentence of English a vector of 512
// numbers. Of the published model it keeps what changes a vector, with weights
// of eight bits: the cosine with the original's vector is above .999.
package lite
