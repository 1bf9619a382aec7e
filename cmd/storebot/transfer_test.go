package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"storebot/cmd/storebot/internal/proctest"
	"storebot/rag"
)

// imported is what import --json prints.
type imported struct {
	ID       string      `json:"id"`
	DryRun   bool        `json:"dry_run"`
	Format   string      `json:"format"`
	Rows     int         `json:"rows"`
	Found    rag.Counts  `json:"found"`
	Created  int         `json:"created"`
	Updated  int         `json:"updated"`
	Skipped  int         `json:"skipped"`
	Kept     []string    `json:"kept"`
	Problems []rowReport `json:"problems"`
}

func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// newShop makes a shop and returns the options that name it and its database.
func newShop(t *testing.T, database, name string) []string {
	t.Helper()
	do(t, "tenant", "create", name, "--slug", name, database)
	return []string{"--tenant", name, database}
}

func with(options []string, more ...string) []string { return append(more, options...) }

func equalRows(t *testing.T, got, want []row) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d rows, want %d", len(got), len(want))
	}
	wrong := 0
	for i := range min(len(got), len(want)) {
		g, w := got[i], want[i]
		if len(g.phrasings) == 0 && len(w.phrasings) == 0 {
			g.phrasings, w.phrasings = nil, nil
		}
		if !reflect.DeepEqual(g, w) {
			if wrong++; wrong <= 3 {
				t.Errorf("row %d: %q, want %q", i+1, g, w)
			}
		}
	}
}

// Whatever the encoding and the delimiter, the same rows come out again, in
// both formats, in the sheet's order.
func TestImportAndExportGiveTheSameRows(t *testing.T) {
	const n = 1500
	db, _ := database(t)
	dir := t.TempDir()
	for name, s := range sheets(t, n) {
		shop := newShop(t, db, strings.TrimSuffix(name, ".csv"))
		file := write(t, filepath.Join(dir, name), s.content)
		got := decode[imported](t, doFast(t, with(shop, "import", file, "--json")...))
		if got.Rows != n || got.Found != (rag.Counts{Ready: n}) || got.Created != n || len(got.Problems) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
		equalRows(t, exported(t, doFast(t, with(shop, "export")...)), s.rows)
		if t.Failed() {
			t.Fatalf("%s (%s)", name, got.Format)
		}
		if name != "utf-8.csv" {
			continue
		}
		workbook := filepath.Join(dir, "export.xlsx")
		if out := doFast(t, with(shop, "export", "--format", "xlsx", "-o", workbook)...); out != "" {
			t.Errorf("export into a file prints %q", out)
		}
		other := newShop(t, db, "xlsx")
		if got := decode[imported](t, doFast(t, with(other, "import", workbook, "--json")...)); got.Created != n || len(got.Problems) != 0 {
			t.Errorf("the workbook: %+v", got)
		}
		equalRows(t, exported(t, doFast(t, with(other, "export")...)), s.rows)
		// Each other's exports change nothing in either.
		for _, again := range []string{workbook, file} {
			if got := decode[imported](t, doFast(t, with(other, "import", again, "--json")...)); got.Found != (rag.Counts{Exists: n}) || got.Created+got.Updated != 0 {
				t.Errorf("%s again: %+v", again, got)
			}
		}
	}
}

