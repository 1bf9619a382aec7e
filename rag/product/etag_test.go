package product_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"storebot/rag/product"
)

// Each change of what stands in a product gives it another ETag, and nothing else does.
func TestETagTellsProductsApart(t *testing.T) {
	one, none := 1, 0
	base := product.Product{SKU: "a", Name: "b", Price: "1", Currency: "TWD", Stock: &one, Link: "l", Image: "i",
		Attributes: []product.Attribute{{Name: "x", Value: "1"}, {Name: "y", Value: "2"}}, OtherNames: []string{"o", "n"}, Phrasings: []string{"p", "q"}}
	seen := map[string]int{base.ETag(): -1}
	for i, change := range []func(*product.Product){
		func(p *product.Product) { p.SKU = "A" },
		func(p *product.Product) { p.SKU, p.Name = "ab", "" },
		func(p *product.Product) { p.Price = "1.0" },
		func(p *product.Product) { p.Currency = "USD" },
		func(p *product.Product) { p.Stock = &none },
		func(p *product.Product) { p.Stock = nil },
		func(p *product.Product) { p.Link, p.Image = "i", "l" },
		func(p *product.Product) { p.Attributes = []product.Attribute{base.Attributes[1], base.Attributes[0]} },
		func(p *product.Product) { p.Attributes = nil },
		func(p *product.Product) { p.OtherNames, p.Phrasings = p.Phrasings, p.OtherNames },
		func(p *product.Product) { p.OtherNames = []string{"o,n"} },
		func(p *product.Product) { p.Phrasings = nil },
	} {
		p := base
		change(&p)
		if other, there := seen[p.ETag()]; there {
			t.Errorf("change %d has the ETag of change %d", i, other)
		}
		seen[p.ETag()] = i
	}
	same := base
	again := 1
	same.ID, same.UpdatedAt, same.Stock = uuid.New(), time.Now(), &again
	if same.ETag() != base.ETag() {
		t.Error("what is no content changes the ETag")
	}
	empty := product.Product{Attributes: []product.Attribute{}, OtherNames: []string{}, Phrasings: []string{}}
	if empty.ETag() != (product.Product{}).ETag() {
		t.Error("no list is another content than an empty one")
	}
}
