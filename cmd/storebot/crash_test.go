package main

import (
	"path/filepath"
	"testing"

	"storebot/cmd/storebot/internal/proctest"
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

// The serving process is killed at several points of an import, the first of
// them before it stored anything; in the end the shop is as if nobody had.
func TestImportOutlivesKill9(t *testing.T) {
	const n = 20_000
	option, db := database(t)
	conn := db.Admin(t)
	content := asCSV(t, generate(n, "en", "zh-Hant", "zh-Hans"), ',', english...)
	calm := newShop(t, option, "calm")
	doFast(t, with(calm, "import", write(t, filepath.Join(t.TempDir(), "faq.csv"), content))...)

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
		if err := conn.QueryRow(t.Context(), shopContents, slug).Scan(&count, &hash); err != nil {
			t.Fatal(err)
		}
		return count, hash
	}
	wantCount, want := sum("calm")
	gotCount, got := sum(slug)
	if gotCount != n || gotCount != wantCount || got != want {
		t.Errorf("%d entries (%s), undisturbed %d (%s)", gotCount, got, wantCount, want)
	}
}
