package index

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"storebot/rag"
	"storebot/rag/confidence"
	"storebot/rag/lexical"
)

func entry(question, answer string, phrasings ...string) rag.Entry {
	return rag.Entry{ID: uuid.NewSHA1(uuid.Nil, []byte(question)), Question: question, Answer: answer, Phrasings: phrasings}
}

// teaShop is a small shop in two languages and both Chinese scripts.
func teaShop() []rag.Entry {
	return []rag.Entry{
		entry("How long does delivery take?", "Orders leave our store within a day and arrive two days later."),
		entry("Which teapot sizes do you have?", "The XK-200 holds 200 ml, the XK-450 holds 450 ml."),
		entry("Do you sell decaffeinated tea?", "Rooibos and chamomile are free of caffeine."),
		entry("How do I brew green tea?", "At 75 °C for two minutes."),
		entry("Can I return an opened tin?", "Opened tins cannot come back, sealed ones within 14 days."),
		entry("退貨需要多久？", "收到退回的商品後七天內退款。"),
		entry("可以刷信用卡嗎？", "可以，也接受貨到付款。"),
		entry("怎么联系客服？", "请在营业时间拨打电话，或在网页上留言。"),
	}
}

// first asks an index and gives the question of the first match.
func first(x *Index, question string) string {
	found := x.Search(question, nil)
	if len(found.Matches) == 0 {
		return ""
	}
	return found.Matches[0].Entry.Question
}

func TestSearchFinds(t *testing.T) {
	x := Build(teaShop(), nil, Options{Version: 3})
	for question, want := range map[string]string{
		"how long does delivery take":      "How long does delivery take?",
		"HOW LONG DOES DELIVERY TAKE":      "How long does delivery take?",
		"how lnog does delivry take":       "How long does delivery take?",
		"when will my parcel arrive":       "How long does delivery take?",
		"xk 200":                           "Which teapot sizes do you have?",
		"is there something with caffeine": "Do you sell decaffeinated tea?",
		"brewing time of green teas":       "How do I brew green tea?",
		"can an opened tin be returned":    "Can I return an opened tin?",
		"退货需要多久":                           "退貨需要多久？",
		"退貨要多久":                            "退貨需要多久？",
		"能不能用信用卡":                          "可以刷信用卡嗎？",
		"怎麼聯絡客服":                           "怎么联系客服？",
	} {
		if got := first(x, question); got != want {
			t.Errorf("%q finds %q first, want %q", question, got, want)
		}
	}
}

func TestSearchIsTheSameInBothScripts(t *testing.T) {
	x := Build(teaShop(), nil, Options{})
	for simplified, traditional := range map[string]string{
		"退货需要多久": "退貨需要多久", "信用卡付款": "信用卡付款", "怎么联系你们": "怎麼聯繫你們", "货到付款": "貨到付款",
	} {
		a, b := x.Search(simplified, nil), x.Search(traditional, nil)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%q and %q find different things: %v, %v", simplified, traditional, a, b)
		}
	}
}

func TestSearchContract(t *testing.T) {
	shop := madeUp(40, 4)
	x := Build(shop, nil, Options{Version: 9})
	for _, question := range []string{shop[3].Question, shop[17].Phrasings[2], "ba ce di", "q", "", "？", strings.Repeat("long ", rag.MaxAsk/5)} {
		found := x.Search(question, nil)
		if found.Version != 9 || found.Engine != lexical.Model {
			t.Errorf("%q was searched in version %d by %q", question, found.Version, found.Engine)
		}
		if len(found.Matches) > 10 {
			t.Errorf("%q has %d matches", question, len(found.Matches))
		}
		if !slices.IsSortedFunc(found.Matches, func(a, b rag.Match) int {
			if a.Score > b.Score {
				return -1
			}
			return 1
		}) {
			t.Errorf("the matches of %q are not sorted", question)
		}
		if found.Confidence < 0 || found.Confidence > 1 || len(found.Matches) == 0 && found.Confidence != 0 {
			t.Errorf("%q has the confidence %v with %d matches", question, found.Confidence, len(found.Matches))
		}
		for _, m := range found.Matches {
			if m.Phrasing != m.Entry.Question && !slices.Contains(m.Entry.Phrasings, m.Phrasing) {
				t.Errorf("%q matched %q, which its entry does not have", question, m.Phrasing)
			}
		}
		if again := x.Search(question, nil); !reflect.DeepEqual(found, again) {
			t.Errorf("%q finds something else the second time", question)
		}
	}
}

func TestSearchOfAnEmptyShop(t *testing.T) {
	x := Build(nil, nil, Options{Version: 1})
	if found := x.Search("anything", nil); len(found.Matches) != 0 || found.Confidence != 0 {
		t.Errorf("found %v", found)
	}
}

