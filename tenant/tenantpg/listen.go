package tenantpg

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
)

// Listen calls fn with the payload of every notification on channel until ctx
// ends, and returns ctx's error. It holds a connection of its own. When that
// breaks it connects again, and what was sent meanwhile is lost; therefore fn is
// called with "" after every connection made, the first included, and must then
// look for what it missed. fn runs in the listening goroutine: it must be quick.
func (db *DB) Listen(ctx context.Context, channel string, fn func(payload string)) error {
	pause := 50 * time.Millisecond
	for {
		began := time.Now()
		err := db.listen(ctx, channel, fn)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if time.Since(began) > time.Minute {
			pause = 50 * time.Millisecond
		}
		db.log.Warn("listening was interrupted", "channel", channel, "error", err)
		// Jitter, so that a restarted server does not meet all processes at once.
		timer := time.NewTimer(pause/2 + rand.N(pause))
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
		pause = min(2*pause, 2*time.Second)
	}
}

func (db *DB) listen(ctx context.Context, channel string, fn func(payload string)) error {
	conn, err := pgx.ConnectConfig(ctx, db.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(ctx)
	}()
	if _, err := conn.Exec(ctx, `LISTEN `+pgx.Identifier{channel}.Sanitize()); err != nil {
		return err
	}
	fn("")
	for {
		wait, cancel := context.WithTimeout(ctx, db.quiet)
		n, err := conn.WaitForNotification(wait)
		cancel()
		switch {
		case err == nil:
			fn(n.Payload)
		case ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded):
			probe, cancel := context.WithTimeout(ctx, 5*time.Second)
			err := conn.Ping(probe)
			cancel()
			if err != nil {
				return err
			}
		default:
			return err
		}
	}
}
