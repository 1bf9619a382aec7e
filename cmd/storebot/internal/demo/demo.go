// Package demo is the shop that a fresh installation starts with: its FAQ, its
// texts and products, and the page on which the widget can be tried.
//
// It only holds and shows them. Making the shop's account and importing its FAQ
// goes the way of any other merchant, elsewhere.
package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

//go:embed faq.csv
var faq []byte

//go:embed products.csv
var products []byte

//go:embed shop.json
var shopFile []byte

// FAQ returns the shop's FAQ as the CSV that a merchant would upload, UTF-8.
func FAQ() []byte { return slices.Clone(faq) }

// A ShopFile is the demo shop as shop.json describes it.
type ShopFile struct {
	Currency string          `json:"currency"` // ISO 4217
	Texts    map[string]Text `json:"texts"`    // by BCP 47 tag: every tag of Languages
	Products []Product       `json:"products"`
}

// A Text is what the shop says of itself in one language.
type Text struct {
	Name             string   `json:"name"`
	Tagline          string   `json:"tagline"`
	Intro            string   `json:"intro"`
	ProductsHeading  string   `json:"products_heading"`
	AskAbout         string   `json:"ask_about"` // on the button beside a product
	SuggestedHeading string   `json:"suggested_heading"`
	Greeting         string   `json:"greeting"`  // the widget's first words
	Suggested        []string `json:"suggested"` // questions that the FAQ answers
	Footer           []string `json:"footer"`
}

// A Product is one thing that the shop pretends to sell.
type Product struct {
	SKU     string                 `json:"sku"`
	Price   int                    `json:"price"` // whole units of the currency
	Drawing Drawing                `json:"drawing"`
	Texts   map[string]ProductText `json:"texts"`
}

// A ProductText names and describes a product in one language.
type ProductText struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

// A Drawing says how a product's picture is drawn: a shape in two colours.
type Drawing struct {
	Shape  string `json:"shape"`
	Main   string `json:"main"`   // #rrggbb
	Accent string `json:"accent"` // #rrggbb
}

// Languages are the tags of the languages that the shop speaks, its own first.
func Languages() []string { return []string{"zh-Hant", "en", "zh-Hans"} }

// Shop returns the demo shop. It is shared: do not change it.
func Shop() *ShopFile { return shop() }

// A shop file that does not parse is a fault of this build, which its tests
// would have found: there is no caller who could mend it.
var shop = sync.OnceValue(func() *ShopFile {
	s, err := parseShop(shopFile)
	if err != nil {
		panic(err)
	}
	return s
})

func parseShop(b []byte) (*ShopFile, error) {
	var s ShopFile
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, fmt.Errorf("shop.json: %w", err)
	}
	for _, l := range Languages() {
		if s.Texts[l].Name == "" {
			return nil, fmt.Errorf("shop.json: no texts for %s", l)
		}
		for _, p := range s.Products {
			if p.Texts[l].Name == "" {
				return nil, fmt.Errorf("shop.json: product %s has no name in %s", p.SKU, l)
			}
		}
	}
	return &s, nil
}
