package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"storebot/cmd/storebot/internal/proctest"
	"storebot/rag/sheet"
)

// importState is how far the only import of a shop is.
const importState = `SELECT i.state, i.done_rows FROM import i JOIN identity.tenant t ON t.id = i.tenant_id WHERE t.slug = $1`

// shopContents sums up all that an import stored, whatever ids it got: each
// entry in the merchant's order with its content's hash, and for each its
// phrasings with their vectors.
const shopContents = `
	SELECT count(*), md5(string_agg(concat_ws(' ', encode(e.content_hash, 'hex'), p.texts, p.vectors), E'\n' ORDER BY e.position))
	FROM entry e
	JOIN identity.tenant t ON t.id = e.tenant_id
	JOIN LATERAL (
		SELECT string_agg(p.text, '|' ORDER BY p.text) AS texts, md5(string_agg(halfvec_send(v.vector), ''::bytea ORDER BY p.text)) AS vectors
		FROM phrasing p LEFT JOIN embedding v ON v.tenant_id = p.tenant_id AND v.phrasing_id = p.id
		WHERE p.tenant_id = e.tenant_id AND p.entry_id = e.id
	) p ON true
	WHERE t.slug = $1`

// shopGoods does so for products.
const shopGoods = `
	SELECT count(*), md5(string_agg(concat_ws('|', p.sku, p.name, p.price, p.currency, p.stock, p.attributes, p.phrasings), E'\n' ORDER BY p.position))
	FROM product p JOIN identity.tenant t ON t.id = p.tenant_id
	WHERE t.slug = $1 AND p.deleted_at IS NULL`

func TestImportOutlivesKill9(t *testing.T) {
	outlivesKill9(t, 20_000, asCSV(t, generate(20_000, "en", "zh-Hant", "zh-Hans"), ',', english...), shopContents)
}

func TestImportOfProductsOutlivesKill9(t *testing.T) {
	outlivesKill9(t, sheet.MaxProducts, goods(sheet.MaxProducts), shopGoods, "--products")
}

// goods is a sheet of n products.
func goods(n int) []byte {
	var file bytes.Buffer
	file.WriteString("sku,name,price,currency,stock,Colour,phrasings\n")
	for i := range n {
		fmt.Fprintf(&file, "SKU-%05d,\"Mug %d, glazed\",%d.50,TWD,%d,\"blue, grey %d\",the round one %d\n", i, i, 100+i, i%50, i%7, i)
	}
	return file.Bytes()
}

// outlivesKill9 kills the serving process at several points of an import, the first of
// them before it stored anything; in the end the shop is as if nobody had: contents tells
// how much is there, and a sum of it.
func outlivesKill9(t *testing.T, n int, content []byte, contents string, args ...string) {
	option, db := database(t)
	conn := db.Admin(t)
	calm := newShop(t, option, "calm")
	doFast(t, with(calm, append([]string{"import", write(t, filepath.Join(t.TempDir(), "calm.csv"), content)}, args...)...)...)

	progress := func(slug string) (state string, done int) {
		if err := conn.QueryRow(t.Context(), importState, slug).Scan(&state, &done); err != nil {
			t.Fatal(err)
		}
		return state, done
	}
	var server *proctest.Process
	// Words alone: vectors made meanwhile would be another number at every run.
	server, base := serving(t, option, "--log-level=warn", "--embed-model=none")
	owner := signUp(t, base, "killed@shop.example")
	slug := owner.me.GetTenantSlug()
	owner.upload(t, content)
	for _, from := range []int{0, 1, n / 3, 2 * n / 3} {
		eventually(t, "the import goes on", func() bool { _, done := progress(slug); return done >= from })
		server.Kill()
		state, done := progress(slug)
		t.Logf("killed at %d of %d rows", done, n)
		if state != "running" || done >= n {
			t.Fatalf("the import is %s, with %d rows done, at the kill: nothing left to resume", state, done)
		}
		server, _ = serving(t, option, "--log-level=warn", "--embed-model=none")
	}
	eventually(t, "the import is done", func() bool { state, _ := progress(slug); return state == "done" })

	sum := func(slug string) (count int, hash string) {
		if err := conn.QueryRow(t.Context(), contents, slug).Scan(&count, &hash); err != nil {
			t.Fatal(err)
		}
		return count, hash
	}
	wantCount, want := sum("calm")
	gotCount, got := sum(slug)
	if gotCount != n || gotCount != wantCount || got != want {
		t.Errorf("%d rows (%s), undisturbed %d (%s)", gotCount, got, wantCount, want)
	}
}
