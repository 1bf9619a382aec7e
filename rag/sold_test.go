package rag_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"storebot/rag"
	"storebot/rag/confidence"
	"storebot/rag/index"
	"storebot/rag/lexical"
	"storebot/rag/product"
	"storebot/rag/ragtest"
	"storebot/rag/sheet"
	"storebot/tenant"

	"github.com/google/uuid"
)

// teaShop is the shop of testdata/product, without entries if told so.
func teaShop(t *testing.T, entries bool) *index.Index {
	t.Helper()
	file, err := os.ReadFile("testdata/product/products.csv")
	if err != nil {
		t.Fatal(err)
	}
	reader, err := sheet.OpenProducts(bytes.NewReader(file), int64(len(file)), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	columns, err := sheet.NewProductColumns(reader.Info().Header, "")
	if err != nil {
		t.Fatal(err)
	}
	var sold []product.Product
	for {
		number, cells, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		row := columns.Row(number, cells)
		if row.Over(nil); !sheet.Valid(row.Problems) {
			t.Fatalf("row %d: %+v", number, row.Problems)
		}
		sold = append(sold, row.Product)
	}
	var list []rag.Entry
	if entries {
		if file, err = os.ReadFile("testdata/product/faq.csv"); err != nil {
			t.Fatal(err)
		}
		r, err := sheet.Open(bytes.NewReader(file), int64(len(file)), sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for {
			row, _, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, rag.Entry{ID: uuid.New(), Question: row.Question, Answer: row.Answer, Language: row.Language, Phrasings: row.Phrasings,
				Terms: rag.Terms{State: rag.Published}})
		}
	}
	return index.Build(list, nil, index.Options{Shelf: product.NewShelf(sold)})
}

var teaOrigins = []string{"https://shop.example"}

// askTea asks the tea shop; shown is what the shopper's page shows.
func askTea(t *testing.T, x *index.Index, language, question string, shown rag.Introduction) rag.Reply {
	t.Helper()
	a := &rag.Answerer{
		Retriever: retriever(func(_ context.Context, q string) (rag.Retrieval, error) { return x.Search(q, nil), nil }),
		Detect:    lexical.Language, Fold: lexical.Fold, Direct: confidence.Threshold, Unsure: confidence.Unsure,
	}
	var reply rag.Reply
	q := rag.Question{Text: question, Language: language, Shown: func(context.Context) (rag.Introduction, error) { return shown, nil }}
	err := a.Try(t.Context(), rag.Shop{ID: tenant.NewID(), Language: language, Origins: teaOrigins}, q, func(rag.Retrieval) {}, func(e rag.Event) error {
		if d, ok := e.(rag.DoneEvent); ok {
			reply = d.Reply
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", question, err)
	}
	return reply
}

// scored is a labelled question with what it got.
type scored struct {
	language, want, kind, question string
	reply                          rag.Reply
}

func (s scored) sold() bool { return s.reply.Reason == rag.ReasonProduct }

// right reports that the reply is what the label asks for: the product told of,
// a choice among products, or no product at all.
func (s scored) right() bool {
	switch s.want {
	case "which":
		return s.reply.Reason == rag.ReasonWhichProduct
	case "faq", "none":
		return !s.sold() && s.reply.Reason != rag.ReasonWhichProduct
	}
	return s.sold() && len(s.reply.Products) == 1 && s.reply.Products[0].SKU == s.want && s.says()
}

// says reports that the text holds what is asked for, as the row has it.
func (s scored) says() bool {
	card := s.reply.Products[0]
	switch s.kind {
	case "price":
		return card.Price != "" && strings.Contains(s.reply.Text, card.Price)
	case "link":
		return card.Link != "" && strings.Contains(s.reply.Text, card.Link)
	}
	return s.reply.Text != ""
}

func labelled(t *testing.T, x *index.Index, name string) (list []scored) {
	t.Helper()
	file, err := os.Open("testdata/product/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		cells := strings.Split(lines.Text(), "\t")
		want, kind, _ := strings.Cut(cells[1], " ")
		list = append(list, scored{cells[0], want, kind, cells[2], askTea(t, x, cells[0], cells[2], rag.Introduction{})})
	}
	return list
}

// The scores of the labelled set: of 186 questions, 62 a language. What may never
// happen is a wrong product, or a product where an entry or nothing was asked for.
func TestProductsAreAnsweredAsSurelyAsItIsSaid(t *testing.T) {
	type score struct{ asked, right, sold, soldRight int }
	by := map[string]*score{}
	sure := map[float64]*score{}
	count := func(s *score, q scored) {
		s.asked++
		if q.right() {
			s.right++
		}
		if q.sold() {
			s.sold++
			if q.right() {
				s.soldRight++
			}
		}
	}
	for _, q := range labelled(t, teaShop(t, true), "questions.tsv") {
		kind := "product"
		if q.want == "which" || q.want == "faq" || q.want == "none" {
			kind = q.want
		}
		for _, group := range []string{q.language, q.language + " " + kind} {
			if by[group] == nil {
				by[group] = &score{}
			}
			count(by[group], q)
		}
		if q.sold() {
			if sure[q.reply.Confidence] == nil {
				sure[q.reply.Confidence] = &score{}
			}
			count(sure[q.reply.Confidence], q)
		}
		if !q.right() {
			t.Logf("%s %s %s: %q is answered %s (%s), %q", q.language, q.want, q.kind, q.question, q.reply.Decision, q.reply.Reason, q.reply.Text)
		}
		if q.sold() && !q.right() {
			t.Errorf("%q is answered from the wrong row: %q", q.question, q.reply.Text)
		}
	}
	for _, language := range tenant.Languages {
		for _, kind := range []string{"product", "which", "faq", "none"} {
			s := by[language+" "+kind]
			t.Logf("%-8s %-8s %d of %d right", language, kind, s.right, s.asked)
		}
		if all := by[language]; all.asked < 60 || float64(all.right) < .9*float64(all.asked) {
			t.Errorf("%s: %d of %d right, want nine tenths of at least sixty", language, all.right, all.asked)
		}
	}
	for said, s := range sure {
		share := float64(s.soldRight) / float64(s.sold)
		t.Logf("said to be sure %.2f: %d of %d right, at least %.2f with 95 %% certainty", said, s.soldRight, s.sold, math.Pow(.05, 1/float64(s.sold)))
		if share < said {
			t.Errorf("replies that are said to be right %.2f of the time are %.2f of the time", said, share)
		}
	}
}

// Questions that were written when the phrases stood: none of those was chosen
// by them. What they miss stays missed; what they answer must be right.
func TestUnseenQuestionsAboutProducts(t *testing.T) {
	right, sold, offered, all := 0, 0, 0, labelled(t, teaShop(t, true), "unseen.tsv")
	for _, q := range all {
		switch {
		case q.right():
			right++
		case q.sold():
			t.Errorf("%q is answered from the wrong row: %q", q.question, q.reply.Text)
		default:
			t.Logf("%s %s %s: %q is answered %s (%s)", q.language, q.want, q.kind, q.question, q.reply.Decision, q.reply.Reason)
		}
		if q.sold() {
			sold++
		} else if len(q.reply.Products) > 0 && q.reply.Products[0].SKU == q.want {
			offered++
		}
	}
	t.Logf("%d of %d right; %d answered from a row, the right product's card offered %d times", right, len(all), sold, offered)
	if len(all) < 45 {
		t.Errorf("only %d questions", len(all))
	}
}

func TestAShopThatOnlySellsAnswersToo(t *testing.T) {
	reply := askTea(t, teaShop(t, false), "en", "how much is the jasmine tea?", rag.Introduction{})
	if reply.Decision != rag.Direct || reply.Reason != rag.ReasonProduct || reply.Text != "The price of 茉莉花茶 is NT$280." {
		t.Errorf("%+v", reply)
	}
}

func TestItIsTheProductThatThePageShows(t *testing.T) {
	x := teaShop(t, true)
	for _, c := range []struct{ language, question, sku, text string }{
		{"en", "how much is it?", "W-202", "NT$2,800"}, {"en", "is this in stock?", "W-202", "2 of"}, {"zh-Hant", "還有貨嗎？", "W-202", "只剩 2 件"},
		{"zh-Hant", "這個多少錢", "W-202", "NT$2,800"}, {"zh-Hans", "这款多少钱？", "W-202", "NT$2,800"}, {"en", "what is its weight?", "T-101", "150 g"},
	} {
		reply := askTea(t, x, c.language, c.question, rag.Introduction{SKU: strings.ToLower(c.sku), Title: "Whatever", Price: "1 EUR"})
		if reply.Reason != rag.ReasonProduct || !strings.Contains(reply.Text, c.text) {
			t.Errorf("%q of %s: %s %q", c.question, c.sku, reply.Reason, reply.Text)
		}
	}
	for _, shown := range []rag.Introduction{{}, {SKU: "X-9", Title: "Free tea", Price: "0"}} {
		if reply := askTea(t, x, "en", "how much is it?", shown); reply.Reason == rag.ReasonProduct || strings.Contains(reply.Text, "Free tea") {
			t.Errorf("%+v is believed: %q", shown, reply.Text)
		}
	}
	if reply := askTea(t, x, "en", "how much is it?", rag.Introduction{SKU: "G-402"}); reply.Reason == rag.ReasonProduct {
		t.Errorf("a row without a price tells one: %q", reply.Text)
	}
	if reply := askTea(t, x, "en", "can I return it?", rag.Introduction{SKU: "T-101"}); reply.Reason == rag.ReasonProduct {
		t.Errorf("a policy question is answered from a row: %q", reply.Text)
	}
}

func TestACardLinksToTheShopsOwnPagesAlone(t *testing.T) {
	p := product.Product{SKU: "A", Name: "Tea", Link: "https://shop.example.evil.example/t", Image: "https://SHOP.example/t.png"}
	if c := p.Card("en", teaOrigins); c.Link != "" || c.Image != p.Image {
		t.Errorf("%+v", c)
	}
}

// What a model writes of a product must stand in its row: a price, a stock or a
// name of its own never passes.
func TestAModelSaysOfAProductWhatItsRowSays(t *testing.T) {
	stock := 3
	shelf := product.NewShelf([]product.Product{{SKU: "T-1", Name: "Oolong tea", Price: "680", Currency: "TWD", Stock: &stock}})
	found := retriever(func(context.Context, string) (rag.Retrieval, error) {
		return rag.Retrieval{Matches: knowledge, Confidence: .5, Engine: "lexical", Shelf: shelf}, nil
	})
	for _, c := range []struct {
		says   string
		passes bool
	}{
		{"The price of Oolong tea is NT$680 [4].", true},
		{"The price of Oolong tea is NT$580 [4].", false},
		{"The price of Oolong tea is NT$100 [4].", false}, // another source's amount
		{"We have 30 of Oolong tea left [4].", false},
		{"The price of Jasmine tea is NT$680 [4].", false},
	} {
		x := trial{retriever: found, generator: &ragtest.Scripted{Answer: ragtest.Says(c.says)},
			question: rag.Question{Text: "How long does delivery of the Oolong tea take and what does it cost?"}}
		if err := x.ask(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, got := x.order()
		if (got.Decision == rag.Composed) != c.passes {
			t.Errorf("%q: %s (%s) %q", c.says, got.Decision, got.Reason, got.Text)
		}
		if c.passes && (len(got.Products) != 1 || got.Products[0].SKU != "T-1" || len(got.Sources) != 0) {
			t.Errorf("%q rests on %+v and %+v", c.says, got.Products, got.Sources)
		}
	}
}

// What is asked of a product and does not stand in its row is an entry's to
// answer, and not that entry's which has the product's name alone in common.
func TestAPolicyQuestionThatNamesAProductFindsThePolicy(t *testing.T) {
	x := teaShop(t, true)
	entries := append([]rag.Entry{{ID: uuid.New(), Question: "How big is the travel tea set?", Answer: "30 × 20 cm.", Language: "en", Terms: rag.Terms{State: rag.Published}}}, x.Entries()...)
	x = index.Build(entries, nil, index.Options{Shelf: x.Search("tea", nil).Shelf})
	for question, answer := range map[string]string{
		"can I return the travel tea set?":          "Unopened tea within 14 days.",
		"do you gift wrap the travel tea set?":      "Yes, for NT$50.",
		"can I pay by card for the travel tea set?": "Visa and Mastercard.",
		"how big is the travel tea set?":            "30 × 20 cm.",
	} {
		reply := askTea(t, x, "en", question, rag.Introduction{})
		if len(reply.Found) == 0 || reply.Found[0].Entry.Answer != answer {
			t.Errorf("%q finds %+v", question, reply.Found)
		}
	}
}
