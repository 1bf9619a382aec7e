package check_test

import (
	"fmt"
	"testing"

	"storebot/rag"
	"storebot/rag/check"
	"storebot/rag/product"
	"storebot/tenant"

	"github.com/google/uuid"
)

func goods(name, sku, price string) product.Product {
	return product.Product{ID: uuid.New(), SKU: sku, Name: name, Price: product.Price(price), Currency: "TWD"}
}

// A check may say that a product's row answers, and a change of products is held
// against the checks as one of entries is.
func TestChecksSeeProducts(t *testing.T) {
	s := teaShop()
	oolong, gaiwan := goods("Winter oolong", "T-1", "1200"), goods("Porcelain gaiwan", "G-1", "800")
	s.known.Products = []product.Product{oolong, gaiwan}
	for _, c := range []rag.Check{
		{Question: "how much is the winter oolong", Product: oolong.ID},
		{Question: "how much is the porcelain gaiwan", Product: gaiwan.ID},
		{Question: "postage", Entry: s.known.Entries[0].ID},
		{Question: "how much is the glass teapot"}, // nothing may answer
	} {
		c.ID = uuid.New()
		s.checks = append(s.checks, c)
	}
	r := s.runner(nil)
	ctx, id := t.Context(), tenant.NewID()
	results, err := r.Run(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, result := range results {
		if !result.Passed() {
			t.Errorf("%q: outcome %d, %s", result.Question, result.Outcome, result.Decision)
		}
		if result.Product == oolong.ID && (result.FoundProduct == nil || result.ExpectedProduct == nil || result.FoundProduct.SKU != "T-1" || result.Found != nil) {
			t.Errorf("%q was found as %+v, %+v", result.Question, result.FoundProduct, result.Found)
		}
	}
	renamed, second := oolong, goods("Winter oolong", "T-2", "900")
	renamed.Name = "Spring jasmine"
	for name, c := range map[string]struct {
		change         check.Change
		broken, mended []string
	}{
		"another price": {change: check.Change{PutProducts: []product.Product{func() product.Product { p := oolong; p.Price = "1300"; return p }()}}},
		"another name":  {change: check.Change{PutProducts: []product.Product{renamed}}, broken: []string{"how much is the winter oolong"}},
		"a deletion":    {change: check.Change{DeletedProducts: []uuid.UUID{gaiwan.ID}}, broken: []string{"how much is the porcelain gaiwan"}},
		"a twin":        {change: check.Change{PutProducts: []product.Product{second}}, broken: []string{"how much is the winter oolong"}},
		"a new one":     {change: check.Change{PutProducts: []product.Product{goods("Glass teapot", "P-1", "5")}}, broken: []string{"how much is the glass teapot"}},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := r.Preview(ctx, id, c.change)
			if err != nil || report.Checks != 4 {
				t.Fatal(report, err)
			}
			if got, want := fmt.Sprintf("%q %q", asked(report.Broken), asked(report.Mended)), fmt.Sprintf("%q %q", c.broken, c.mended); got != want {
				t.Errorf("broken and mended %s, want %s", got, want)
			}
		})
	}
	// With an entry named as well, either may answer; thresholds are found of entries alone.
	s.checks = []rag.Check{{ID: uuid.New(), Question: "how much is the winter oolong", Product: oolong.ID, Entry: s.known.Entries[0].ID}}
	if results, err := r.Run(ctx, id); err != nil || !results[0].Passed() {
		t.Errorf("either: %+v, %v", results, err)
	}
	if labels, _, err := r.Labels(ctx, id); err != nil || len(labels) != 0 {
		t.Errorf("labels %+v, %v", labels, err)
	}
}
