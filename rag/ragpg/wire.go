package ragpg

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/pgvector/pgvector-go"
	pgxvector "github.com/pgvector/pgvector-go/pgx"
)

// wired is a halfvec[] in Postgres' binary format: made beside the connection,
// while that one waits for something else.
type wired []byte

// A vectorWire makes them. It is for one goroutine at a time.
type vectorWire struct {
	types *pgtype.Map
	array uint32
}

func (w vectorWire) encode(vectors [][]float32) (wired, error) {
	half := make([]pgvector.HalfVector, len(vectors))
	for i, v := range vectors {
		half[i] = pgvector.NewHalfVector(v)
	}
	return w.types.Encode(w.array, pgx.BinaryFormatCode, half, nil)
}

// newVectorWire returns one for a connection that vectorTypes has taught.
func newVectorWire(tx pgx.Tx) vectorWire {
	element, _ := tx.Conn().TypeMap().TypeForName("halfvec")
	array, _ := tx.Conn().TypeMap().TypeForName("_halfvec")
	own := pgtype.NewMap()
	own.RegisterType(element)
	own.RegisterType(&pgtype.Type{Name: array.Name, OID: array.OID, Codec: &pgtype.ArrayCodec{ElementType: element}})
	return vectorWire{own, array.OID}
}

// vectorTypes teaches a connection pgvector's binary format, once, and wired.
func vectorTypes(ctx context.Context, tx pgx.Tx) error {
	types := tx.Conn().TypeMap()
	if _, known := types.TypeForName("_halfvec"); known {
		return nil
	}
	if err := pgxvector.RegisterTypes(ctx, tx.Conn()); err != nil {
		return fmt.Errorf("look up pgvector's types: %w", err)
	}
	array, known := types.TypeForName("_halfvec")
	if !known {
		return errors.New("look up pgvector's types: the extension is too old to have halfvec")
	}
	types.RegisterType(&pgtype.Type{Name: array.Name, OID: array.OID, Codec: halfArray{array.Codec.(*pgtype.ArrayCodec)}})
	return nil
}

// halfArray takes wired as it is.
type halfArray struct{ *pgtype.ArrayCodec }

func (c halfArray) PlanEncode(m *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	if _, ready := value.(wired); ready && format == pgx.BinaryFormatCode {
		return asIs{}
	}
	return c.ArrayCodec.PlanEncode(m, oid, format, value)
}

type asIs struct{}

func (asIs) Encode(value any, buf []byte) ([]byte, error) { return append(buf, value.(wired)...), nil }
