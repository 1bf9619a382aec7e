package pgtest

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

	"github.com/jackc/pgx/v5"
)

// Statements returns the constants named sql… of the package under test, whose
// folder is the working folder, put together from literals and other constants.
// One that is put together from anything else fails t.
func Statements(t testing.TB) map[string]string {
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
	statements := map[string]string{}
	for name, value := range values {
		if !strings.HasPrefix(name, "sql") {
			continue
		}
		text, ok := constant(values, value)
		if !ok {
			t.Errorf("%s is not put together from string constants", name)
			continue
		}
		statements[name] = text
	}
	return statements
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

// Prepares fails t for every statement that the schema, or the grants of conn's
// role, do not allow.
func Prepares(t testing.TB, conn *pgx.Conn, statements map[string]string) {
	t.Helper()
	ctx := context.Background()
	if _, err := conn.Exec(ctx, `SET plan_cache_mode = force_generic_plan`); err != nil {
		t.Fatal(err)
	}
	for name, sql := range statements {
		prepared, err := conn.Prepare(ctx, name, sql)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if word, _, _ := strings.Cut(strings.TrimSpace(sql), " "); word == "SET" {
			continue // has no plan
		}
		// Rights are checked when a plan is made, not when the text is read.
		explain := fmt.Sprintf("EXPLAIN EXECUTE %q", name)
		if n := len(prepared.ParamOIDs); n > 0 {
			explain += "(NULL" + strings.Repeat(", NULL", n-1) + ")"
		}
		if _, err := conn.Exec(ctx, explain); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
