package main

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// listed is what go list tells of a package.
type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "storebot/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// imports say which rooms must not know which others, and why. A path ending
// in /... stands for all below it and itself.
var imports = []struct {
	of     string   // packages
	except []string // but not these
	not    []string // must not import
	why    string
}{
	{"storebot/...", []string{"storebot/cmd/..."}, []string{"storebot/cmd/..."}, "nobody knows the program that wires them"},
	{"storebot/tenant", nil, []string{"storebot/..."}, "who a caller is depends on nothing else of the product"},
	{"storebot/rag", nil, []string{"storebot/rag/ragpg", "storebot/rag/ragrpc", "storebot/rag/ragjob", "storebot/rag/ollama", "storebot/rag/index", "storebot/tenant/...", "storebot/console/...", "storebot/proto/..."}, "the domain knows its adapters only as interfaces"},
	{"storebot/rag/lexical", nil, []string{"storebot/rag/index", "storebot/rag/ragpg"}, "text knows nothing of where it is kept"},
	{"storebot/console/insight", nil, []string{"storebot/rag/...", "storebot/tenant/..."}, "figures are made from stored turns, not from the engine"},
	{"storebot/...", []string{"storebot/cmd/...", "storebot/proto/...", "storebot/rag/ragrpc", "storebot/tenant/tenantrpc", "storebot/console/insight/insightrpc", "storebot/console/onboarding/onboardingrpc"}, []string{"storebot/proto/..."}, "the contract's types stay at the edge"},
	{"storebot/...", []string{"storebot/cmd/...", "storebot/migrations/...", "storebot/tenant/tenantpg", "storebot/tenant/platformpg", "storebot/rag/ragpg", "storebot/rag/ragjob", "storebot/console/insight/insightpg", "storebot/console/onboarding/onboardingpg"}, []string{"github.com/jackc/pgx/v5/...", "database/sql"}, "SQL has few homes"},
	{"storebot/...", []string{"storebot/cmd/...", "storebot/console", "storebot/rag/ollama/...", "storebot/proto/..."}, []string{"net/http"}, "HTTP is the edge's and the model's"},
	{"storebot/...", []string{"storebot/rag/ollama/..."}, []string{"github.com/ollama/ollama/..."}, "one adapter wraps the model server"},
}

func within(path, pattern string) bool {
	base, all := strings.CutSuffix(pattern, "/...")
	return path == base || all && strings.HasPrefix(path, base+"/")
}

func withinAny(path string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return within(path, p) })
}

func TestImportsPointOneWay(t *testing.T) {
	for _, p := range packages(t) {
		for _, rule := range imports {
			if !within(p.ImportPath, rule.of) || withinAny(p.ImportPath, rule.except) {
				continue
			}
			for _, imported := range p.Imports {
				if imported != p.ImportPath && imported != "storebot/tenant" && withinAny(imported, rule.not) {
					t.Errorf("%s imports %s: %s", p.ImportPath, imported, rule.why)
				}
			}
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, p := range packages(t) {
		if strings.HasPrefix(p.ImportPath, "storebot/proto/gen") {
			continue
		}
		documented := false
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			documented = documented || f.Doc != nil && len(f.Doc.Text()) > 40
		}
		if len(p.GoFiles) > 0 && !documented {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}
