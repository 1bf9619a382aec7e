package rag

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"storebot/rag/product"
)

// Content is all that a merchant can write in an entry.
type Content struct {
	Question  string
	Answer    string
	Category  string
	Language  string // BCP 47; "" lets the detector tell it
	Phrasings []string
	Terms     Terms
	By        uuid.UUID // the account that wrote it; uuid.Nil: the program. No part of the content.
}

// Content is what the merchant wrote in an entry, to be changed.
func (e *Entry) Content() Content {
	return Content{Question: e.Question, Answer: e.Answer, Category: e.Category, Language: e.Language, Phrasings: slices.Clone(e.Phrasings), Terms: e.Terms}
}

// With returns the entry with another content; a language that the content does
// not say stays.
func (e Entry) With(c Content) Entry {
	e.Question, e.Answer, e.Category, e.Phrasings, e.Terms = c.Question, c.Answer, c.Category, c.Phrasings, c.Terms
	if c.Language != "" {
		e.Language = c.Language
	}
	return e
}

// A Phrasing is one way of asking an entry, as it is embedded.
type Phrasing struct {
	ID   uuid.UUID
	Text string
}

// A Hash is a SHA-256 sum.
type Hash [sha256.Size]byte

// Clean trims white space at the ends of every text, puts each phrasing on one line and drops
// phrasings that are empty, the question itself or an earlier phrasing.
func (c Content) Clean() Content {
	c.Question, c.Answer = strings.TrimSpace(c.Question), strings.TrimSpace(c.Answer)
	c.Category, c.Language = strings.TrimSpace(c.Category), strings.TrimSpace(c.Language)
	var phrasings []string
	for _, p := range c.Phrasings {
		p = product.OneLine(p)
		if p != "" && p != c.Question && !slices.Contains(phrasings, p) {
			phrasings = append(phrasings, p)
		}
	}
	c.Phrasings = phrasings
	c.Terms = c.Terms.clean()
	return c
}

// Hash is over everything in the content, the language included, so it is taken
// after detection. Each text goes in after its length: no two contents share
// the bytes that are summed.
func (c Content) Hash() Hash {
	size := 64
	for _, p := range c.Phrasings {
		size += len(p) + 8
	}
	buf := make([]byte, 0, size+len(c.Question)+len(c.Answer)+len(c.Category)+len(c.Language))
	add := func(text string) {
		buf = binary.BigEndian.AppendUint64(buf, uint64(len(text)))
		buf = append(buf, text...)
	}
	add(c.Question)
	add(c.Answer)
	add(c.Category)
	add(c.Language)
	for _, p := range c.Phrasings {
		add(p)
	}
	for _, m := range c.Terms.marks() {
		add(m)
	}
	return sha256.Sum256(buf)
}

// ETag names what stands in an entry: two have the same exactly if they have the same
// content, whatever was between.
func (e *Entry) ETag() string { return e.Content().ETag() }

// ETag is that of an entry which has the content.
func (c Content) ETag() string {
	sum := c.Hash()
	return hex.EncodeToString(sum[:16])
}

// QuestionHash finds the entries that a question means: those with exactly
// this text, white space at its ends aside.
func QuestionHash(question string) Hash { return sha256.Sum256([]byte(strings.TrimSpace(question))) }

// Check returns an *InputError for the first text that is missing or exceeds
// its limit.
func (c Content) Check() error {
	for _, f := range []struct {
		name, text string
		limit      int
		needed     bool
	}{
		{"question", c.Question, MaxQuestion, true}, {"answer", c.Answer, MaxAnswer, true},
		{"category", c.Category, MaxCategory, false},
	} {
		if f.needed && f.text == "" {
			return &InputError{Code: "missing_" + f.name, Message: "the " + f.name + " is empty", Cure: "write the " + f.name}
		}
		if utf8.RuneCountInString(f.text) > f.limit {
			return tooLong(f.name, f.limit)
		}
	}
	if len(c.Phrasings) > MaxPhrasings {
		return &InputError{Code: "too_many_phrasings", Message: "the entry has more phrasings than are allowed",
			Cure: "keep those that differ most, or make two entries of it"}
	}
	for _, p := range c.Phrasings {
		if utf8.RuneCountInString(p) > MaxQuestion {
			return tooLong("phrasing", MaxQuestion)
		}
	}
	return c.Terms.check()
}

// A Validity is an entry's terms at a moment, in one word.
type Validity string

// The validities. Live alone is answered.
const (
	ValidityDraft Validity = "draft"
	Scheduled     Validity = "scheduled" // published, its first moment is to come
	Live          Validity = "live"
	Expired       Validity = "expired"
)

// A UsedFilter picks entries by what shoppers made of them.
type UsedFilter string

// The ways to pick.
const (
	NeverUsed UsedFilter = "never"     // answered in no conversation
	Unhelpful UsedFilter = "unhelpful" // rated as no help at least once
)

// An EntryOrder is the order of a list; within it, the merchant's.
type EntryOrder string

// The orders.
const (
	MerchantOrder EntryOrder = ""
	MostUsed      EntryOrder = "used"
	LastUpdated   EntryOrder = "updated"
)

// An EntryFilter says which entries a list shows; zero fields do not filter.
type EntryFilter struct {
	Search   string // contained in question, answer or a phrasing, whatever its case
	Category string
	Language string
	Validity Validity
	Used     UsedFilter
	Order    EntryOrder
	After    EntryCursor // the Next of the page before
	Limit    int         // 1…; how many entries a page holds
}

// An EntryCursor is a place in an ordered list; the zero value is before its first.
type EntryCursor struct{ Rank, Position int64 }

// An EntryPage is a part of the shop's entries.
type EntryPage struct {
	Entries    []Entry
	Next       EntryCursor // zero on the last page
	Total      int         // entries that fit the filter, on all pages
	Categories []string    // all that the shop uses, sorted
}

// A Usage is what shoppers made of an entry, in the conversations that are kept.
type Usage struct {
	Conversations int       // that it answered in, directly or as a source of a composed answer
	Helpful       int       // ratings of those answers
	Unhelpful     int       //
	LastUsed      time.Time // zero: never
}
