package tenantpg

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
)

const lookup = `SELECT language FROM shop WHERE tenant_id = $1`

// One lookup in a transaction of its own: three round trips and, after the
// caller has gone on, the check of the connection.
func BenchmarkInTenant(b *testing.B) {
	db, _, ids := opened(b, 1, Config{})
	ctx := context.Background()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			err := db.InTenant(ctx, ids[0], func(tx pgx.Tx) error {
				_, err := tx.Exec(ctx, lookup, ids[0])
				return err
			})
			if err != nil {
				b.Error(err)
			}
		}
	})
}

// The same as a batch: one round trip.
func BenchmarkBatch(b *testing.B) {
	db, _, ids := opened(b, 1, Config{})
	ctx := context.Background()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := db.Batch(ctx, func(batch *Batch) { batch.In(ids[0], lookup, ids[0]) }); err != nil {
				b.Error(err)
			}
		}
	})
}
