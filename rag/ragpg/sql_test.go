package ragpg_test

import (
	"strings"
	"testing"

	"storebot/migrations/pgtest"
)

// withoutTenant are the statements that name no tenant, each with its reason.
var withoutTenant = map[string]string{
	"sqlReplan":     "reads no table",
	"sqlNotifyTalk": "reads no table; the tenant is in what it says",
	"sqlTenants":    "lists the shops, for the sweep that then asks each inside its tenant",
}

// Every statement of this package is one that the schema and the grants of the
// runtime role allow, and names the tenant.
func TestEveryStatementPrepares(t *testing.T) {
	statements := pgtest.Statements(t)
	if len(statements) < 30 {
		t.Fatalf("only %d constants named sql… were found", len(statements))
	}
	for name, sql := range statements {
		if _, listed := withoutTenant[name]; !strings.Contains(sql, "tenant_id") != listed {
			t.Errorf("%s: it names no tenant, or is listed as if it did not", name)
		}
	}
	pgtest.Prepares(t, pgtest.New(t).App(t), statements)
}
