package gateway

import (
	"testing"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/tenant"
)

// PreviewChange names entries by filter too, which the matrix of ids does not reach: a
// filter that fits another shop's entry tells as much as one that fits nobody's, and
// one that fits everything stays within the shop.
func TestAFilterFindsNothingOfAnotherShop(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	theirs := w.newShop(t)
	right := rag.Check{Question: "How long is the delivery of " + theirs.canary + "?", Entry: theirs.entry}
	if _, err := w.learning.CreateCheck(t.Context(), theirs.id, right); err != nil {
		t.Fatal(err)
	}
	before := w.dumpOf(t, theirs)
	foresee := func(of *shop, filter *storebotv1.EntryFilter, published bool) string {
		t.Helper()
		req := &storebotv1.PreviewChangeRequest{DeletedFilter: filter}
		if published {
			req = &storebotv1.PreviewChangeRequest{PublishedFilter: filter}
		}
		got, err := w.call(t, of.member(tenant.Owner), storebotv1connect.LearningServicePreviewChangeProcedure, req)
		if err != nil {
			t.Fatalf("%v: %v", filter, err)
		}
		return w.without(t, of, answer(got, nil))
	}
	for _, published := range []bool{false, true} {
		mine := w.newShop(t)
		nothing := foresee(mine, &storebotv1.EntryFilter{Search: "no entry says this"}, published)
		for _, filter := range []*storebotv1.EntryFilter{{Search: theirs.canary}, {Category: theirs.canary}} {
			if got := foresee(mine, filter, published); got != nothing {
				t.Errorf("published %v, %v tells that another shop has it:\n%s\n%s", published, filter, got, nothing)
			}
		}
		if all, own := foresee(mine, &storebotv1.EntryFilter{}, published), foresee(w.newShop(t), &storebotv1.EntryFilter{}, published); all != own {
			t.Errorf("published %v: what is another shop's counts:\n%s\n%s", published, all, own)
		}
	}
	if w.dumpOf(t, theirs) != before {
		t.Error("a preview changes another shop")
	}
	if deleted := foresee(theirs, &storebotv1.EntryFilter{Search: theirs.canary}, false); deleted == foresee(theirs, &storebotv1.EntryFilter{Search: "no entry says this"}, false) {
		t.Error("the shop's own filter finds nothing: this test shows nothing")
	}
}