func TestConfidenceKnowsTheShop(t *testing.T) {
	x := Build(teaShop(), nil, Options{})
	in := x.Search("How long does delivery take?", nil).Confidence
	out := x.Search("what is the capital of a country in africa", nil).Confidence
	if in < 0.9 || out > 0.3 {
		t.Errorf("an entry's own question has the confidence %.2f, a stranger's %.2f", in, out)
	}
}

func TestEqualEntriesKeepTheMerchantsOrder(t *testing.T) {
	shop := []rag.Entry{entry("opening hours", "nine to five"), entry("opening hours ", "ten to six"), entry("parking", "behind the shop")}
	x := Build(shop, nil, Options{})
	found := x.Search("opening hours", nil)
	if len(found.Matches) < 2 || found.Matches[0].Entry.Answer != "nine to five" {
		t.Errorf("found %v", found.Matches)
	}
}

func TestPhrasingsTeach(t *testing.T) {
	shop := []rag.Entry{
		entry("Card declined", "Try another card.", "my card was refused", "the terminal refuses my card", "card refused again", "payment with card refused"),
		entry("Card lost", "Call your bank.", "my card is gone", "i left my card somewhere", "cannot find my card", "somebody took my card"),
		entry("Card wanted", "Apply in the shop.", "i would like a card", "how do i get a card", "give me a card", "new card please"),
	}
	x := Build(shop, nil, Options{})
	if !x.class.trained() {
		t.Fatal("five ways of asking an entry trained nothing")
	}
	if got := first(x, "why is my card refused"); got != "Card declined" {
		t.Errorf("found %q first", got)
	}
	if untaught := Build(shop, nil, Options{Without: Classifier}); untaught.class.trained() {
		t.Error("a classifier was trained although it is left out")
	}
}

// TestFewEntriesAreNotSure asks strangers' questions of a shop of three entries
// with many phrasings: one of three is always likely by the classifier.
func TestFewEntriesAreNotSure(t *testing.T) {
	shop := []rag.Entry{
		entry("Card declined", "Try another card.", "my card was refused", "the terminal refuses my card", "card refused again", "payment with card refused"),
		entry("Card lost", "Call your bank.", "my card is gone", "i left my card somewhere", "cannot find my card", "somebody took my card"),
		entry("Card wanted", "Apply in the shop.", "i would like a card", "how do i get a card", "give me a card", "new card please"),
	}
	x := Build(shop, nil, Options{})
	for _, question := range []string{"what will the weather be like", "my parcel is late", "do you have a garden", "今天天氣如何"} {
		if found := x.Search(question, nil); found.Confidence >= confidence.Threshold {
			t.Errorf("%q is answered with %.2f", question, found.Confidence)
		}
	}
}

// TestHeldOutPhrasing asks a phrasing as if the shop did not have it.
func TestHeldOutPhrasing(t *testing.T) {
	x := Build([]rag.Entry{entry("opening hours", "nine"), entry("parking", "behind", "where to leave a bicycle")}, nil, Options{})
	s := x.newSearch()
	s.held = 2
	x.score(s, "where to leave a bicycle")
	if s.phrasings[2] != 0 || s.query.lacking != s.query.words {
		t.Errorf("a phrasing left out still counts: cosine %v, %d of %d words lacking", s.phrasings[2], s.query.lacking, s.query.words)
	}
	if x.usual.Nearest < 0 || x.usual.Nearest > 0.5 {
		t.Errorf("three phrasings that share nothing are alike by %v", x.usual.Nearest)
	}
}

func TestBuildIsDeterministic(t *testing.T) {
	shop := madeUp(120, 6)
	a, b := Build(shop, nil, Options{}), Build(shop, nil, Options{})
	if !reflect.DeepEqual(a.class, b.class) || !reflect.DeepEqual(a.questions, b.questions) || a.usual != b.usual {
		t.Error("the same entries made two different indexes")
	}
}

func TestManyEntriesHaveTheirNearestRivals(t *testing.T) {
	shop := madeUp(90, 4)
	x := Build(shop, nil, Options{})
	right := 0
	for _, e := range shop {
		if found := x.Search(e.Phrasings[1], nil); found.Matches[0].Entry.ID == e.ID {
			right++
		}
	}
	if right < 80 {
		t.Errorf("%d of 90 entries are found by their own phrasing", right)
	}
}

func TestSearchIsSafeForConcurrentUse(t *testing.T) {
	x := Build(madeUp(50, 5), nil, Options{})
	want := x.Search("ship pay card", nil)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if got := x.Search("ship pay card", nil); !reflect.DeepEqual(got, want) {
					t.Error("the retrieval changed")
				}
			}
		})
	}
	group.Wait()
}

// of gives a vector that is there already.
func of(vector []float32) func() []float32 { return func() []float32 { return vector } }

