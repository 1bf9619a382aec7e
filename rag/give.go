package rag

import (
	"context"
	"errors"
	"strings"
	"time"

	"storebot/rag/grounding"
	"storebot/rag/prompt"
)

// Lines that stand before an entry's answer when the shopper may not read its
// language.
var (
	leadForeign = map[string]string{
		"en":      "The shop has written this in Chinese only:",
		"zh-Hant": "店家只準備了英文說明：",
		"zh-Hans": "店家只准备了英文说明：",
	}
	leadTranslated = map[string]string{
		"en":      "Translated by a machine; what the shop wrote stands below and counts.",
		"zh-Hant": "以下為機器翻譯，以店家原文為準。",
		"zh-Hans": "以下为机器翻译，以店家原文为准。",
	}
)

// give answers with one entry: its words are on the wire before a model is asked.
// With a warmer tone, or for a reader of another language, what the model makes of
// them takes their place if all of it comes within the budget and says the same.
func (a *Answerer) give(ctx context.Context, shop Shop, q Question, m Match, r *Reply, w *wire) {
	r.Decision, r.Reason, r.Sources, r.Text = Direct, ReasonConfident, []Match{m}, m.Entry.Answer
	w.match(1, m.Entry)
	switch {
	case foreign(r.Language, m.Entry.Language):
		r.Reason, r.Text = ReasonOtherLanguage, leadForeign[r.Language]+"\n\n"+m.Entry.Answer
		p := prompt.Translate(r.Language, m.Entry.Answer)
		text, outcome := a.restate(ctx, shop, q, p, w, func(text string) bool {
			return a.rules(p).Translates(m.Entry.Answer, text)
		})
		if r.Composing = outcome; outcome == ReasonComposed {
			r.Decision, r.Reason = Composed, ReasonTranslated
			r.Text = text + "\n\n" + leadTranslated[r.Language] + "\n\n" + m.Entry.Answer
		}
	case shop.Tone == Warm:
		p := prompt.Assemble(r.Language, Mask(q.Text), []prompt.Source{{Question: m.Entry.Question, Answer: m.Entry.Answer}})
		text, outcome := a.restate(ctx, shop, q, p, w, func(text string) bool { return a.saysTheSame(p, q, m, text) })
		if r.Composing = outcome; outcome == ReasonComposed {
			r.Decision, r.Reason, r.Text = Composed, ReasonWarm, strings.Join(a.sentences(p, q, m, text), seam(text))
		}
	}
}

func (a *Answerer) rules(p Prompt) grounding.Rules {
	return grounding.Rules{Secret: p.System, Refusal: prompt.Refusal, Fold: a.Fold}
}

// sentences are those of text that the fact lock lets out; nil if it drops any.
func (a *Answerer) sentences(p Prompt, q Question, m Match, text string) []string {
	lock := a.rules(p).Lock([]string{evidenceOf(m.Entry)}, Mask(q.Text))
	out := lock.Write(text)
	if out = append(out, lock.Close()...); lock.Dropped() > 0 {
		return nil
	}
	return out
}

// saysTheSame reports that the entry bears every sentence of text, and text leaves
// out no fact of the entry's answer.
func (a *Answerer) saysTheSame(p Prompt, q Question, m Match, text string) bool {
	out := a.sentences(p, q, m, text)
	return len(out) > 0 && a.rules(p).Whole(m.Entry.Answer, strings.Join(out, " "))
}

// seam is what stands between two sentences of text.
func seam(text string) string {
	if isChinese(text) {
		return ""
	}
	return " "
}

// restate asks the model for a whole text within the budget. It returns it with
// ReasonComposed if same accepts it; else why not, "" if the model was not asked.
func (a *Answerer) restate(ctx context.Context, shop Shop, q Question, p Prompt, w *wire, same func(string) bool) (text, outcome string) {
	if a.Generator == nil || shop.Budget <= 0 || w.gone != nil || ctx.Err() != nil {
		return "", ""
	}
	if a.Room != nil && !a.Room(p) {
		return "", ReasonModelDown
	}
	text, outcome = a.whole(ctx, q.At.Add(shop.Budget).Sub(w.now()), p)
	if outcome == ReasonComposed && !same(text) {
		return "", ReasonUnsupported
	}
	return text, outcome
}

// maxWritten bounds what a model may write where no lock reads along, in bytes.
const maxWritten = 4 * MaxAnswer

var errTooLong = errors.New("the model's text is too long")

// whole lets the model write to its end within a time, and keeps nothing else.
func (a *Answerer) whole(ctx context.Context, within time.Duration, p Prompt) (text, outcome string) {
	if within <= 0 {
		return "", ReasonModelSlow
	}
	limited, stop := context.WithTimeout(ctx, within)
	defer stop()
	var b strings.Builder
	err := a.Generator.Generate(limited, p, func(piece string) error {
		if b.Len()+len(piece) > maxWritten {
			return errTooLong
		}
		b.WriteString(piece)
		return nil
	})
	switch {
	case err == nil:
		return strings.TrimSpace(b.String()), ReasonComposed
	case errors.Is(err, errTooLong):
		return "", ReasonUnsupported
	case limited.Err() != nil && ctx.Err() == nil:
		return "", ReasonModelSlow
	}
	return "", ReasonModelDown
}
