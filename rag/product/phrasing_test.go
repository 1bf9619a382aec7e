package product_test

import (
	"testing"

	"storebot/rag/product"
)

// A phrasing answers whoever asks the same, in whatever courtesy, script and of
// whatever the row tells; a question about something more is still not the shelf's.
func TestPhrasingsNameAProduct(t *testing.T) {
	n := 3
	shelf := product.NewShelf([]product.Product{
		{SKU: "T-1", Name: "Winter oolong", Price: "1200", Currency: "TWD", Stock: &n,
			Phrasings: []string{"that fuzzy one my aunt drinks", "阿嬤最愛的那款綠茶多少錢", "how much is it?", "the one from the fair"}},
		{SKU: "G-1", Name: "Porcelain gaiwan", Price: "800", Currency: "TWD", Phrasings: []string{"the one from the fair"}},
	})
	for question, want := range map[string]string{
		"that fuzzy one my aunt drinks":               "The price of Winter oolong is NT$1,200. We have 3 of Winter oolong left.",
		"How much is the fuzzy one my aunt drinks??":  "The price of Winter oolong is NT$1,200.",
		"do you have the fuzzy one my aunt drinks":    "The price of Winter oolong is NT$1,200. We have 3 of Winter oolong left.",
		"阿嬷最爱的绿茶有货吗":                                  "We have 3 of Winter oolong left.",
		"can i return the fuzzy one my aunt drinks":   "",
		"the aunt one my fuzzy drinks, at what price": "", // other words
		"the one from the fair":                       "", // two products have it
	} {
		r, ok := shelf.Read(question)
		got := ""
		if ok && !r.Points && len(r.Products) == 1 && r.Whole {
			got = r.Answer("en", nil)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", question, got, want)
		}
	}
	// What names nothing stays a question about what is spoken of.
	if r, ok := shelf.Read("how much is it?"); !ok || !r.Points {
		t.Errorf("%+v, %v", r, ok)
	}
}

func TestAPhrasingIsTakenAway(t *testing.T) {
	p := product.Product{Phrasings: []string{"the fuzzy one", "the round one"}}
	left, taken := p.Without("How much is the FUZZY one?")
	if !taken || len(left.Phrasings) != 1 || left.Phrasings[0] != "the round one" || len(p.Phrasings) != 2 {
		t.Errorf("%v, %v, %v", left.Phrasings, taken, p.Phrasings)
	}
	if _, taken := p.Without("how much is it"); taken {
		t.Error("a question that names nothing takes a phrasing away")
	}
}
