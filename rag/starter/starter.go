// Package starter holds the FAQs that a new shop can begin with: for six trades,
// in three languages, what shoppers ask of every shop and what they ask of
// this one, each with several ways of asking.
//
// It invents no policy. An answer is made of facts that the merchant gives in
// their own words ("two to four working days"); an entry whose facts were not
// given is left out. All texts are our own.
package starter

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Trade is what a shop sells.
type Trade string

// The trades that there is a pack for.
const (
	Fashion     Trade = "fashion"
	Food        Trade = "food"
	Beauty      Trade = "beauty"
	Electronics Trade = "electronics"
	Home        Trade = "home"
	Gifts       Trade = "gifts"
)

// Trades are all of them, in the order in which they are offered.
var Trades = []Trade{Fashion, Food, Beauty, Electronics, Home, Gifts}

// MaxFact is the longest fact, in runes.
const MaxFact = 500

// ErrUnknown is returned for a trade or a language without a pack.
var ErrUnknown = errors.New("starter: there is no pack for this trade and language")

// An Entry is one question of a pack. In a pack that was not filled in, Answer
// still names its facts: {delivery_time}.
type Entry struct {
	Question  string
	Answer    string
	Category  string
	Phrasings []string
}

// A FactError says what is wrong with one given fact.
type FactError struct {
	Fact string
	Rule string // unknown or too_long
}

func (e *FactError) Error() string { return fmt.Sprintf("starter: fact %s: %s", e.Fact, e.Rule) }

//go:embed en.csv zh-Hant.csv zh-Hans.csv
var sheets embed.FS

// everyTrade marks the entries that all packs have.
const everyTrade = "all"

type pack map[Trade][]Entry

var packs = map[string]pack{"en": read("en"), "zh-Hant": read("zh-Hant"), "zh-Hans": read("zh-Hans")}

// read parses one of the embedded sheets; what is wrong with one is a fault of
// the program.
func read(language string) pack {
	file, err := sheets.Open(language + ".csv")
	if err != nil {
		panic(err)
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("starter: %s: %v", language, err))
	}
	p := pack{}
	for _, row := range rows[1:] {
		e := Entry{Category: row[1], Question: row[2], Answer: row[3], Phrasings: strings.Split(row[4], "|")}
		for _, t := range Trades {
			if row[0] == everyTrade || row[0] == string(t) {
				p[t] = append(p[t], e)
			}
		}
	}
	return p
}

var placeholder = regexp.MustCompile(`\{([a-z_]+)\}`)

// Entries returns a trade's pack as it is before any fact is given. Error: ErrUnknown.
func Entries(trade Trade, language string) ([]Entry, error) {
	entries, ok := packs[language][trade]
	if !ok {
		return nil, ErrUnknown
	}
	return slices.Clone(entries), nil
}

// Facts names what the entry's answer is made from, in order.
func (e Entry) Facts() []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(e.Answer, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

// Fill returns the entries of which every fact is given. A fact stands in an answer as
// the merchant wrote it. Errors: ErrUnknown, *FactError.
func Fill(trade Trade, language string, facts map[string]string) ([]Entry, error) {
	entries, err := Entries(trade, language)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, e := range entries {
		for _, f := range e.Facts() {
			known[f] = true
		}
	}
	given := map[string]string{}
	for name, text := range facts {
		text = strings.TrimSpace(text)
		switch {
		case !known[name]:
			return nil, &FactError{name, "unknown"}
		case utf8.RuneCountInString(text) > MaxFact:
			return nil, &FactError{name, "too_long"}
		case text != "":
			given[name] = text
		}
	}
	var filled []Entry
	for _, e := range entries {
		if slices.ContainsFunc(e.Facts(), func(f string) bool { return given[f] == "" }) {
			continue
		}
		e.Answer = placeholder.ReplaceAllStringFunc(e.Answer, func(m string) string { return given[m[1:len(m)-1]] })
		filled = append(filled, e)
	}
	return filled, nil
}
