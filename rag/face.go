package rag

import "storebot/tenant"

// A Face is what a shop's widget shows of itself before the first question.
type Face struct {
	Look    tenant.Look
	Origins []string // the shop's own pages, canonical
}

// A Suggestion is a question that the shop answers, with its answer.
type Suggestion struct{ Question, Answer string }

// An Introduction is what is known of a conversation's shopper beside the words.
type Introduction struct {
	Shopper string // the shop's own id of the shopper, verified; "" when nobody is known
	SKU     string // of the product that the page shows, as the page says
	Title   string
	Price   string
}
