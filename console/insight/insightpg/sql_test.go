package insightpg

import (
	"testing"

	"storebot/migrations/pgtest"
)

// Every statement of this package is one that the schema and the grants of the
// runtime role allow.
func TestEveryStatementPrepares(t *testing.T) {
	statements := pgtest.Statements(t)
	if len(statements) < 20 {
		t.Fatalf("only %d constants named sql… were found", len(statements))
	}
	pgtest.Prepares(t, pgtest.New(t).App(t), statements)
}