func TestDenseVectorsTakePart(t *testing.T) {
	shop := []rag.Entry{entry("aaa", ""), entry("bbb", ""), entry("ccc", "", "ddd")}
	vectors := Vectors{{{1, 0, 0}}, {{0, 1, 0}}, {nil, {0, 0, 1}}}
	x := Build(shop, vectors, Options{Model: "model@1"})
	found := x.Search("zzz", of([]float32{0, 0.1, 0.99}))
	if found.Engine != "model@1" || len(found.Matches) == 0 || found.Matches[0].Entry.Question != "ccc" {
		t.Errorf("found %v by %q", found.Matches, found.Engine)
	}
	for _, vector := range [][]float32{nil, {1, 0}} {
		if found := x.Search("aaa xxx yyy zzz", of(vector)); found.Engine != wordsOnly || found.Matches[0].Entry.Question != "aaa" {
			t.Errorf("with the vector %v, %q found %v", vector, found.Engine, found.Matches)
		}
	}
	if found := Build(shop, vectors, Options{Model: "model@1", Without: Dense}).Search("zzz", of([]float32{0, 0, 1})); found.Engine != lexical.Model {
		t.Errorf("the vectors were left out, but the engine is %q", found.Engine)
	}
	if found := x.Search("aaa xxx yyy zzz", of([]float32{0, 0, 0})); found.Engine != lexical.Model {
		t.Errorf("the model has no vector for the question, but the engine is %q", found.Engine)
	}
}

func TestSureWordsAskForNoVector(t *testing.T) {
	shop := teaShop()
	vectors := make(Vectors, len(shop))
	for i := range vectors {
		vectors[i] = [][]float32{{0, 1}}
	}
	vectors[1] = [][]float32{{1, 0}}
	x := Build(shop, vectors, Options{Model: "model@1"})
	question := shop[0].Question
	words, _ := x.Explain(question, nil)
	if words.Confidence < Sure {
		t.Fatalf("the words of %q are only %.2f sure", question, words.Confidence)
	}
	found := x.Search(question, func() []float32 {
		t.Error("a vector was asked for")
		return []float32{1, 0}
	})
	if !reflect.DeepEqual(found, words) {
		t.Errorf("got %+v, want %+v", found, words)
	}
}

func TestVectorsOfSomeEntriesOnly(t *testing.T) {
	shop := []rag.Entry{entry("aaa", ""), entry("bbb", ""), entry("ccc", "")}
	x := Build(shop, Vectors{{{1, 0}}, {{0, 0}}, {{0, 1}}}, Options{Model: "model@1"})
	found, features := x.Explain("zzz", []float32{1, 0})
	if found.Matches[0].Entry.Question != "aaa" {
		t.Errorf("got %+v", found.Matches)
	}
	if features.Meant {
		t.Error("among three entries a vector is said to tell how sure the first is")
	}
	if x.dense.entries != 2 {
		t.Errorf("%d entries have a vector, want 2", x.dense.entries)
	}
}

func TestBuiltinVectorsAreNotNeeded(t *testing.T) {
	var e lexical.Embedder
	vector, err := e.EmbedQuery(context.Background(), "brew green tea")
	if err != nil {
		t.Fatal(err)
	}
	x := Build(teaShop(), nil, Options{Model: lexical.Model})
	with, without := x.Search("brew green tea", of(vector)), x.Search("brew green tea", nil)
	if !reflect.DeepEqual(with, without) || with.Engine != lexical.Model {
		t.Errorf("a built-in vector changed the retrieval: %v, %v", with, without)
	}
}

func TestBytesGrowWithTheShop(t *testing.T) {
	small, large := Build(madeUp(20, 0), nil, Options{}), Build(madeUp(40, 5), nil, Options{})
	if small.Bytes() <= 0 || large.Bytes() < 2*small.Bytes() {
		t.Errorf("20 entries take %d bytes, 40 with phrasings %d", small.Bytes(), large.Bytes())
	}
}

func TestVectorsSayHowSureTheFirstIs(t *testing.T) {
	var shop []rag.Entry
	var vectors Vectors
	for i := range fewestRivals {
		shop = append(shop, entry(fmt.Sprint("number ", i), ""))
		vector := make([]float32, fewestRivals)
		vector[i] = 1
		vectors = append(vectors, [][]float32{vector})
	}
	x := Build(shop, vectors, Options{Model: "model@1"})
	_, near := x.Explain("zzz", vectors[7][0])
	blurred := slices.Repeat([]float32{0.5}, fewestRivals)
	_, far := x.Explain("zzz 7", blurred)
	if !near.Meant || near.Meaning < 0.99 || far.Meaning > 0.01 {
		t.Errorf("meanings %.2f and %.2f, want 1 and 0", near.Meaning, far.Meaning)
	}
}
