package lexical

import (
	"slices"
	"strings"
	"testing"
)

// terms gives the hashes of the terms of one kind.
func terms(text string, kinds ...Kind) []uint32 {
	var a Analyzer
	var hashes []uint32
	for _, term := range a.Append(nil, text) {
		if slices.Contains(kinds, term.Kind) {
			hashes = append(hashes, term.Hash)
		}
	}
	return hashes
}

func TestWordsThatMeet(t *testing.T) {
	for _, pair := range [][2]string{
		{"cancelled orders", "cancel order"},
		{"I can't pay", "i cannot pay"},
		{"I cant pay", "I can not pay"},
		{"the shop’s hours", "the shop hours"},
		{"What's this", "whats this"},
		{"1,299", "1299"},
		{"XK-200", "xk200"},
		{"ＸＫ２００", "XK200"},
		{"退貨", "退货"},
		{"後天臺灣", "后天台湾"},
	} {
		all := []Kind{Word, Function, Number, Char, Pair}
		a, b := terms(pair[0], all...), terms(pair[1], all...)
		for _, h := range b {
			if !slices.Contains(a, h) {
				t.Errorf("%q and %q do not share all terms of the second", pair[0], pair[1])
				break
			}
		}
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		text string
		kind Kind
		n    int
	}{
		{"where is my order", Word, 2},
		{"where is my order", Function, 2},
		{"where is my order", Phrase, 3},
		{"退货流程", Char, 4},
		{"退货流程", Pair, 3},
		{"退货的", Function, 1},
		{"xk-200", Number, 3}, // whole, xk and 200
		{"200", Number, 1},
		{"ab", Gram, 3}, // <ab ab> <ab>
		{"a b", Letters, 4},
		{"iPhone15充电器", Number, 1},
		{"…—!?", Word, 0},
	} {
		if got := len(terms(c.text, c.kind)); got != c.n {
			t.Errorf("%q has %d terms of kind %d, want %d", c.text, got, c.kind, c.n)
		}
	}
}

func TestConceptsCrossWordsAndLanguages(t *testing.T) {
	for _, pair := range [][2]string{
		{"how much is the postage", "what does delivery fee come to"},
		{"refund please", "我要退款"},
		{"運費多少", "邮费几钱"},
		{"I was charged twice", "重复扣款了"},
		{"cash on delivery?", "货到付款"},
	} {
		a, b := terms(pair[0], Concept), terms(pair[1], Concept)
		if !slices.ContainsFunc(a, func(h uint32) bool { return slices.Contains(b, h) }) {
			t.Errorf("%q and %q share no concept", pair[0], pair[1])
		}
	}
	plain := Analyzer{Plain: true}
	for _, term := range plain.Append(nil, "refund the postage 退款") {
		if term.Kind == Concept {
			t.Fatal("a plain analyzer gave a concept")
		}
	}
}

func TestThesaurusCrossesWordsAndLanguages(t *testing.T) {
	for _, pair := range [][2]string{
		{"my bags did not arrive at the airport", "行李丢失了怎么办"},
		{"set an alarm", "wake me up at six"},
		{"twenty", "20"},
		{"is it going to rain", "今天下雨吗"},
		{"忘記密碼", "reset password"},
	} {
		a, b := terms(pair[0], Related), terms(pair[1], Related)
		if !slices.ContainsFunc(a, func(h uint32) bool { return slices.Contains(b, h) }) {
			t.Errorf("%q and %q share no meaning", pair[0], pair[1])
		}
	}
	narrow := Analyzer{Narrow: true}
	for _, term := range narrow.Append(nil, "reset the password 密码") {
		if term.Kind == Related {
			t.Fatal("a narrow analyzer gave a meaning of the thesaurus")
		}
	}
}

func TestVocabularyFiles(t *testing.T) {
	texts := map[string]string{"shop.txt": shopText}
	list, err := thesaurusFiles.ReadDir("thesaurus")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range list {
		text, err := thesaurusFiles.ReadFile("thesaurus/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		texts[file.Name()] = string(text)
	}
	if shop.groups < 400 || thesaurus.groups < 700 {
		t.Errorf("the shop vocabulary has %d groups, want at least 400, the thesaurus %d, want at least 700", shop.groups, thesaurus.groups)
	}
	var a Analyzer
	for name, text := range texts {
		number := 0
		seen := map[string]int{}
		for line := range strings.Lines(text) {
			number++
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if before, twice := seen[line]; twice {
				t.Errorf("%s:%d: is line %d again", name, number, before)
			}
			seen[line] = number
			for member := range strings.SplitSeq(line, ",") {
				if _, ok := a.key(strings.TrimSpace(member)); !ok {
					t.Errorf("%s:%d: %q can never be found: it is empty, mixes scripts or is longer than %d words", name, number, member, longestMember)
				}
			}
		}
	}
}

func FuzzAppend(f *testing.F) {
	for _, seed := range []string{"", "Can't ship XK-200 to 台灣?", "''''", "1.2.3-4/5", strings.Repeat("ab", 60), "ก็ได้", "\x00\xff", "don’t", "a'b'c'd"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var fresh Analyzer
		first := fresh.Append(nil, text)
		if again := fresh.Append(nil, text); !slices.Equal(first, again) {
			t.Errorf("%q gives other terms from an analyzer that has seen it", text)
		}
		var other Analyzer
		if folded := other.Append(nil, Fold(text)); !slices.Equal(first, folded) {
			t.Errorf("%q gives other terms than its folded form", text)
		}
		for _, term := range first {
			if term.Kind >= Kinds {
				t.Errorf("%q has a term of kind %d", text, term.Kind)
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	for name, text := range map[string]string{
		"en": "Hi, I ordered the XK-200 last week and it still hasn't arrived, where is it?",
		"zh": "你好，我上週訂購的商品還沒有收到，請問什麼時候會送達？",
	} {
		b.Run(name, func(b *testing.B) {
			var a Analyzer
			var dst []Term
			b.ReportAllocs()
			for b.Loop() {
				dst = a.Append(dst[:0], text)
			}
		})
	}
}
