package ragpg_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"storebot/rag"
	"storebot/tenant"
)

// said stores a turn that entries answered, ago.
func (b *bench) said(t testing.TB, conversation uuid.UUID, question, decision string, confidence float64, ago time.Duration, entries ...rag.EntryID) (reply uuid.UUID) {
	t.Helper()
	key, reply := uuid.New(), uuid.New()
	b.exec(t, `INSERT INTO conversation (tenant_id, id, token_hash) VALUES ($1, $2, '') ON CONFLICT DO NOTHING`, b.shop.UUID, conversation)
	b.exec(t, `INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, created_at) VALUES ($1, gen_random_uuid(), $2, $3, 'shopper', $4, now() - $5::interval)`,
		b.shop.UUID, conversation, key, question, ago)
	b.exec(t, `INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, decision, confidence, entry_ids, created_at)
		VALUES ($1, $2, $3, $4, 'bot', 'x', $5, $6, coalesce($7::uuid[], '{}'), now() - $8::interval)`, b.shop.UUID, reply, conversation, key, decision, confidence, entries, ago)
	return reply
}

// recount makes the next list look at the messages again.
func (b *bench) recount(t testing.TB) {
	b.exec(t, `UPDATE usage_mark SET counted_at = counted_at - interval '1 minute'`)
}

func (b *bench) used(t testing.TB, f rag.EntryFilter) string {
	t.Helper()
	f.Limit = 100
	page, err := b.ListEntries(t.Context(), b.shop, f)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range page.Entries {
		out = append(out, fmt.Sprintf("%s:%d/%d/%d", e.Question, e.Usage.Conversations, e.Usage.Helpful, e.Usage.Unhelpful))
	}
	return strings.Join(out, " ")
}

func TestUseIsCountedByConversation(t *testing.T) {
	b := newBench(t)
	b.commit(t, b.stage(t, "question,answer\na,1\nb,1\nc,1\n"), rag.Overwrite)
	entries, _ := b.load(t)
	one, two := uuid.New(), uuid.New()
	b.said(t, one, "q", "direct", 1, 2*time.Hour, entries[0].ID)
	reply := b.said(t, one, "q again", "direct", 1, time.Hour, entries[0].ID)
	b.said(t, two, "q", "composed", 1, 3*time.Hour, entries[1].ID, entries[0].ID)
	b.said(t, two, "q?", "clarify", 1, 3*time.Hour)
	if got := b.used(t, rag.EntryFilter{}); got != "a:2/0/0 b:1/0/0 c:0/0/0" {
		t.Errorf("used %s", got)
	}
	// A rating that comes long after, a new conversation, and one that arrived
	// before the last count and was committed after it.
	b.exec(t, `UPDATE message SET rating = -1, rated_at = now() WHERE id = $1`, reply)
	b.said(t, uuid.New(), "q", "direct", 1, 0, entries[1].ID)
	b.said(t, uuid.New(), "q", "direct", 1, time.Minute, entries[1].ID)
	b.recount(t)
	for range 2 { // counting again is no counting twice
		if got := b.used(t, rag.EntryFilter{}); got != "a:2/0/1 b:3/0/0 c:0/0/0" {
			t.Errorf("used %s", got)
		}
		b.recount(t)
	}
	for name, c := range map[string]struct {
		filter rag.EntryFilter
		want   string
	}{
		"most used":   {rag.EntryFilter{Order: rag.MostUsed}, "b:3/0/0 a:2/0/1 c:0/0/0"},
		"never":       {rag.EntryFilter{Used: rag.NeverUsed}, "c:0/0/0"},
		"not helpful": {rag.EntryFilter{Used: rag.Unhelpful}, "a:2/0/1"},
	} {
		if got := b.used(t, c.filter); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	// Page by page in every order, each entry once.
	for _, order := range []rag.EntryOrder{rag.MerchantOrder, rag.MostUsed, rag.LastUpdated} {
		f, seen := rag.EntryFilter{Order: order, Limit: 1}, ""
		for {
			page, err := b.ListEntries(t.Context(), b.shop, f)
			if err != nil {
				t.Fatal(err)
			}
			seen += page.Entries[0].Question
			if f.After = page.Next; f.After == (rag.EntryCursor{}) {
				break
			}
		}
		want := map[rag.EntryOrder]string{rag.MerchantOrder: "abc", rag.MostUsed: "bac", rag.LastUpdated: "abc"}[order]
		if seen != want {
			t.Errorf("in order %q: %s", order, seen)
		}
	}
	// A conversation that is deleted takes its use along.
	b.exec(t, `DELETE FROM conversation WHERE id = $1`, one)
	if got := b.used(t, rag.EntryFilter{}); got != "a:1/0/0 b:3/0/0 c:0/0/0" {
		t.Errorf("after a deletion: %s", got)
	}
	e, err := b.GetEntry(t.Context(), b.shop, entries[1].ID)
	if err != nil || e.Usage.Conversations != 3 || time.Since(e.Usage.LastUsed) > time.Minute {
		t.Errorf("one entry: %+v, %v", e.Usage, err)
	}
}

func TestSuggestPhrasings(t *testing.T) {
	b := newBench(t)
	e, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: "Can I return it?", Answer: "Yes.", Phrasings: []string{"send back"}})
	if err != nil {
		t.Fatal(err)
	}
	other, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: "How much?", Answer: "5"})
	if err != nil {
		t.Fatal(err)
	}
	talk := func(turns ...func(uuid.UUID)) {
		conversation := uuid.New()
		for _, say := range turns {
			say(conversation)
		}
	}
	turn := func(question, decision string, confidence float64, ago time.Duration, entries ...rag.EntryID) func(uuid.UUID) {
		return func(c uuid.UUID) { b.said(t, c, question, decision, confidence, ago, entries...) }
	}
	talk(turn("does not fit, what now", "clarify", .5, 4*time.Minute), turn("Can I return it?", "direct", 1, 3*time.Minute, e.ID))
	talk(turn("Give it back?", "direct", .8, 2*time.Minute, e.ID))
	talk(turn("give it back? ", "direct", .8, time.Minute, e.ID))
	talk(turn("sure", "direct", .99, time.Minute, e.ID))                                                                                                      // needs none
	talk(turn("Send back", "direct", .8, time.Minute, e.ID))                                                                                                  // is one
	talk(turn("I am [e-mail]", "direct", .8, time.Minute, e.ID))                                                                                              // names somebody
	talk(turn("price", "direct", .8, time.Minute, other.ID), turn("Can I return it?", "direct", 1, 0, e.ID))                                                  // asked for another
	talk(turn("what", "clarify", .5, 4*time.Minute), turn("How much?", "direct", 1, 3*time.Minute, other.ID), turn("Can I return it?", "direct", 1, 0, e.ID)) // chose another
	list, err := b.SuggestPhrasings(t.Context(), b.shop, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range list {
		got = append(got, fmt.Sprintf("%s %d %d", s.Question, s.Times, s.Chosen))
	}
	if want := "does not fit, what now 1 1, Give it back? 2 0"; strings.Join(got, ", ") != want {
		t.Errorf("suggested %q, want %q", got, want)
	}
}

