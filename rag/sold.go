package rag

import (
	"context"

	"storebot/rag/product"
)

// How sure a reply from a product's row is, by how the product was named.
// TestProductsAreAnsweredAsSurelyAsItIsSaid holds them to the labelled set.
const (
	sureOfWhole = 0.98 // its whole name or its SKU, and nothing in the question that the row does not explain
	sureOfPart  = 0.85 // the greater part of its name, which no other product has
	sureOfPage  = 0.95 // the one that the page shows, or that was spoken of
	unsureWhich = 0.5  // several are named equally well, or one by little of its name
)

// sold answers from the shop's products where the question is about what their
// rows tell: price, stock, link and attributes, in fixed words and never by a
// model. It gives way to an entry that asks the very same, and, where the
// question names no product whole, to one that answers surely and asks the same of it.
func (a *Answerer) sold(ctx context.Context, shop Shop, q Question, read *reading, r *Reply, w *wire) bool {
	shelf := read.found.Shelf
	asked, ok := shelf.Read(q.Text)
	read.sold = asked.Mentioned
	if !ok {
		a.besides(ctx, shop, asked.Rest, read, r)
		found, model := read.found.Confidence, a.Generator != nil && shop.Budget > 0
		if asked.Wanted && found < a.direct(shop) && !(model && found >= a.Unsure) { // a model may write from the row
			a.offerBeside(shop, asked.Mentioned, *read, r, w)
			return true
		}
		return false
	}
	sure := sureOfWhole
	switch {
	case asked.Points:
		p, ok := a.pointed(ctx, shop, q, shelf)
		if !ok {
			return false
		}
		if asked, ok = shelf.About(q.Text, p); !ok {
			return false
		}
		sure = sureOfPage
	case len(asked.Products) > 1:
		sure = unsureWhich
	case !asked.Whole && asked.Share < product.GreaterPart:
		sure = unsureWhich
	case !asked.Whole:
		sure = sureOfPart
	}
	if sure < sureOfPage && read.found.Confidence >= a.direct(shop) && (asked.AskedBy(read.found.Matches[0].Phrasing) || asked.AskedBy(read.found.Matches[0].Entry.Question)) {
		return false
	}
	if len(asked.Products) > 1 {
		a.offerProducts(shop, asked, r, w)
		return true
	}
	text := asked.Answer(r.Language, shop.Origins)
	if text == "" {
		return false
	}
	if sure < a.direct(shop) {
		a.offerProducts(shop, asked, r, w)
		return true
	}
	*r = Reply{Language: r.Language, Version: read.found.Version, Timings: r.Timings,
		Decision: Direct, Reason: ReasonProduct, Confidence: sure, Text: text}
	r.Products = cards(asked.Products, r.Language, shop.Origins)
	w.delta(text)
	return true
}

// offerBeside offers what a question names, whose price or stock it asks in words
// that are not all understood: the card shows both, and nothing is claimed. The
// entries that may be meant stand after it.
func (a *Answerer) offerBeside(shop Shop, named []product.Product, read reading, r *Reply, w *wire) {
	a.offerProducts(shop, product.Reading{Products: named}, r, w)
	if !(read.found.Confidence >= a.Unsure) {
		return
	}
	r.Found = read.found.Matches[:min(offered-len(r.Products), len(read.found.Matches))]
	for _, m := range r.Found {
		r.Suggestions = append(r.Suggestions, m.Entry.Question)
	}
}

// besides looks for a question that names a product and asks something else of
// it ("can I return the daypack?") without the name too. An entry that shares
// nothing but the name gives way to one that is about what is asked.
func (a *Answerer) besides(ctx context.Context, shop Shop, rest string, read *reading, r *Reply) {
	if rest == "" || len(read.found.Matches) == 0 || read.asked != "" || says(rest, read.found.Matches[0]) > 0 {
		return
	}
	search, cancel := context.WithTimeout(context.WithoutCancel(ctx), retrieveTimeout)
	defer cancel()
	found, err := a.Retriever.Retrieve(search, shop.ID, rest)
	if err != nil || len(found.Matches) == 0 || !(found.Confidence >= a.Unsure) || says(rest, found.Matches[0]) == 0 {
		return // what was found with the name stands
	}
	found.Matches = a.spoken(found.Matches, r.Language)
	read.found = found
	a.take(r, *read)
}

// says is how much of what rest asks a match's question and phrasing have.
func says(rest string, m Match) float64 {
	return max(product.Share(rest, m.Phrasing), product.Share(rest, m.Entry.Question))
}

// offerProducts asks which product is meant.
func (a *Answerer) offerProducts(shop Shop, asked product.Reading, r *Reply, w *wire) {
	*r = Reply{Language: r.Language, Version: r.Version, Timings: r.Timings, Decision: Clarify, Reason: ReasonWhichProduct, Confidence: unsureWhich,
		Text: shop.say(r.Language, TextClarify)}
	if n := len(asked.Products); n > product.MaxCards {
		r.Text = product.Which(r.Language, n)
	}
	r.Products = cards(asked.Products, r.Language, shop.Origins)
	r.Suggestions = product.Names(r.Products)
	w.delta(r.Text)
}

func cards(list []product.Product, language string, origins []string) []product.Card {
	var out []product.Card
	for _, p := range list[:min(product.MaxCards, len(list))] {
		out = append(out, p.Card(language, origins))
	}
	return out
}

// pointed is the product that "it" means: the one that was spoken of last, else
// the one that the page shows, if the shop has it.
func (a *Answerer) pointed(ctx context.Context, shop Shop, q Question, shelf *product.Shelf) (product.Product, bool) {
	if p, ok := shelf.BySKU(a.last(ctx, shop, q).SKU); ok {
		return p, true
	}
	if q.Shown == nil {
		return product.Product{}, false
	}
	look, cancel := context.WithTimeout(context.WithoutCancel(ctx), retrieveTimeout)
	defer cancel()
	shown, err := q.Shown(look)
	if err != nil {
		return product.Product{}, false // asked as if no page were known
	}
	if p, ok := shelf.BySKU(shown.SKU); ok {
		return p, true
	}
	return shelf.ByTitle(shown.Title)
}
