package tenantpg

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

// 64 goroutines work for ten tenants through four connections, while their
// transactions are cancelled, run out of time, fail and panic at random. Nobody
// may ever see another tenant's row, and no connection may reach the next user
// with a tenant on it. STOREBOT_CHAOS=1000000 sets the number of transactions.
func TestChaos(t *testing.T) {
	total := int64(6000)
	if s := os.Getenv("STOREBOT_CHAOS"); s != "" {
		var err error
		if total, err = strconv.ParseInt(s, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	db, test, ids := opened(t, 10, Config{MaxConns: 4})
	ctx := context.Background()
	for _, id := range ids {
		err := db.Batch(ctx, func(b *Batch) {
			for i := range 3 {
				b.In(id, insertImport, id, fmt.Sprint(i))
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	// The first thing of each transaction without a tenant is to look for one
	// that was left: every user of a connection is checked, not only the pool.
	var begun, committed, foreign, left atomic.Int64
	var group sync.WaitGroup
	for worker := range 64 {
		group.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(worker)))
			for begun.Add(1) <= total {
				id := ids[random.IntN(len(ids))]
				ok, err := chaotic(ctx, db, id, random, &foreign, &left)
				if ok {
					committed.Add(1)
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	if foreign.Load() != 0 || left.Load() != 0 {
		t.Errorf("%d foreign rows seen, %d connections came with a tenant set", foreign.Load(), left.Load())
	}
	if committed.Load() < total/4 {
		t.Errorf("only %d of %d transactions were committed: the test tests nothing", committed.Load(), total)
	}
	if n := db.Stat().AcquiredConns(); n > 4 {
		t.Errorf("%d connections acquired", n)
	}
	// What is stored belongs to whom it says, and no aborted row is there.
	var wrong int
	const stored = `SELECT count(*) FROM import WHERE file_name NOT IN ('0', '1', '2') AND file_name <> 'kept ' || tenant_id`
	if err := test.Admin(t).QueryRow(ctx, stored).Scan(&wrong); err != nil || wrong != 0 {
		t.Errorf("%d rows are stored that were rolled back or belong to others: %v", wrong, err)
	}
	t.Logf("%d transactions, %d committed, %d connections made", total, committed.Load(), db.Stat().NewConnsCount())
}

var errChaos = errors.New("chaos")

// chaotic runs one transaction of a random kind with a random mishap. The error
// is a finding; the mishap's own is none.
func chaotic(ctx context.Context, db *DB, id tenant.ID, random *rand.Rand, foreign, left *atomic.Int64) (ok bool, finding error) {
	mishap := random.IntN(8)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// strike lets mishap 0 and 1 end the context soon, in the middle of a round
	// trip as often as not: by its own clock or by somebody else's cancelling.
	strike := func(within time.Duration) {
		switch after := rand.N(within); mishap {
		case 0:
			ctx, cancel = context.WithTimeout(ctx, after)
		case 1:
			time.AfterFunc(after, cancel)
		}
	}
	defer func() {
		if r := recover(); r != nil && r != errChaos {
			panic(r)
		}
	}()
	look := func(rows pgx.Rows) error {
		seen, err := pgx.CollectRows(rows, pgx.RowTo[tenant.ID])
		for _, s := range seen {
			if s != id {
				foreign.Add(1)
			}
		}
		return err
	}
	var err error
	// No WHERE: the policy alone must do it.
	const all = `SELECT tenant_id FROM import`
	switch random.IntN(3) {
	case 0:
		err = db.Identity(ctx, func(tx pgx.Tx) error {
			strike(time.Millisecond)
			var setting string
			if err := tx.QueryRow(ctx, readTenant).Scan(&setting); err != nil {
				return err
			}
			if setting != "" {
				left.Add(1)
			}
			rows, _ := tx.Query(ctx, all)
			seen, err := pgx.CollectRows(rows, pgx.RowTo[tenant.ID])
			foreign.Add(int64(len(seen)))
			return err
		})
	case 1:
		err = db.InTenant(ctx, id, func(tx pgx.Tx) error {
			strike(time.Millisecond)
			rows, _ := tx.Query(ctx, all)
			if err := look(rows); err != nil {
				return err
			}
			name := "kept " + id.String()
			if mishap >= 2 && mishap <= 4 {
				name = "lost"
			}
			if _, err := tx.Exec(ctx, insertImport, id, name); err != nil {
				return err
			}
			switch mishap {
			case 2:
				return errChaos
			case 3:
				panic(errChaos)
			case 4:
				_, err := tx.Exec(ctx, `SELECT 1/0`)
				return err
			}
			_, err := tx.Exec(ctx, `DELETE FROM import WHERE file_name LIKE 'kept%'`)
			return err
		})
	case 2:
		strike(20 * time.Millisecond) // it has to wait for a connection as well
		err = db.Batch(ctx, func(b *Batch) {
			b.In(id, all).Query(look)
			if mishap == 2 {
				b.In(id, insertImport, id, "lost")
				b.In(id, `SELECT 1/0`)
			}
		})
	}
	if err != nil && mishap > 4 {
		return false, fmt.Errorf("a transaction without mishap failed: %w", err)
	}
	return err == nil, nil
}
