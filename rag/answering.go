package rag

import (
	"strings"
	"time"
	"unicode"
)

// A Tone is how a shop's answers sound.
type Tone string

// The tones, as stored.
const (
	Plain Tone = "plain" // the merchant's words as they stand wherever one entry answers
	Warm  Tone = "warm"  // a model may put them more warmly
)

// Answering is how a shop answers, as its merchant sets it.
type Answering struct {
	Strictness string // the name of one of confidence.Levels
	Tone       Tone
	Budget     time.Duration // 100 ms … 10 s
	Texts      FixedTexts    // the merchant's own, cleaned
}

// A LevelReport is what one strictness does in a shop.
type LevelReport struct {
	Name          string
	Target        float64
	Threshold     float64
	Learned       bool // from the shop's labels
	AnsweredShare float64
	Labels, Right int // of the labels at or above the threshold
	Low, High     float64
}

// An AnsweringReport is how a shop answers and what each strictness would do.
type AnsweringReport struct {
	Answering Answering
	Levels    []LevelReport
	Questions int // that AnsweredShare is made of
	Labels    int
	Checks    int // of the labels
	Products  ProductAnswers
	Missing   int // how many more labels thresholds need, of which a check is worth confidence.CheckWeight
}

// ProductAnswers are the answers from products' rows: no entry is found for them, and
// no threshold is found from them.
type ProductAnswers struct{ Given, Rated, Helped int }

// Plaintext is a merchant's fixed text as it is kept: without characters that hide
// something, lines trimmed and kept apart.
func Plaintext(text string) string {
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		lines = append(lines, Clean(line))
	}
	return strings.TrimFunc(strings.Join(lines, "\n"), unicode.IsSpace)
}