// What there is of a shop: all that an import may change.
func contents(t *testing.T, conn querier) string {
	t.Helper()
	var out string
	err := conn.QueryRow(t.Context(), `SELECT concat(
		(SELECT string_agg(concat_ws(' ', t.slug, s.knowledge_version), ',' ORDER BY t.slug) FROM shop s JOIN identity.tenant t ON t.id = s.tenant_id), ' ',
		(SELECT md5(string_agg(concat_ws(' ', id, position, encode(content_hash, 'hex'), updated_at), ',' ORDER BY id)) FROM entry), ' ',
		(SELECT count(*) FROM phrasing), ' ', (SELECT count(*) FROM embedding))`).Scan(&out)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestImportAgainOrDryChangesNothing(t *testing.T) {
	option, db := database(t)
	conn := db.Admin(t)
	shop := newShop(t, option, "again")
	file := write(t, filepath.Join(t.TempDir(), "faq.csv"), asCSV(t, generate(300, "en", "zh-Hant"), ',', english...))

	before := contents(t, conn)
	dry := do(t, with(shop, "import", file, "--dry-run")...)
	if !strings.Contains(dry, "300 ready") || !strings.Contains(dry, "Nothing was stored") {
		t.Errorf("a dry run says %q", dry)
	}
	if got := contents(t, conn); got != before {
		t.Errorf("a dry run changed %s to %s", before, got)
	}
	do(t, with(shop, "import", file)...)
	before = contents(t, conn)
	if out := do(t, with(shop, "import", file)...); !strings.Contains(out, "300 already there") || !strings.Contains(out, "0 created, 0 updated, 300 skipped") {
		t.Errorf("the second import says %q", out)
	}
	if got := contents(t, conn); got != before {
		t.Errorf("the second import changed %s to %s", before, got)
	}
}

func TestImportOfChangedRows(t *testing.T) {
	option, _ := database(t)
	dir := t.TempDir()
	rows := generate(3, "en")
	first := write(t, filepath.Join(dir, "first.csv"), asCSV(t, rows, ',', english...))
	changed := append([]row(nil), rows...)
	changed[1].answer = "It comes tomorrow."
	second := write(t, filepath.Join(dir, "second.csv"), asCSV(t, changed, ',', english...))
	for policy, want := range map[string][]row{
		"overwrite": changed, "skip": rows, "add": append(append([]row(nil), rows...), changed[1]),
	} {
		shop := newShop(t, option, "on-"+policy)
		do(t, with(shop, "import", first)...)
		if got := decode[imported](t, do(t, with(shop, "import", second, "--on-change", policy, "--json")...)); got.Found != (rag.Counts{Exists: 2, Changed: 1}) {
			t.Errorf("%s: %+v", policy, got)
		}
		equalRows(t, exported(t, do(t, with(shop, "export")...)), want)
	}
}

// Rows that cannot be taken in are told by number, and the others are stored.
func TestImportOfInvalidRows(t *testing.T) {
	option, _ := database(t)
	shop := newShop(t, option, "invalid")
	long := strings.Repeat("x", rag.MaxQuestion+1)
	file := write(t, filepath.Join(t.TempDir(), "faq.csv"), []byte("question,answer\nOne?,1\n,nobody asked\nThree?,\n"+long+",4\nFive?,5\nOne?,1\n"))
	refused(t, 1, []string{"row 3, column question: error:", "row 4, column answer: error:", "row 5, column question: error:", "row 7: repeats",
		"6 rows: 2 ready, 0 already there, 0 changed, 1 repeated, 3 invalid", "2 created"}, with(shop, "import", file)...)
	equalRows(t, exported(t, do(t, with(shop, "export")...)), []row{{"One?", "1", "", "en", nil}, {"Five?", "5", "", "en", nil}})

	o := storebot(t, with(shop, "import", file, "--dry-run", "--json")...)
	got := decode[imported](t, o.out)
	if o.status != 1 || !got.DryRun || got.Found != (rag.Counts{Exists: 2, Repeated: 1, Invalid: 3}) {
		t.Errorf("status %d, %+v", o.status, got)
	}
	var numbers []string
	for _, p := range got.Problems {
		numbers = append(numbers, fmt.Sprint(p.Row, " ", p.Status))
	}
	if s := strings.Join(numbers, ", "); s != "3 invalid, 4 invalid, 5 invalid, 7 repeated" {
		t.Errorf("the rows with problems are %s", s)
	}
}

// A sheet without headers is asked about, never guessed.
func TestImportAsksForColumns(t *testing.T) {
	option, _ := database(t)
	shop := newShop(t, option, "columns")
	dir := t.TempDir()
	bare := write(t, filepath.Join(dir, "bare.csv"), []byte("1,It is free.,Is it free?\n2,It is blue.,Which colour?\n"))
	refused(t, 1, []string{"--columns", "question", "answer"}, with(shop, "import", bare)...)
	do(t, with(shop, "import", bare, "--columns", "3,2")...)
	want := []row{{"Is it free?", "It is free.", "", "en", nil}, {"Which colour?", "It is blue.", "", "en", nil}}
	equalRows(t, exported(t, do(t, with(shop, "export")...)), want)

	// Foreign names in the first row are names, if one says so.
	named := write(t, filepath.Join(dir, "named.csv"), []byte("Frage,Antwort\nIs it free?,It is free.\nWhich colour?,It is blue.\n"))
	refused(t, 1, []string{"--columns", "--header", "Frage"}, with(shop, "import", named)...)
	if got := decode[imported](t, do(t, with(shop, "import", named, "--columns", "1,2", "--header", "--json")...)); got.Found != (rag.Counts{Exists: 2}) {
		t.Errorf("%+v", got)
	}
	refused(t, 1, []string{"--columns takes two numbers"}, with(shop, "import", bare, "--columns", "3")...)
	refused(t, 1, []string{"column I", "the answer is empty"}, with(shop, "import", bare, "--columns", "3,9", "--dry-run")...)
}

func TestImportAndExportThatCannotBe(t *testing.T) {
	option, _ := database(t)
	shop := newShop(t, option, "here")
	dir := t.TempDir()
	file := write(t, filepath.Join(dir, "faq.csv"), []byte("question,answer\nOne?,1\n"))
	unknown := []string{"--tenant", "nowhere", option}
	for _, command := range [][]string{{"import", file}, {"export"}, {"ask", "One?"}} {
		refused(t, 1, []string{`there is no shop "nowhere"`, "storebot tenant list"}, with(unknown, command...)...)
	}
	picture := write(t, filepath.Join(dir, "faq.png"), []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))
	refused(t, 1, []string{"faq.png"}, with(shop, "import", picture)...)
	refused(t, 1, []string{"empty"}, with(shop, "import", write(t, filepath.Join(dir, "empty.csv"), nil))...)

	missing := proctest.Run(t, program, os.Environ(), with(shop, "import", filepath.Join(dir, "missing.csv"))...)
	if missing.Status == 0 || !strings.Contains(missing.Stderr, "missing.csv") {
		t.Errorf("a file that is not there: %+v", missing)
	}
	// An export that cannot be finished leaves nothing that looks like one.
	out := filepath.Join(dir, "no", "such", "folder", "faq.csv")
	refused(t, 1, []string{"no such file or directory"}, with(shop, "export", "-o", out)...)
}
