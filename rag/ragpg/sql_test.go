package ragpg_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
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
	constants := constants(t)
	ctx := context.Background()
	app := pgtest.New(t).App(t)
	if _, err := app.Exec(ctx, `SET plan_cache_mode = force_generic_plan`); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for name, sql := range constants {
		if !strings.HasPrefix(name, "sql") {
			continue
		}
		seen++
		if _, listed := withoutTenant[name]; !strings.Contains(sql, "tenant_id") != listed {
			t.Errorf("%s: it names no tenant, or is listed as if it did not", name)
		}
		prepared, err := app.Prepare(ctx, name, sql)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if name == "sqlReplan" {
			continue // has no plan itself
		}
		// Rights are checked when a plan is made, not when the text is read.
		explain := fmt.Sprintf("EXPLAIN EXECUTE %q", name)
		if n := len(prepared.ParamOIDs); n > 0 {
			explain += "(NULL" + strings.Repeat(", NULL", n-1) + ")"
		}
		if _, err := app.Exec(ctx, explain); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if seen < 30 {
		t.Errorf("only %d constants named sql… were found", seen)
	}
}

// constants are the package's string constants, put together.
func constants(t *testing.T) map[string]string {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]ast.Expr{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == len(spec.Names) {
				for i, name := range spec.Names {
					values[name.Name] = spec.Values[i]
				}
			}
			return true
		})
	}
	texts := map[string]string{}
	for name, value := range values {
		if text, ok := constant(values, value); ok {
			texts[name] = text
		} else if strings.HasPrefix(name, "sql") {
			t.Errorf("%s is not put together from string constants", name)
		}
	}
	return texts
}

func constant(values map[string]ast.Expr, e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.Ident:
		return constant(values, values[e.Name])
	case *ast.BinaryExpr:
		left, ok := constant(values, e.X)
		right, too := constant(values, e.Y)
		return left + right, ok && too && e.Op == token.ADD
	}
	return "", false
}
