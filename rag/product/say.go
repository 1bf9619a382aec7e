package product

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// A Card is a product as a reply shows it; what the row does not hold is "".
type Card struct {
	SKU          string `json:"sku"`
	Name         string `json:"name"`
	Price        string `json:"price,omitempty"`        // as the reply's language writes it
	Availability string `json:"availability,omitempty"` // in the reply's language
	Link         string `json:"link,omitempty"`
	Image        string `json:"image,omitempty"`
}

// MaxCards is how many products a reply shows.
const MaxCards = 3

// few is the stock from which on it is told how many are left.
const few = 5

// words are what is said of a product, by language.
type words struct {
	price, stocked, last, out, link, which string
	inStock, left, soldOut                 string
	end, colon, between                    string
}

var said = map[string]words{
	"en": {price: "The price of %s is %s.", stocked: "We have %s in stock.", last: "We have %[2]d of %[1]s left.", out: "We are out of %s at the moment.",
		link: "You find %s here: %s", which: "%d products fit. Which one do you mean?",
		inStock: "In stock", left: "%d left", soldOut: "Sold out", end: ".", colon: ": ", between: " "},
	"zh-Hant": {price: "%s 的售價是 %s。", stocked: "%s 目前有現貨。", last: "%s 目前只剩 %d 件。", out: "%s 目前缺貨。",
		link: "%s 的商品頁在這裡：%s", which: "有 %d 件商品符合，請問您想問的是哪一件？",
		inStock: "有現貨", left: "只剩 %d 件", soldOut: "缺貨中", end: "。", colon: "：", between: ""},
	"zh-Hans": {price: "%s 的售价是 %s。", stocked: "%s 目前有现货。", last: "%s 目前只剩 %d 件。", out: "%s 目前缺货。",
		link: "%s 的商品页在这里：%s", which: "有 %d 件商品符合，请问您想问的是哪一件？",
		inStock: "有现货", left: "只剩 %d 件", soldOut: "缺货中", end: "。", colon: "：", between: ""},
}

func in(language string) words {
	if w, ok := said[language]; ok {
		return w
	}
	return said["en"]
}

// Availability says a stock in words; "" when it is not counted.
func (p Product) Availability(language string) string {
	w := in(language)
	switch {
	case p.Stock == nil:
		return ""
	case *p.Stock == 0:
		return w.soldOut
	case *p.Stock <= few:
		return fmt.Sprintf(w.left, *p.Stock)
	}
	return w.inStock
}

// Card shows p in a language. Link and image are shown only on one of origins.
func (p Product) Card(language string, origins []string) Card {
	return Card{SKU: p.SKU, Name: p.Name, Price: Format(p.Price, p.Currency, language), Availability: p.Availability(language),
		Link: on(p.Link, origins), Image: on(p.Image, origins)}
}

func on(address string, origins []string) string {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains(origins, u.Scheme+"://"+strings.ToLower(u.Host)) {
		return ""
	}
	return address
}

// Answer is what the one product of r tells of what is asked, in a language; ""
// when the row does not hold it.
func (r Reading) Answer(language string, origins []string) string {
	if len(r.Products) != 1 {
		return ""
	}
	p, w := r.Products[0], in(language)
	var lines []string
	intent := r.Intent
	if intent&AskAmount != 0 && len(r.Attributes) == 0 {
		intent |= AskPrice
	}
	if intent&(AskPrice|AskStock|AskLink) == 0 && len(r.Attributes) == 0 {
		return p.all(language, w)
	}
	if intent&AskPrice != 0 {
		price := p.price(language, w)
		if price == "" {
			return ""
		}
		lines = append(lines, price)
	}
	if intent&AskStock != 0 || intent&AskHave != 0 && len(r.Attributes) > 0 && p.Stock != nil {
		stock := p.stock(w)
		if stock == "" {
			return ""
		}
		lines = append(lines, stock)
	}
	for _, a := range r.Attributes {
		lines = append(lines, p.Attributes[a].line(w))
	}
	if intent&AskLink != 0 {
		link := on(p.Link, origins)
		if link == "" {
			return ""
		}
		lines = append(lines, fmt.Sprintf(w.link, p.Name, link))
	}
	return strings.Join(lines, w.between)
}

func (p Product) price(language string, w words) string {
	if p.Price == "" {
		return ""
	}
	return fmt.Sprintf(w.price, p.Name, Format(p.Price, p.Currency, language))
}

func (p Product) stock(w words) string {
	switch {
	case p.Stock == nil:
		return ""
	case *p.Stock == 0:
		return fmt.Sprintf(w.out, p.Name)
	case *p.Stock <= few:
		return fmt.Sprintf(w.last, p.Name, *p.Stock)
	}
	return fmt.Sprintf(w.stocked, p.Name)
}

func (a Attribute) line(w words) string { return a.Name + w.colon + a.Value + w.end }

func (p Product) all(language string, w words) string {
	var lines []string
	for _, line := range []string{p.price(language, w), p.stock(w)} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	for _, a := range p.Attributes {
		lines = append(lines, a.line(w))
	}
	return strings.Join(lines, w.between)
}

// Evidence is all that a product tells, for a model to write from and a fact
// lock to hold it to.
func (p Product) Evidence(language string) string {
	return strings.TrimSpace(p.Name + in(language).between + p.all(language, in(language)))
}

// Which asks which of n products is meant.
func Which(language string, n int) string { return fmt.Sprintf(in(language).which, n) }

// Names are what to choose among several products by: their names, with the
// SKU where two have the same.
func Names(list []Card) []string {
	count := map[string]int{}
	for _, p := range list {
		count[Key(p.Name)]++
	}
	var names []string
	for _, p := range list {
		name := p.Name
		if count[Key(p.Name)] > 1 {
			name += " (" + p.SKU + ")"
		}
		names = append(names, name)
	}
	return names
}
