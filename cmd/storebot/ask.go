package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"time"

	"storebot/rag"
	"storebot/tenant/tenantpg"
)

type askCmd struct {
	databaseFlags
	modelFlags
	Tenant   string `required:"" placeholder:"SLUG" help:"The shop to ask."`
	Question string `arg:"" help:"What a shopper would type."`
	JSON     bool   `name:"json" help:"Print the decision, the confidence, the sources, what else was found and the timings as one JSON object."`
}

// Run asks and prints the reply.
func (c *askCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	db, closeDB, err := c.open(ctx, log, tenantpg.Config{MaxConns: 2})
	if err != nil {
		return err
	}
	defer closeDB()
	in, err := install(db, installationConfig{models: c.modelFlags, indexBytes: 1 << 30}, log)
	if err != nil {
		return err
	}
	defer in.models.close()
	in.models.open(ctx)
	t, err := findTenant(ctx, in.tenants, c.Tenant)
	if err != nil {
		return err
	}
	shop, err := in.shops.Shop(ctx, t.ID)
	if err != nil {
		return err
	}
	// The first retrieval reads the shop's knowledge; a shopper's question finds it there.
	if _, err := in.cache.Retrieve(ctx, t.ID, c.Question); err != nil {
		log.Debug("load the shop's knowledge", "err", err)
	}
	var found rag.Retrieval
	var reply rag.Reply
	err = in.answerer.Try(ctx, shop, rag.Question{Text: c.Question, At: time.Now()},
		func(r rag.Retrieval) { found = r },
		func(e rag.Event) error {
			if d, ok := e.(rag.DoneEvent); ok {
				reply = d.Reply
			}
			return nil
		})
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(out).Encode(askReport(reply, found))
	}
	fmt.Fprintln(out, reply.Text)
	for _, s := range reply.Suggestions {
		fmt.Fprintln(out, "  -", s)
	}
	fmt.Fprintf(out, "\n%s (%s), confidence %.2f, %s\n", reply.Decision, reply.Reason, reply.Confidence, reply.Timings.Total.Round(time.Microsecond))
	return nil
}

type askJSON struct {
	Decision    rag.Decision `json:"decision"`
	Reason      string       `json:"reason"`
	Composing   string       `json:"composing"` // what became of asking the model; empty: it was not asked
	AskedAs     string       `json:"asked_as"`  // the question as it was searched, where a follow-up was completed
	Confidence  float64      `json:"confidence"`
	Text        string       `json:"text"`
	Language    string       `json:"language"`
	Engine      string       `json:"engine"`
	Sources     []askMatch   `json:"sources"`
	Suggestions []string     `json:"suggestions"`
	Found       []askMatch   `json:"found"`
	Timings     struct {
		RetrieveMS   float64 `json:"retrieve_ms"`
		FirstWordsMS float64 `json:"first_words_ms"`
		TotalMS      float64 `json:"total_ms"`
	} `json:"timings"`
}

type askMatch struct {
	EntryID  string  `json:"entry_id"`
	Question string  `json:"question"`
	Answer   string  `json:"answer"`
	Phrasing string  `json:"phrasing"`
	Score    float64 `json:"score"`
}

func askReport(r rag.Reply, found rag.Retrieval) askJSON {
	j := askJSON{
		Decision: r.Decision, Reason: r.Reason, Composing: r.Composing, AskedAs: r.AskedAs, Confidence: r.Confidence, Text: r.Text, Language: r.Language, Engine: r.Engine,
		Sources: askMatches(r.Sources), Suggestions: append([]string{}, r.Suggestions...), Found: askMatches(found.Matches),
	}
	j.Timings.RetrieveMS = milliseconds(r.Timings.Retrieve)
	j.Timings.FirstWordsMS = milliseconds(r.Timings.FirstWords)
	j.Timings.TotalMS = milliseconds(r.Timings.Total)
	return j
}

func askMatches(ms []rag.Match) []askMatch {
	out := []askMatch{}
	for _, m := range ms {
		out = append(out, askMatch{m.Entry.ID.String(), m.Entry.Question, m.Entry.Answer, m.Phrasing, m.Score})
	}
	return out
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
