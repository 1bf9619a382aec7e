package rag

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"storebot/tenant"

	"github.com/google/uuid"
)

// A Topic is what a conversation was about last; the zero Topic is none.
type Topic struct {
	Question string // a text that asks it, masked
	// The entry found for it; the zero ID if only the question is known.
	Entry    EntryID
	Category string
	Language string
	SKU      string // of the product that was told of last
	// Clarified: the last reply offered a choice.
	Clarified bool
}

// A History keeps what conversations are about.
type History interface {
	// Topic returns a conversation's, from memory if it can. It is asked only for
	// questions that look dependent. The zero Topic: none is known.
	Topic(ctx context.Context, id tenant.ID, conversation uuid.UUID) (Topic, error)
	// SetTopic keeps it in memory, at once. A topic without a question leaves the
	// question that is known, and sets only whether the last reply offered a choice.
	SetTopic(id tenant.ID, conversation uuid.UUID, t Topic)
}

// longestTopic is how many runes of an earlier question may stand before a
// follow-up; of a longer one the found entry's question does.
const longestTopic = 120

// topicOf is what a question and what was found for it leave to the next one.
func topicOf(question string, found Retrieval) Topic {
	top := found.Matches[0].Entry
	if utf8.RuneCountInString(question) > longestTopic {
		question = top.Question
	}
	return Topic{Question: question, Entry: top.ID, Category: top.Category, Language: top.Language}
}

// leaves is the topic after a reply; none, where nothing was found for it.
func leaves(read reading, r Reply) Topic {
	if r.Decision == Abstain && r.Reason != ReasonUnsureAgain {
		return Topic{}
	}
	question := read.alone
	if read.asked != "" {
		question = read.found.Matches[0].Entry.Question
	}
	topic := topicOf(question, read.found)
	topic.Clarified = r.Decision == Clarify
	return topic
}

// productTopic is the topic after a reply from products.
func productTopic(read reading, r Reply) Topic {
	t := Topic{Question: Mask(read.alone), Language: r.Language, Clarified: r.Decision == Clarify}
	if len(r.Products) == 1 {
		t.SKU = r.Products[0].SKU
	}
	return t
}

// How the entries found for a follow-up are ranked: by the search for topic and
// follow-up together, each search's scores being taken relative to its best, and
// these. Chosen on testdata/followup/dependent.jsonl, where the neighbouring
// values that were tried move the share that is right first by up to five points.
var aloneWeight = [...]float64{short: 1, leaning: 0.5, bare: 0.2} // of the search for the follow-up alone

const (
	supportWeight  = 0.4  // of having the words or the relation that the follow-up asks for
	categoryWeight = 0.15 // of the topic's category
	repeatWeight   = -0.2 // of being the entry that was answered last
	languageWeight = -0.2 // of another language than the topic's
)

// resolve reads a question in the light of the topic: what was found for both,
// and the question with the topic before it. The reading stays what it is when the question
// stands for itself or there is doubt.
//
// The follow-up stands twice in the search for both: what is asked now must
// outweigh what was asked before (that search alone, on the labelled set: once
// gives 56 % right first, twice 71 %).
func (a *Answerer) resolve(ctx context.Context, shop Shop, q Question, read *reading) {
	read.depends = dependenceOf(read.alone)
	if q.History == nil || read.depends == standalone || read.depends == short && read.found.Confidence >= a.direct(shop) {
		return
	}
	topic, err := q.History.Topic(ctx, shop.ID, q.Conversation)
	if err != nil || topic.Question == "" {
		return // the question alone still has an answer
	}
	if topic.Entry == uuid.Nil {
		before, err := a.Retriever.Retrieve(ctx, shop.ID, topic.Question)
		if err != nil || len(before.Matches) == 0 || !(before.Confidence >= a.Unsure) {
			return
		}
		topic = topicOf(topic.Question, before)
	}
	read.topic = topic
	both, err := a.Retriever.Retrieve(ctx, shop.ID, topic.Question+" "+read.alone+" "+read.alone)
	if err != nil || len(both.Matches) == 0 {
		return
	}
	if found, ok := a.weigh(shop, read.depends, topic, read.alone, read.found, both); ok {
		read.found, read.asked = found, topic.Question+" "+read.alone
	}
}