// BenchmarkListEntries lists a shop of 5,000 entries with 100,000 messages in
// 20,000 conversations, in each order, and counts their use from nothing.
func BenchmarkListEntries(b *testing.B) {
	kit := newBench(b)
	kit.commit(b, kit.stage(b, faq(5000)), rag.Overwrite)
	entries, _ := kit.load(b)
	fill(b, kit, kit.shop, entries)
	b.Run("count", func(b *testing.B) {
		for range b.N {
			b.StopTimer()
			kit.exec(b, `DELETE FROM entry_use`)
			kit.exec(b, `DELETE FROM usage_mark`)
			b.StartTimer()
			if _, err := kit.GetEntry(b.Context(), kit.shop, entries[0].ID); err != nil {
				b.Fatal(err)
			}
		}
	})
	kit.exec(b, `ANALYZE`)
	for _, f := range []rag.EntryFilter{{}, {Order: rag.MostUsed}, {Order: rag.LastUpdated}, {Used: rag.NeverUsed}, {Search: "parcel 49"}} {
		f.Limit = 25
		b.Run(fmt.Sprintf("list%s%s%s", f.Order, f.Used, strings.ReplaceAll(f.Search, " ", "")), func(b *testing.B) {
			for range b.N {
				if _, err := kit.ListEntries(b.Context(), kit.shop, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func fill(b *testing.B, kit *bench, id tenant.ID, entries []rag.Entry) {
	ids := make([]uuid.UUID, len(entries))
	for i := range entries {
		ids[i] = entries[i].ID
	}
	kit.exec(b, `INSERT INTO conversation (tenant_id, id, token_hash) SELECT $1, md5(n::text)::uuid, '' FROM generate_series(1, 20000) n`, id.UUID)
	order := rand.New(rand.NewPCG(1, 2)).Perm(len(ids))
	shuffled := make([]uuid.UUID, len(ids))
	for i, j := range order {
		shuffled[i] = ids[j]
	}
	kit.exec(b, `INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, decision, confidence, entry_ids, created_at)
		SELECT $1, gen_random_uuid(), md5((n % 20000 + 1)::text)::uuid, md5('k' || n)::uuid, a, 'text of a message', CASE a WHEN 'bot' THEN 'direct' END, .9,
		       CASE a WHEN 'bot' THEN ARRAY[($2::uuid[])[1 + (n * n / 7) % 4000]] ELSE '{}' END, now() - n * interval '1 minute'
		FROM generate_series(1, 50000::bigint) n, unnest(ARRAY['shopper', 'bot']) a`, id.UUID, shuffled)
}
