package ragpg

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/live"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

// TalkChannel is where processes tell each other what happened in conversations
// that people take part in. A notification names the tenant and the
// conversation, then what happened: "moved STATE POSITION", "turned STATE" or "typing".
const TalkChannel = "talk"

// checkTalks is how often what a process knows is held against the database: so
// long a lost notification stays unnoticed.
const checkTalks = 5 * time.Second

// Hear takes a notification of TalkChannel; "" says that some may have been
// lost, and everything watched is looked at at once.
func (h *Handovers) Hear(payload string) error {
	if payload == "" {
		h.Hub.Missed()
		return nil
	}
	c, err := parseTalk(payload)
	if err != nil {
		return err
	}
	h.Hub.Publish(c)
	return nil
}

func parseTalk(payload string) (c live.Change, err error) {
	words := strings.Fields(payload)
	if len(words) < 3 {
		return c, fmt.Errorf("notification %q has %d words", payload, len(words))
	}
	if c.Tenant, err = tenant.ParseID(words[0]); err != nil {
		return c, fmt.Errorf("notification %q: %w", payload, err)
	}
	if c.Conversation, err = uuid.Parse(words[1]); err != nil {
		return c, fmt.Errorf("notification %q: %w", payload, err)
	}
	switch {
	case words[2] == "typing":
		c.Kind = live.Typing
	case words[2] == "turned" && len(words) == 4:
		c.Kind, c.State = live.Turned, rag.State(words[3])
	case words[2] == "moved" && len(words) == 5:
		c.Kind, c.State = live.Moved, rag.State(words[3])
		if c.Position, err = strconv.Atoi(words[4]); err != nil {
			return c, fmt.Errorf("notification %q: %w", payload, err)
		}
	default:
		return c, fmt.Errorf("notification %q cannot be read", payload)
	}
	return c, nil
}

// Run checks what this process knows until ctx ends, so that a lost
// notification is made good.
func (h *Handovers) Run(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(checkTalks)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := h.Check(ctx); err != nil && ctx.Err() == nil {
				log.Warn("check the conversations that are watched", "err", err)
			}
		}
	}
}

const sqlPositions = `SELECT id, state, position FROM conversation WHERE tenant_id = $1 AND id = ANY($2)`

// Check wakes the watchers of conversations that have moved, in one round trip.
func (h *Handovers) Check(ctx context.Context) error {
	watched := h.Hub.Watched()
	if len(watched) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, checkTalks)
	defer cancel()
	return h.DB.Batch(ctx, func(b *tenantpg.Batch) {
		for id, list := range watched {
			b.In(id, sqlPositions, id.UUID, list).Query(func(rows pgx.Rows) error {
				c := live.Change{Tenant: id, Kind: live.Moved}
				_, err := pgx.ForEachRow(rows, []any{&c.Conversation, &c.State, &c.Position}, func() error {
					h.Hub.Moved(c)
					return nil
				})
				return err
			})
		}
	})
}
