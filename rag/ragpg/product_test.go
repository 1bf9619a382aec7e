package ragpg_test

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/rag/sheet"
	"storebot/tenant"

	"github.com/google/uuid"
)

func tea(sku string) product.Product {
	n := 3
	return product.Product{SKU: sku, Name: "Oolong " + sku, Price: "1299.00", Currency: "TWD", Stock: &n, Link: "https://shop.example/" + sku,
		Attributes: []product.Attribute{{Name: "Of", Value: "100%_Nantou"}}, OtherNames: []string{"leaf " + sku}}
}

func TestAProductIsKeptAsItWasSaved(t *testing.T) {
	b := newBench(t)
	other := b.another(t)
	ctx := t.Context()
	known, err := b.Load(ctx, b.shop)
	if err != nil {
		t.Fatal(err)
	}
	first, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", tea("T-1"))
	if err != nil || !first.Same(tea("T-1")) || first.ID == uuid.Nil {
		t.Fatalf("%+v, %v", first, err)
	}
	second, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", product.Product{SKU: "t-2", Name: "Cup"})
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range map[string]product.Product{"a new one": tea(" Ｔ-1 "), "the other": {ID: second.ID, SKU: "t-1", Name: "Cup"}} {
		if _, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", p); !errors.Is(err, product.ErrSKUTaken) || len(tenant.Fields(err)) != 1 {
			t.Errorf("%s with a SKU that is taken: %v", name, err)
		}
	}
	if _, err := other.SaveProduct(ctx, other.shop, uuid.Nil, "", tea("T-1")); err != nil {
		t.Errorf("the SKU in another shop: %v", err)
	}
	if _, err := other.SaveProduct(ctx, other.shop, uuid.Nil, "", product.Product{ID: first.ID, SKU: "x", Name: "x"}); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("another shop's product: %v", err)
	}
	_, err = b.SaveProduct(ctx, b.shop, uuid.Nil, "", product.Product{SKU: "T-3", Price: "1,5", Link: "javascript:alert(1)"})
	if fields := tenant.Fields(err); len(fields) != 4 {
		t.Errorf("wrong fields: %v", err)
	}
	now, err := b.Load(ctx, b.shop)
	if err != nil || len(now.Products) != 2 || !now.Products[0].Same(tea("T-1")) || now.Version != known.Version+2 {
		t.Errorf("the index is given %+v in version %d after %d: %v", now.Products, now.Version, known.Version, err)
	}
	for search, want := range map[string]int{"": 2, "oolong": 1, "T-": 2, "LEAF": 1, "0%_n": 1, "%": 1, "nothing": 0} {
		page, err := b.ListProducts(ctx, b.shop, product.Filter{Search: search, Limit: 1})
		if err != nil || page.Total != want || len(page.Products) != min(want, 1) || (page.Next != 0) != (want > 1) {
			t.Errorf("%q finds %+v, %v", search, page, err)
		}
		if want > 1 {
			rest, err := b.ListProducts(ctx, b.shop, product.Filter{Search: search, Limit: 1, After: page.Next})
			if err != nil || len(rest.Products) != 1 || rest.Products[0].ID != second.ID || rest.Next != 0 {
				t.Errorf("the next page of %q: %+v, %v", search, rest, err)
			}
		}
	}
	for filter, want := range map[product.StockFilter]int{product.InStock: 1, product.SoldOut: 0, product.NotCounted: 1} {
		if page, err := b.ListProducts(ctx, b.shop, product.Filter{Stock: filter, Limit: 9}); err != nil || page.Total != want {
			t.Errorf("stock %q: %d, %v", filter, page.Total, err)
		}
	}
}

func TestADeletedProductComesBack(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	first, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", tea("T-1"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", tea("T-2"))
	if err != nil {
		t.Fatal(err)
	}
	both := []uuid.UUID{first.ID, second.ID}
	other := b.another(t)
	if done, err := other.DeleteProducts(ctx, other.shop, uuid.Nil, both); done != (rag.Changed{}) || err != nil {
		t.Errorf("another shop deletes %+v, %v", done, err)
	}
	done, err := b.DeleteProducts(ctx, b.shop, uuid.Nil, append(both, uuid.New()))
	if err != nil || done.Count != 2 {
		t.Fatalf("deleted %+v, %v", done, err)
	}
	if _, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", tea("t-2")); err != nil {
		t.Fatal(err)
	}
	if undone, err := other.Undo(ctx, other.shop, uuid.Nil, done.Change); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("another shop brings back %+v, %v", undone, err)
	}
	if undone, err := b.Undo(ctx, b.shop, uuid.Nil, done.Change); err != nil || undone != (rag.Undone{Restored: 1, Kept: 1}) {
		t.Errorf("brought back %+v, %v", undone, err)
	}
	list, err := b.Products(ctx, b.shop)
	if err != nil || len(list) != 2 || !list[0].Same(tea("T-1")) || !list[1].Same(tea("t-2")) {
		t.Errorf("%+v, %v", list, err)
	}
	b.exec(t, `UPDATE product SET deleted_at = now() - interval '31 days' WHERE deleted_at IS NOT NULL`)
	if _, err := b.DeleteProducts(ctx, b.shop, uuid.Nil, []uuid.UUID{first.ID}); err != nil {
		t.Fatal(err)
	}
	if n := b.count(t, `SELECT count(*) FROM product WHERE deleted_at IS NOT NULL`); n != 1 {
		t.Errorf("%d deleted products are kept, want that of today alone", n)
	}
}

