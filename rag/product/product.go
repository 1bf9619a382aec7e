// Package product is what a shop sells: its rows and what makes them valid,
// how a price is read and written, and which product a shopper asks about,
// for what. It does no I/O, and it says nothing that does not stand in a row.
package product

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"
)

// A Product is one row of what a shop sells.
type Product struct {
	ID         uuid.UUID // uuid.Nil: not stored yet
	SKU        string    // the shop's own number of it, at most MaxSKU runes
	Name       string    // at most MaxName runes
	Price      Price     // "": none is told
	Currency   string    // ISO 4217; "" only without a price
	Stock      *int      // nil: not counted
	Link       string    // where the shop's page shows it; an http or https address, or ""
	Image      string    // likewise
	Attributes []Attribute
	OtherNames []string // how shoppers call it besides
	Phrasings  []string // questions that are about it though they do not name it; see Subject
	UpdatedAt  time.Time
}

// An Attribute is a property: "Colour", "blue, grey".
type Attribute struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Limits of a product; texts in runes.
const (
	MaxSKU            = 100
	MaxName           = 300
	MaxAddress        = 2000
	MaxAttributes     = 30
	MaxAttributeName  = 100
	MaxAttributeValue = 1000
	MaxOtherNames     = 20
	MaxPhrasings      = 200
	MaxPhrasing       = 500
	MaxStock          = 1_000_000_000
)

// Key is a SKU as it is compared: width, case and surrounding space do not count.
func Key(sku string) string {
	return strings.ToLower(strings.TrimSpace(norm.NFKC.String(sku)))
}

// Clean trims white space at the ends of every text and drops what is empty or
// stands twice among other names, phrasings and attributes.
func (p Product) Clean() Product {
	for _, text := range []*string{&p.SKU, &p.Name, &p.Currency, &p.Link, &p.Image} {
		*text = strings.TrimFunc(*text, unicode.IsSpace)
	}
	p.Price = Price(strings.TrimSpace(string(p.Price)))
	p.Currency = strings.ToUpper(p.Currency)
	if p.Price == "" {
		p.Currency = ""
	}
	var attributes []Attribute
	for _, a := range p.Attributes {
		a = Attribute{strings.TrimSpace(a.Name), strings.TrimSpace(a.Value)}
		if a.Name != "" || a.Value != "" {
			attributes = append(attributes, a)
		}
	}
	p.Attributes = attributes
	seen := map[string]bool{Key(p.Name): true}
	var names []string
	for _, n := range p.OtherNames {
		n = OneLine(n)
		if n != "" && !seen[Key(n)] {
			seen[Key(n)] = true
			names = append(names, n)
		}
	}
	p.OtherNames = names
	var phrasings []string
	for _, q := range p.Phrasings {
		if q = OneLine(q); q != "" && !slices.Contains(phrasings, q) {
			phrasings = append(phrasings, q)
		}
	}
	p.Phrasings = phrasings
	return p
}

// Same reports whether two products have the same content: all but the id, the
// time and the attributes' order.
func (p Product) Same(q Product) bool {
	return p.SKU == q.SKU && p.Name == q.Name && p.Price == q.Price && p.Currency == q.Currency && sameStock(p.Stock, q.Stock) &&
		p.Link == q.Link && p.Image == q.Image && slices.Equal(sorted(p.Attributes), sorted(q.Attributes)) && slices.Equal(p.OtherNames, q.OtherNames) &&
		slices.Equal(p.Phrasings, q.Phrasings)
}

func sorted(list []Attribute) []Attribute {
	return slices.SortedFunc(slices.Values(list), func(a, b Attribute) int { return strings.Compare(a.Name, b.Name) })
}

func sameStock(a, b *int) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// A StockFilter picks products by their stock.
type StockFilter string

// The ways to pick; "" picks all.
const (
	InStock    StockFilter = "in"
	SoldOut    StockFilter = "out"
	NotCounted StockFilter = "none"
)

// A Filter says which products a list shows; zero fields do not filter.
type Filter struct {
	Search string // contained in SKU, name, another name or an attribute's value, whatever its case
	Stock  StockFilter
	After  int64 // the Next of the page before
	Limit  int
}

// A Page is a part of a shop's products, in the order in which they came.
type Page struct {
	Products       []Product
	Next           int64 // 0 on the last page
	Total          int   // on all pages
	AttributeNames []string
}
