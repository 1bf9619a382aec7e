package rag

import (
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
)

// A Gap is what shoppers asked and no entry answered: a cluster of questions that
// ask the same. Its id stays as further questions come in.
type Gap struct {
	ID            uuid.UUID
	Question      string // the most typical one, masked
	Language      string
	Questions     int // open ones
	Conversations int // that they are from: the demand
	NotHelpful    int // of Questions, those whose answer did not help
	NotTakenUp    int // of Questions, those for which nothing that was offered was taken up
	FirstAskedAt  time.Time
	LastAskedAt   time.Time
	Entry         EntryID // that the merchant answered it with before these were asked; zero: none
}

// GapKind says why a question is in a gap.
type GapKind string

// The kinds, as stored.
const (
	Unanswered GapKind = "unanswered"   // nothing was found
	NotHelpful GapKind = "not_helpful"  // the shopper said that the answer did not help
	NotTakenUp GapKind = "not_taken_up" // nothing that was offered was taken up, and no answer came after it
)

// GapState says which gaps a list shows.
type GapState string

// The states, as stored.
const (
	OpenGaps      GapState = "open"
	DismissedGaps GapState = "dismissed"
)

// A GapQuestion is one question of a gap, as a shopper asked it.
type GapQuestion struct {
	ID           uuid.UUID
	Question     string // masked
	Language     string
	Kind         GapKind
	Conversation uuid.UUID
	AskedAt      time.Time
}

// Coverage says which share of the questions of a time got an answer. Small talk
// is no question, and one that was answered after a "did you mean" counts once.
type Coverage struct {
	Questions int
	Answered  int // with the shop's own words or from them, and not rated as no help
	Learnt    int // not answered then, but the merchant has written the answer since
	Open      int // not answered, and in an open gap
}

// Phrasings are a gap's questions as ways of asking the entry that will answer
// it: each once, without what was masked and without those too long for one.
func Phrasings(questions []GapQuestion) []string {
	var out []string
	seen := map[string]bool{}
	for _, q := range questions {
		text := searchable(q.Question)
		for _, word := range maskWords {
			text = strings.ReplaceAll(text, word, " ")
		}
		text = strings.Join(strings.Fields(text), " ")
		folded := foldTalk(text)
		if folded == "" || seen[folded] || len([]rune(text)) > MaxQuestion || len(out) == MaxPhrasings {
			continue
		}
		seen[folded] = true
		out = append(out, text)
	}
	return out
}

// maskWords are what Mask writes.
var maskWords = func() (words []string) {
	for _, rule := range maskRules {
		words = append(words, rule.word)
	}
	return words
}()

// Worth reports whether a question is worth a merchant's time: not small talk,
// not insults, and with a word of at least two letters or one character of a
// script without spaces.
func Worth(question string) bool {
	if smallTalkReason(question) != "" {
		return false
	}
	letters := 0
	for _, r := range question {
		switch {
		case unicode.Is(unicode.Han, r):
			return true
		case unicode.IsLetter(r):
			if letters++; letters == 2 {
				return true
			}
		default:
			letters = 0
		}
	}
	return false
}