func TestAFileOfProductsIsStoredBySKU(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	before, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", tea("T-1"))
	if err != nil {
		t.Fatal(err)
	}
	file := "sku,price,name\nt-1,1399,Oolong T-1\nT-9,5,Cup\n,7,Pot\nT-9,6,Cup\n"
	if m := b.commit(t, b.stageProducts(t, file), rag.Overwrite); m.Found != (rag.Counts{Ready: 1, Changed: 1, Invalid: 1, Repeated: 1}) || m.Created != 1 || m.Updated != 1 || m.Skipped != 2 {
		t.Fatalf("%+v", m)
	}
	list, err := b.Products(ctx, b.shop)
	want := tea("T-1")
	want.SKU, want.Price = "t-1", "1399"
	if err != nil || len(list) != 2 || list[0].ID != before.ID || !list[0].Same(want) || list[1].Price != "5" {
		t.Errorf("%+v, %v", list, err)
	}
	var out bytes.Buffer
	if err := sheet.WriteProducts(&out, sheet.XLSX, list); err != nil {
		t.Fatal(err)
	}
	version, err := b.Version(ctx, []tenant.ID{b.shop})
	if err != nil {
		t.Fatal(err)
	}
	m := b.commit(t, b.stageProducts(t, out.String()), rag.Overwrite)
	again, err := b.Version(ctx, []tenant.ID{b.shop})
	if err != nil || m.Found != (rag.Counts{Exists: 2}) || m.Skipped != 2 || !reflect.DeepEqual(version, again) {
		t.Errorf("what was exported changes something: %+v, %v", m, err)
	}
}

func TestACardStaysWithItsReply(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	turn := d.turn("how much?")
	turn.Reply.Decision, turn.Reply.Reason, turn.Reply.Sources = rag.Clarify, rag.ReasonWhichProduct, nil
	turn.Reply.Products = []product.Card{{SKU: "T-1", Name: "Tea", Price: "NT$1,299", Availability: "In stock", Link: "https://shop.example/t"}, {SKU: "T-2", Name: "Tea"}}
	if _, _, err := d.WriteTurn(ctx, d.shop, turn); err != nil {
		t.Fatal(err)
	}
	single := d.turn("is it in stock?")
	single.Reply.Reason, single.Reply.Sources, single.Reply.Products = rag.ReasonProduct, nil, turn.Reply.Products[:1]
	if _, _, err := d.WriteTurn(ctx, d.shop, single); err != nil {
		t.Fatal(err)
	}
	messages, err := d.conversations.Messages(ctx, d.shop, d.conversation)
	if err != nil || len(messages) != 4 || !reflect.DeepEqual(messages[1].Products, turn.Reply.Products) || messages[0].Products != nil {
		t.Errorf("%+v, %v", messages, err)
	}
	conversations, elsewhere := d.elsewhere()
	reply, ok, err := elsewhere.Recall(ctx, d.shop, rag.Question{Conversation: d.conversation, ClientKey: turn.ClientKey, Text: "how much?", Retry: true})
	if err != nil || !ok || !reflect.DeepEqual(reply.Products, turn.Reply.Products) || !reflect.DeepEqual(reply.Suggestions, []string{"Tea (T-1)", "Tea (T-2)"}) {
		t.Errorf("asked again elsewhere: %+v, %v, %v", reply, ok, err)
	}
	topic, err := conversations.Topic(ctx, d.shop, d.conversation)
	if err != nil || topic.SKU != "T-1" {
		t.Errorf("what was spoken of: %+v, %v", topic, err)
	}
	if i, err := d.conversations.Introduction(ctx, d.shop, d.conversation); err != nil || i != (rag.Introduction{}) {
		t.Errorf("nobody introduced anything: %+v, %v", i, err)
	}
	page := rag.Introduction{SKU: "T-1", Title: "Tea", Price: "1"}
	if err := d.conversations.Introduce(ctx, d.shop, d.conversation, page); err != nil {
		t.Fatal(err)
	}
	if i, err := d.conversations.Introduction(ctx, d.shop, d.conversation); err != nil || i != page {
		t.Errorf("the page: %+v, %v", i, err)
	}
	if i, err := d.conversations.Introduction(ctx, d.newShop(t), d.conversation); err != nil || i != (rag.Introduction{}) {
		t.Errorf("another shop sees %+v, %v", i, err)
	}
}
