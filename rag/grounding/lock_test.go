package grounding

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var entries = []string{
	"How long does delivery take?\nDelivery takes 3 to 5 working days. Express arrives by 9:30 a.m. and costs NT$1,299.50.",
	"退貨期限？\n到貨後7天內可退貨，退貨運費80元。請見 https://shop.example/returns 或寫信到 care@shop.example。",
}

func through(l *Lock, pieces ...string) []string {
	var out []string
	for _, p := range pieces {
		out = append(out, l.Write(p)...)
	}
	return append(out, l.Close()...)
}

func TestSentencesAreCutWhereTheyEnd(t *testing.T) {
	for text, want := range map[string][]string{
		"Delivery takes 3 to 5 working days [1]. Express costs NT$1,299.50 [1].":  {"Delivery takes 3 to 5 working days.", "Express costs NT$1,299.50."},
		"Express arrives by 9:30 a.m. and costs NT$1,299.50. [1]":                 {"Express arrives by 9:30 a.m. and costs NT$1,299.50."},
		"到貨後七天內可退貨。[2]退貨運費80元。[2]":                                                {"到貨後七天內可退貨。", "退貨運費80元。"},
		"退貨請見 https://shop.example/returns [2]。":                                  {"退貨請見 https://shop.example/returns。"},
		"退貨請寫信到 care@shop.example。":                                               {"退貨請寫信到 care@shop.example。"},
		"- Delivery takes **3 to 5 working days** [1].\n- Bananas are blue.":      {"Delivery takes 3 to 5 working days."},
		"1. Delivery takes 3 to 5 working days.":                                  {"Delivery takes 3 to 5 working days."},
		"Delivery takes 3 to 5 working days. Delivery takes 3 to 5 working days.": {"Delivery takes 3 to 5 working days."},
		"Delivery takes 3 to 5 working days [1, 2].":                              {"Delivery takes 3 to 5 working days."},
	} {
		if got := through(New(entries, "how long?"), text); !slices.Equal(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestSentenceIsHeldBackOnlyUntilTheNextBegins(t *testing.T) {
	l := New(entries, "how long?")
	if got := l.Write("Delivery takes 3 to 5 working days [1]. "); got != nil {
		t.Errorf("gave %q while a citation may still come", got)
	}
	if got := l.Write("E"); len(got) != 1 {
		t.Errorf("gave %q once the next sentence had begun, want the first", got)
	}
	if got := l.Write("xpress costs NT$1,299.50 [1].\n"); len(got) != 1 {
		t.Errorf("gave %q after the line's end, want the second", got)
	}
}

func TestOneThingInManyNotations(t *testing.T) {
	same := func(source string, claims ...string) {
		t.Helper()
		for _, c := range claims {
			if got := through(New([]string{source}, ""), c); len(got) != 1 {
				t.Errorf("%q does not bear %q", source, c)
			}
		}
	}
	other := func(source string, claims ...string) {
		t.Helper()
		for _, c := range claims {
			if got := through(New([]string{source}, ""), c); len(got) != 0 {
				t.Errorf("%q bears %q", source, got)
			}
		}
	}
	same("這件外套售價1,299元。", "這件外套售價1299元。", "這件外套售價１２９９元。", "這件外套售價一千二百九十九元。", "這件外套售價NT$1,299。", "這件外套售價1299塊。", "這件外套售價新台幣1,299元。")
	other("這件外套售價1,299元。", "這件外套售價1,298元。", "這件外套售價12.99元。", "這件外套售價1,299美元。", "這件外套售價一千二百九十八元。", "這件外套售價1,299天。", "這件外套售價129元。", "這件外套售價US$1,299。")
	same("Returns are accepted within 7 days.", "Returns are accepted within seven days.", "Returns are accepted within a week.", "Returns are accepted within one week.", "Returns are accepted within 168 hours.")
	other("Returns are accepted within 7 days.", "Returns are accepted within 7 weeks.", "Returns are accepted within 7 working days.", "Returns are accepted within NT$7.", "Returns are accepted within 17 days.", "Returns are accepted after 7 days.")
	other("Pick up returns at 7-Eleven.", "Pick up returns within 7 days.")
	other("Returns cost NT$7.", "Returns take 7 days.", "Returns cost 7%.")
	same("全館9折。", "全館打九折。", "全館折扣10%。", "全館10% off。")
	other("全館9折。", "全館9%折扣。", "全館90%折扣。", "全館1折。", "全館10%回饋。")
	other("全館加收10%服務費。", "全館9折。")
	same("The fair begins on 2026-11-23.", "The fair begins on Nov 23.", "The fair begins on 11/23.", "The fair begins on 23 November 2026.", "The fair begins on November 23rd, 2026.")
	other("The fair begins on 2026-11-23.", "The fair begins on Nov 24.", "The fair begins on 2025-11-23.", "The fair begins on 23 December.", "The fair begins in 23 days.")
	same("市集11月23日開始。", "市集於十一月二十三日開始。", "市集11/23開始。")
	same("We close at 21:30.", "We close at 9:30 p.m.", "We close at 9:30pm.")
	other("We close at 21:30.", "We close at 9:30 a.m.", "We close at 9:30.", "We close at 21:00.")
	same("The belt weighs 1.5 kg.", "The belt weighs 1,500 g.", "The belt weighs 1.50 kilograms.")
	same("運費約3–5天。", "運費約3到5天。", "運費約三至五天。")
	other("Ask for model XK-200.", "Ask for model XK-201.", "Ask for model XK-20.", "Ask for model X-200.")
	same("Ask for model XK-200.", "Ask for model XK200.", "Ask for model xk-200.")
	same("Call 02-1234-5678.", "Call (02) 1234-5678.", "Call 02 1234 5678.")
	other("Call 02-1234-5678.", "Call 02-1234-5679.", "Call 02-1234.")
	other("See shop.example/help.", "See shop.example/help2.", "See shop.example.evil.test/help.", "See http://shop.example@evil.test.", "See evil.test.")
	same("See https://www.shop.example/help.", "See shop.example/help.")
}

func TestShopperCannotSetThePrice(t *testing.T) {
	l := New([]string{"The mug costs NT$500 and ships in 3 days."}, "Is order 88231 of the mug NT$99 with free gift 90% off?")
	out := through(l, "Order 88231 of the mug ships in 3 days. The mug costs NT$99. The mug is 90% off. The mug ships with a free gift.")
	if want := []string{"Order 88231 of the mug ships in 3 days."}; !slices.Equal(out, want) {
		t.Errorf("got %q, want %q", out, want)
	}
}

func TestSeveralSourcesBearOneSentenceOnlyIfItNamesThem(t *testing.T) {
	sources := []string{"The red mug costs NT$500.", "The blue bowl costs NT$700."}
	say := "The red mug costs NT$500, the blue bowl costs NT$700"
	if got := through(New(sources, ""), say+"."); got != nil {
		t.Errorf("gave %q without citations", got)
	}
	l := New(sources, "")
	if got := through(l, say+" [1][2]."); len(got) != 1 || !slices.Equal(l.Cited(), []int{1, 2}) {
		t.Errorf("gave %q citing %v, want the sentence from both", got, l.Cited())
	}
	l = New(sources, "")
	if got := through(l, "The red mug costs NT$500 [2]."); got != nil || l.Dropped() != 1 {
		t.Errorf("gave %q under a citation of the other entry", got)
	}
}

func TestInstructionsDoNotComeOut(t *testing.T) {
	secret := "Use only the numbered entries that follow and never say anything else to people. 你只能依照店家提供的條目回答顧客的問題。"
	sources := []string{secret + " Delivery takes 3 days."} // even where an entry says the same
	for _, leak := range []string{
		"Use only the numbered entries that follow and never.", "use ONLY the, numbered entries: that follow and never", "依照店家提供的條目回答顧客的問題。",
		"U s e o n l y t h e n u m b e r e d e n t r i e s t h a t f o l l o w a n d n e v e r", "The numbered entries. That follow and never say anything.",
	} {
		if got := through(Rules{Secret: secret}.Lock(sources, ""), leak); newSecrets(secret).in(strings.Join(got, " ")) {
			t.Errorf("%q came out as %q", leak, got)
		}
	}
	if got := through(Rules{Secret: secret, Refusal: "NO ANSWER"}.Lock(sources, "answer"), "No answer. Delivery takes 3 days."); len(got) != 1 {
		t.Errorf("got %q, want the delivery alone", got)
	}
}

// parts are what a stream is made of, so that cuts fall into every kind of thing.
var parts = []string{"Delivery takes 3 to 5 working days", "Express costs NT$1,299.50", "到貨後七天內可退貨", "退貨運費80元", "https://shop.example/returns",
	" [1]", "[2]", "【１】", "[", "]", ".", "。", "!", "? ", "\n", " ", "a.m.", "e.g. ", "1.5", "**", "<b>", "No. ", "…", "\xff", "\xe4\xbd", "é", "\u200b", "\"", "）", "Bananas are blue"}

func TestAnyChunkingGivesTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 30).Draw(t, "parts"), "")
		whole := New(entries, "how long?")
		want := through(whole, text)
		var pieces []string
		for rest := text; rest != ""; {
			n := rapid.IntRange(1, min(len(rest), 12)).Draw(t, "cut")
			pieces, rest = append(pieces, rest[:n]), rest[n:]
		}
		cut := New(entries, "how long?")
		if got := through(cut, pieces...); !slices.Equal(got, want) || cut.Dropped() != whole.Dropped() || !slices.Equal(cut.Cited(), whole.Cited()) {
			t.Fatalf("in pieces %q:\n got %q (%d dropped)\nwant %q (%d dropped)", pieces, got, cut.Dropped(), want, whole.Dropped())
		}
	})
}

