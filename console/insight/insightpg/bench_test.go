package insightpg_test

import (
	"fmt"
	"testing"

	"storebot/console/insight"
)

// BenchmarkReport reports a month of 4,000 and 400,000 conversations with 2.5
// turns each, and turns the ledger's pages.
func BenchmarkReport(b *testing.B) {
	for _, n := range []int{4_000, 400_000} {
		s := newStage(b, map[string]string{"plan_cache_mode": "force_generic_plan"})
		s.exec(b, `SELECT setseed(.5)`)
		s.exec(b, `
			INSERT INTO conversation (tenant_id, id, token_hash, created_at)
			SELECT $1, gen_random_uuid(), 'x', $2::timestamptz + random() * interval '31 days' FROM generate_series(1, $3)`, s.shop.UUID, noon, n)
		s.exec(b, `
			INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, created_at)
			SELECT tenant_id, gen_random_uuid(), id, gen_random_uuid(), 'shopper', 'How long does it take?', created_at + turn * interval '1 minute'
			FROM conversation, generate_series(1, 4) AS turn WHERE turn <= 1 + abs(hashtext(id::text)) % 4`)
		s.exec(b, `
			INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, decision, first_words_us, total_us, created_at)
			SELECT tenant_id, gen_random_uuid(), conversation_id, client_key, 'bot', 'Three days', 'direct', us, us, created_at + us * interval '1 us'
			FROM (SELECT *, (random() * 1e6 + 1)::bigint AS us FROM message) q`)
		p := insight.Period{From: noon, To: noon.Add(31 * day)}
		for _, analyzed := range []bool{false, true} {
			if analyzed {
				s.exec(b, `ANALYZE`)
			}
			b.Run(fmt.Sprintf("%d/analyzed=%v", n, analyzed), func(b *testing.B) {
				var turns int
				for b.Loop() {
					r, err := s.Report(b.Context(), s.shop, p, noon)
					if err != nil || r.Conversations != n {
						b.Fatal(r.Conversations, err)
					}
					turns = r.FirstWords.N
				}
				b.ReportMetric(float64(turns), "turns")
			})
			b.Run(fmt.Sprintf("%d/analyzed=%v/page", n, analyzed), func(b *testing.B) {
				for b.Loop() {
					if rows, err := s.Ledger(b.Context(), s.shop, p, insight.LedgerRow{}, 51, insight.Filter{}, noon); err != nil || len(rows) != 51 {
						b.Fatal(len(rows), err)
					}
				}
			})
		}
	}
}
