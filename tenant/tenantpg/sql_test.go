package tenantpg

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"strings"
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

// outside are the statements that run without a tenant, where row-level
// security shows and hides nothing, each with the reason why it must.
var outside = map[string]string{
	"sqlAccountByEmail":      "who signs in has named an e-mail, no shop",
	"sqlMemberships":         "the tenant is chosen from them",
	"sqlAddSession":          "a session is an account's",
	"sqlRemoveEndedSessions": "a session is an account's",
	"sqlSessionByHash":       "the secret says which shop is meant",
	"sqlTouchSession":        "the secret says which session is meant",
	"sqlSessionsOf":          "a session is an account's",
	"sqlRemoveSession":       "a session is an account's",
	"sqlKeyByHash":           "the key says which shop is meant",
	"sqlChangesSince":        "asked for all shops at once",
	"sqlInvitationByHash":    "the secret says which shop is meant",
	"sqlForgetResets":        "a password is a person's",
	"sqlAddReset":            "a password is a person's",
	"sqlAccountByReset":      "a password is a person's",
	"sqlUseReset":            "a password is a person's",
	"sqlAccount":             "a password is a person's",
	"sqlAddCounts":           "counts of all shops in one statement",
	"sqlUnmeasured":          "which shops are to be measured",
	"sqlVisitByHash":         "the secret says which shop is meant",
	"sqlEndVisit":            "the secret says which visit is meant",
	"sqlReadsAll":            "a role is the cluster's",
	"sqlOverdue":             "which shops are to be erased",
	"sqlTenantIDBySlug":      "a command names a shop by its slug",
	"sqlTenants":             "the list of shops, for those who run the installation",
}

func TestStatementsOutsideATenantAreListed(t *testing.T) {
	found := map[string]bool{}
	for _, file := range parsed(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if f, ok := call.Fun.(*ast.SelectorExpr); !ok || f.Sel.Name != "Identity" {
				return true
			}
			ast.Inspect(call, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.Ident:
					if strings.HasPrefix(n.Name, "sql") {
						found[n.Name] = true
					}
				case *ast.BasicLit:
					if n.Kind == token.STRING {
						t.Errorf("Identity is called with a text of its own: %s", n.Value)
					}
				}
				return true
			})
			return true
		})
	}
	for name := range found {
		if outside[name] == "" {
			t.Errorf("%s runs outside any tenant: give the reason in outside, or use InTenant", name)
		}
	}
	for name := range outside {
		if !found[name] {
			t.Errorf("%s is listed in outside, but does not run there", name)
		}
	}
}

// parsed returns the package's own files.
func parsed(t *testing.T) []*ast.File {
	t.Helper()
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, file)
	}
	return out
}
