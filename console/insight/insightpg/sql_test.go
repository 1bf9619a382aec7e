package insightpg

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"strings"
	"testing"

	"storebot/migrations/pgtest"
)

var statements = map[string]string{
	"sqlPlan": sqlPlan, "sqlMemory": sqlMemory, "sqlJIT": sqlJIT, "sqlNoLoops": sqlNoLoops,
	"sqlTallies": sqlTallies, "sqlCounted": sqlCounted, "sqlSpan": sqlSpan, "sqlOpenGaps": sqlOpenGaps,
	"sqlDue": sqlDue, "sqlBegin": sqlBegin, "sqlLock": sqlLock, "sqlDropStale": sqlDropStale, "sqlTakeStale": sqlTakeStale, "sqlNext": sqlNext, "sqlForget": sqlForget,
	"sqlCount": sqlCount, "sqlUntil": sqlUntil, "sqlShops": sqlShops,
	"sqlTopEntries": sqlTopEntries, "sqlTopEntriesCounted": sqlTopEntriesCounted, "sqlEntryQuestions": sqlEntryQuestions,
	"sqlStaff": sqlStaff, "sqlMeasured": sqlMeasured, "sqlOpening": sqlOpening,
	"sqlQuartersWith": sqlQuartersWith, "sqlLedgerOf": sqlLedgerOf,
	"sqlLedger": sqlLedger, "sqlBaseline": sqlBaseline, "sqlSetBaseline": sqlSetBaseline,
}

// Every statement of this package is one that the schema and the grants of the
// runtime role allow.
func TestEveryStatementPrepares(t *testing.T) {
	ctx := context.Background()
	app := pgtest.New(t).App(t)
	for name, sql := range statements {
		prepared, err := app.Prepare(ctx, name, sql)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		// Rights are checked when a plan is about to run, not when the text is read.
		explain := `EXPLAIN EXECUTE "` + name + `"`
		if n := len(prepared.ParamOIDs); n > 0 {
			explain += "(NULL" + strings.Repeat(", NULL", n-1) + ")"
		}
		if _, err := app.Exec(ctx, explain); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(v.Names[0].Name, "sql") && statements[v.Names[0].Name] == "" {
				t.Errorf("%s is not tried here", v.Names[0].Name)
			}
			return true
		})
	}
}