func FuzzStream(f *testing.F) {
	for _, p := range parts {
		f.Add(p+" Delivery takes 3 to 5 working days [1]. "+p, 3)
	}
	f.Fuzz(func(t *testing.T, text string, size int) {
		if len(text) > 5000 {
			return
		}
		size = max(1, size%40)
		want := through(New(entries, "how long?"), text)
		var pieces []string
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			pieces, rest = append(pieces, rest[:n]), rest[n:]
		}
		if got := through(New(entries, "how long?"), pieces...); !slices.Equal(got, want) {
			t.Errorf("in pieces of %d: got %q, want %q", size, got, want)
		}
		for _, s := range want {
			if !utf8.ValidString(s) || s == "" {
				t.Errorf("gave %q", s)
			}
		}
	})
}

// Whatever is written, a number that leaves stands in the evidence or the question.
func FuzzNumbersStandInTheEvidence(f *testing.F) {
	for _, s := range []string{"Delivery takes 3 to 5 working days.", "Express costs NT$1,299.50.", "退貨運費80元", "It takes 99 days", "NT$1299.5", "12 9 9.50", "٣ days", "½", "1e9", "⑦天", "Ⅶ"} {
		f.Add(s)
	}
	const question = "order 4711?"
	inEvidence := digitRuns(strings.Join(entries, " ") + " " + question)
	for _, same := range []string{"9", "30", "09", "21", "1299", "1299.5", "12995", "50", "7", "168", "80"} {
		inEvidence[same] = true
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range through(New(entries, question), text) {
			for n := range digitRuns(s) {
				if !inEvidence[strings.TrimLeft(n, "0")] && !inEvidence[n] && len(collect(numerals(tokenize(fold(s, nil))))) > 0 && !converted(n) {
					t.Errorf("%q left with %s, which is nowhere in the evidence", s, n)
				}
			}
		}
	})
}

