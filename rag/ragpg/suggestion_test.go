package ragpg_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/ragpg"
)

// What shoppers ask most is suggested, of what is answered now and in their language; too
// little asked, and it is the merchant's order. It does not change by the second.
func TestMostAskedIsSuggested(t *testing.T) {
	d := newDesk(t)
	var sheet strings.Builder
	sheet.WriteString("question,answer,language,state,valid until\n")
	for _, e := range []string{"a,1,en,,", "b,1,en,,", "c,1,en,,", "d,1,en,,", "e,1,en,draft,", "f,1,en,,2020-01-01", "g,1,zh-Hant,,"} {
		fmt.Fprintln(&sheet, e)
	}
	d.commit(t, d.stage(t, sheet.String()), rag.Overwrite)
	now := time.Now()
	shops := ragpg.NewShops(d.db, func() time.Time { return now })
	shops.Patience = time.Minute
	use := func(question string, conversations int, age time.Duration) {
		for range conversations {
			d.exec(t, `INSERT INTO entry_use (tenant_id, entry_id, conversation_id, last_used_at) SELECT $1, id, $2, $3 FROM entry WHERE tenant_id = $1 AND question = $4`,
				d.shop.UUID, d.start(t, d.shop), now.Add(-age), question)
		}
	}
	suggested := func(language string) string {
		t.Helper()
		list, err := shops.Suggestions(t.Context(), d.shop, language, 2)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, s := range list {
			out = append(out, s.Question)
		}
		return strings.Join(out, " ")
	}
	use("e", 9, time.Hour)       // a draft
	use("f", 9, time.Hour)       // over
	use("g", 9, time.Hour)       // another language
	use("b", 9, 31*24*time.Hour) // long ago
	use("d", 5, time.Hour)
	use("c", 2, time.Hour) // too few
	if got := suggested("en"); got != "a b" {
		t.Errorf("one is asked for: %q, want the merchant's order", got)
	}
	use("c", 4, time.Hour)
	now = now.Add(time.Minute)
	if got := suggested("en"); got != "a b" {
		t.Errorf("a minute later: %q, want what was there", got)
	}
	now = now.Add(10 * time.Minute)
	if got := suggested("en"); got != "c d" {
		t.Errorf("two are asked for: %q, want the most asked first", got)
	}
	if got := suggested("zh-Hant"); got != "g" {
		t.Errorf("in the other language: %q", got)
	}
	d.exec(t, `UPDATE entry SET state = 'draft' WHERE tenant_id = $1 AND question = 'c'`, d.shop.UUID)
	now = now.Add(time.Minute)
	if got := suggested("en"); got != "a b" {
		t.Errorf("one was taken off: %q, want the merchant's order", got)
	}
}
