package platformpg

import (
	"testing"

	"storebot/migrations/pgtest"
)

// Every statement of this package is one that the schema and the grants of the
// platform's role allow.
func TestEveryStatementPrepares(t *testing.T) {
	statements := pgtest.Statements(t)
	if len(statements) < 10 {
		t.Fatalf("only %d constants named sql… were found", len(statements))
	}
	conn := pgtest.New(t).Admin(t)
	if _, err := conn.Exec(t.Context(), `SET ROLE storebot_platform`); err != nil {
		t.Fatal(err)
	}
	pgtest.Prepares(t, conn, statements)
}
