package onboardingpg

import (
	"testing"

	"storebot/migrations/pgtest"
)

// Every statement of this package is one that the schema and the grants of the
// runtime role allow.
func TestEveryStatementPrepares(t *testing.T) {
	statements := pgtest.Statements(t)
	if len(statements) < 3 {
		t.Fatalf("only %d constants named sql… were found", len(statements))
	}
	pgtest.Prepares(t, pgtest.New(t).App(t), statements)
}