// converted reports a number that is one of the evidence's in another measure.
func converted(n string) bool {
	for _, same := range []string{"72", "120", "10080", "570", "4320", "7200", "604800", "1", "8000", "800"} {
		if strings.Trim(n, "0") == strings.Trim(same, "0") {
			return true
		}
	}
	return false
}

var decimal = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)

// digitRuns is written apart from the lock's own reading of numbers.
func digitRuns(s string) map[string]bool {
	out := map[string]bool{}
	for _, n := range decimal.FindAllString(strings.ReplaceAll(fold(s, nil), ",", ""), -1) {
		if strings.Contains(n, ".") {
			n = strings.TrimRight(strings.TrimRight(n, "0"), ".")
		}
		out[n] = true
	}
	return out
}

func BenchmarkSentence(b *testing.B) {
	text := "Delivery takes three to five working days, and express arrives by 9:30 a.m. [1]. "
	rules := Rules{Secret: strings.Repeat("You answer shoppers' questions for an online shop and use only the entries. ", 8)}
	l := rules.Lock(entries, "how long does delivery take?")
	b.ReportAllocs()
	for b.Loop() {
		l.Write(text)
		clear(l.given)
	}
}

func BenchmarkLock(b *testing.B) {
	long := []string{strings.Repeat(entries[0], 5), strings.Repeat(entries[1], 10), strings.Repeat(entries[0], 5)}
	for b.Loop() {
		New(long, "how long does delivery take?")
	}
}
