package ragjob

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"storebot/rag"
	"storebot/tenant"
)

// embedBatch is how many texts a model is asked for at once: more would keep a
// live question waiting (128 texts blocked one for 1.2 to 14 s).
const embedBatch = 16

// Vectors is where vectors are kept.
type Vectors interface {
	// Pending returns at most limit phrasings past after, by id, that lack a
	// vector of model.
	Pending(ctx context.Context, id tenant.ID, model string, after uuid.UUID, limit int) ([]rag.Phrasing, error)
	// StoreVectors stores one vector a phrasing; doing it twice is doing it once.
	StoreVectors(ctx context.Context, id tenant.ID, model string, list []rag.Phrasing, vectors [][]float32) error
	// Settle searches the shop with model from now on and calls finish in the
	// same transaction, or returns false while a vector is missing.
	Settle(ctx context.Context, id tenant.ID, model string, finish func(ctx context.Context, tx pgx.Tx) error) (bool, error)
}

type embedWorker struct {
	river.WorkerDefaults[embedArgs]
	vectors  Vectors
	embedder func() rag.Embedder
	log      *slog.Logger
	now      func() time.Time
}

func (w *embedWorker) Work(ctx context.Context, job *river.Job[embedArgs]) error {
	id := tenant.ID{UUID: job.Args.Tenant}
	engine := w.embedder()
	if engine == nil || engine.Model() == "" {
		return river.JobSnooze(pause)
	}
	until := w.now().Add(slice)
	var after uuid.UUID
	for {
		list, err := w.vectors.Pending(ctx, id, engine.Model(), after, embedBatch)
		if err != nil {
			return w.stopped(ctx, err)
		}
		if len(list) == 0 {
			// The job ends in the transaction that finds nothing left, so that
			// a change which comes after it can ask for a new one.
			settled, err := w.vectors.Settle(ctx, id, engine.Model(), func(ctx context.Context, tx pgx.Tx) error {
				_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
				return err
			})
			if errors.Is(err, rag.ErrNotFound) {
				return river.JobCancel(err)
			}
			if err != nil || settled {
				return w.stopped(ctx, err)
			}
			after = uuid.Nil
			continue
		}
		vectors, err := w.embed(ctx, engine, list)
		if errors.Is(err, rag.ErrModelUnavailable) && ctx.Err() == nil {
			return river.JobSnooze(pause)
		}
		if err != nil {
			return w.stopped(ctx, err)
		}
		if err := w.vectors.StoreVectors(ctx, id, engine.Model(), list, vectors); err != nil {
			return w.stopped(ctx, err)
		}
		after = list[len(list)-1].ID
		if w.now().After(until) {
			return river.JobSnooze(0)
		}
	}
}

// stopped leaves the job to the next process when this one stops.
func (w *embedWorker) stopped(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return river.JobSnooze(0)
	}
	return err
}

// embed embeds a batch, text by text when the batch fails: one text that a model
// breaks on must not keep the others out. Such a text gets the vector of a text
// without content, which nothing is near to; the lexical half still finds it.
func (w *embedWorker) embed(ctx context.Context, engine rag.Embedder, list []rag.Phrasing) ([][]float32, error) {
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = p.Text
	}
	vectors, err := engine.EmbedPassages(ctx, texts)
	if err == nil && len(vectors) != len(texts) {
		return nil, fmt.Errorf("embedder %s returned %d vectors for %d texts", engine.Model(), len(vectors), len(texts))
	}
	if err == nil || errors.Is(err, rag.ErrModelUnavailable) || ctx.Err() != nil {
		return vectors, err
	}
	vectors = make([][]float32, len(texts))
	for i := range texts {
		one, err := engine.EmbedPassages(ctx, texts[i:i+1])
		switch {
		case err == nil && len(one) == 1:
			vectors[i] = one[0]
		case errors.Is(err, rag.ErrModelUnavailable), ctx.Err() != nil:
			return nil, err
		default:
			w.log.Warn("a phrasing cannot be embedded", "phrasing", list[i].ID, "model", engine.Model(), "error", err)
			vectors[i] = make([]float32, engine.Dimensions())
		}
	}
	return vectors, nil
}