// weigh ranks what the two searches found, and says how sure of the first to be;
// ok is false if nothing but the topic speaks for it.
func (a *Answerer) weigh(shop Shop, depends dependence, topic Topic, question string, alone, both Retrieval) (found Retrieval, ok bool) {
	fold := a.Fold
	if fold == nil {
		fold = strings.ToLower
	}
	asked := fold(question)
	merged := slices.Clone(both.Matches)
	for i := range merged {
		merged[i].Score = relative(both, merged[i])
	}
	for _, m := range alone.Matches {
		score := aloneWeight[depends] * relative(alone, m)
		if at := slices.IndexFunc(merged, func(o Match) bool { return o.Entry.ID == m.Entry.ID }); at >= 0 {
			merged[at].Score += score
		} else {
			m.Score = score
			merged = append(merged, m)
		}
	}
	support := make(map[EntryID]float64, len(merged)) // NaN: nothing is asked that a text could show
	for i := range merged {
		m := &merged[i]
		share, ok := supports(asked, fold(said(m.Entry)))
		if m.Score += supportWeight * share; !ok {
			share = math.NaN()
		}
		support[m.Entry.ID] = share
		if m.Entry.Category != "" && m.Entry.Category == topic.Category {
			m.Score += categoryWeight
		}
		if m.Entry.ID == topic.Entry {
			m.Score += repeatWeight
		}
		if m.Entry.Language != topic.Language {
			m.Score += languageWeight
		}
	}
	slices.SortStableFunc(merged, func(x, y Match) int { return cmp.Compare(y.Score, x.Score) })

	out := Retrieval{Matches: merged[:min(len(merged), maxMatches)], Engine: both.Engine, Version: both.Version, Shelf: both.Shelf}
	first, share := merged[0].Entry, support[merged[0].Entry.ID]
	// What is not backed by the words asked, or only repeats the last answer, is offered but not given as it is.
	doubtful := share < 0.5 || math.IsNaN(share) && first.ID == topic.Entry
	byAlone, byBoth := leads(alone, first), leads(both, first)
	switch {
	case depends == short && (byAlone || !(share >= 1) || first.Category != topic.Category):
		return Retrieval{}, false
	case share == 0 && alone.Confidence < a.Unsure: // "and the weather?": the topic must not stand in for an answer
		return Retrieval{}, false
	}
	// What is found for the follow-up by itself answers another question than was
	// asked if it fits any topic ("how much is it?": the price list), or names a thing
	// and leaves to the topic what is asked of it ("and the tote?").
	elsewhere := first.Category != topic.Category
	unfounded := depends == bare && !(byBoth && both.Confidence >= a.direct(shop)) || elsewhere && namesOnly(question)
	switch {
	case byAlone && unfounded:
		out.Confidence = a.doubted(shop, max(alone.Confidence, both.Confidence))
	case byAlone && byBoth && !elsewhere:
		out.Confidence = max(alone.Confidence, both.Confidence)
	case byAlone: // elsewhere, the topic's words say nothing for it
		out.Confidence = alone.Confidence
	case byBoth && !doubtful:
		out.Confidence = both.Confidence
	default:
		out.Confidence = a.doubted(shop, both.Confidence)
	}
	return out, true
}

// maxMatches is how many matches a Retrieval holds.
const maxMatches = 10

// doubted bounds a confidence to what is offered and not given as it is.
func (a *Answerer) doubted(shop Shop, confidence float64) float64 {
	return min(confidence, (a.Unsure+a.direct(shop))/2)
}

// saidBytes bounds how much of an entry is searched for a follow-up's words.
const saidBytes = 4096

// said is an entry's text, as far as saidBytes go.
func said(e *Entry) string {
	text := e.Question + "\n" + e.Answer + "\n" + strings.Join(e.Phrasings, "\n")
	if len(text) <= saidBytes {
		return text
	}
	return strings.ToValidUTF8(text[:saidBytes], "")
}

func leads(r Retrieval, e *Entry) bool { return len(r.Matches) > 0 && r.Matches[0].Entry.ID == e.ID }

// relative is a match's score as a share of its search's best.
func relative(r Retrieval, m Match) float64 {
	if best := r.Matches[0].Score; best > 0 {
		return m.Score / best
	}
	return 0
}
