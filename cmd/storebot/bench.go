package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"time"

	"storebot/rag/sheet"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

type benchCmd struct {
	Ask    benchAskCmd    `cmd:"" help:"Ask many shops at once; every answer is stored before it counts."`
	Watch  benchWatchCmd  `cmd:"" help:"Have many shoppers watch, and staff write to them: memory a stream, time to delivery."`
	Report benchReportCmd `cmd:"" help:"Make a shop's month of conversations, and time its figures and the lists behind them; needs no running server."`
}

type benchAskCmd struct {
	databaseFlags
	URL         string        `default:"http://127.0.0.1:8080" help:"The running server. Start it with --limit-ask-per-address=0 --limit-ask-per-shopper=0 --limit-start-per-address=0: the load comes from one address."`
	Tenants     int           `default:"1000" help:"Shops to ask; made in the database if they are not there, with the slugs bench-0001 and on."`
	Entries     int           `default:"200" help:"Entries of each shop."`
	Concurrency int           `default:"64" help:"Shoppers who each wait for their answer before they ask again (closed loop)."`
	Rate        float64       `default:"0" help:"Questions a second at fixed times (open loop); a time is counted from when the question was due. 0: closed loop."`
	Duration    time.Duration `default:"20s" help:"How long to measure, after a warm-up that asks each shop once."`
}

// benchOrigin is the page that the load says it comes from.
const benchOrigin = "https://bench.storebot.invalid"

// Run prepares the shops, asks, and prints what was measured.
func (c *benchAskCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	db, closeDB, err := c.open(ctx, log, tenantpg.Config{MaxConns: 4})
	if err != nil {
		return err
	}
	defer closeDB()
	in, err := install(db, installationConfig{indexBytes: 1 << 20}, log)
	if err != nil {
		return err
	}
	shops, err := c.prepare(ctx, in)
	if err != nil {
		return err
	}
	l := &load{url: c.URL, shops: shops, entries: c.Entries, concurrency: c.Concurrency, rate: c.Rate, duration: c.Duration}
	result, err := l.run(ctx)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(result)
}

// prepare returns the publishable keys of the shops to ask.
func (c *benchAskCmd) prepare(ctx context.Context, in *installation) ([]string, error) {
	keys := make([]string, 0, c.Tenants)
	for i := range c.Tenants {
		slug := fmt.Sprintf("bench-%04d", i+1)
		key, err := in.benchShop(ctx, slug, c.Entries)
		if err != nil {
			return nil, fmt.Errorf("prepare shop %s: %w", slug, err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

func (in *installation) benchShop(ctx context.Context, slug string, entries int) (string, error) {
	t, err := in.tenants.BySlug(ctx, slug)
	if err == nil {
		shop, err := in.tenants.Shop(ctx, t.ID)
		return shop.Key, err
	}
	shop, err := in.tenants.Create(ctx, tenant.Founding{
		ShopName: slug, Slug: slug, Language: "en", TimeZone: "UTC", AllowedOrigins: []string{benchOrigin},
	})
	if err != nil {
		return "", err
	}
	var content bytes.Buffer
	if err := sheet.WriteCSV(&content, benchRows(entries)); err != nil {
		return "", err
	}
	_, err = in.importSheet(ctx, shop.ID, "bench.csv", content.Bytes())
	return shop.Key, err
}

// benchRows are n entries of one shop: every question has words of its own,
// so that each is found with confidence.
func benchRows(n int) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		for i := range n {
			r := sheet.Row{
				Question: benchQuestion(i), Category: "bench", Language: "en",
				Answer: fmt.Sprintf("The %s ships within %d days and can be returned within %d days of delivery.", benchThing(i), i%7+1, i%23+7),
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

var benchWords = [...][]string{
	{"amber", "birch", "cobalt", "dusty", "ember", "frosted", "golden", "hazel", "ivory", "jade"},
	{"lantern", "kettle", "basket", "mirror", "notebook", "pillow", "saddle", "teapot", "umbrella", "wallet", "apron", "blanket", "candle", "drawer", "easel", "flask", "goblet", "hammock", "inkwell", "jacket"},
	{"delivered", "repaired", "engraved", "exchanged", "gift-wrapped"},
}

func benchThing(i int) string {
	return benchWords[0][i%10] + " " + benchWords[1][i/10%20]
}

func benchQuestion(i int) string {
	q := fmt.Sprintf("How is the %s %s?", benchThing(i), benchWords[2][i%5])
	if i >= 200 {
		q = fmt.Sprintf("How is the %s number %d %s?", benchThing(i), i/200, benchWords[2][i%5])
	}
	return q
}
