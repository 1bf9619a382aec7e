package grounding

import (
	"strings"
	"testing"
)

// What a source says is one number however it is written, and never a part of it.
func TestANumberIsWholeOrItIsAnother(t *testing.T) {
	for _, c := range []struct {
		source, said string
		leaves       bool
	}{
		{"The chair costs €12,50.", "The chair costs €50.", false},
		{"The chair costs 12,50 €.", "The chair costs 50 €.", false},
		{"The chair costs 12,50 €.", "The chair costs 12 €.", false},
		{"The chair costs 12,50 €.", "The chair costs 12,50 €.", true},
		{"The chair costs 1\u00a0299 €.", "The chair costs 299 €.", false},
		{"The chair costs 1'299 CHF.", "The chair costs 299 CHF.", false},
		{"The chair costs $1.299.", "The chair costs $1,299.", false},
		{"The chair costs $1,299.", "The chair costs $1.299.", false},
		{"The chair costs $1,299.00.", "The chair costs $1299.", true},
		{"Store at -18 °C.", "Store at 18 °C.", false},
		{"Store at −18 °C.", "Store at 18 °C.", false},
		{"Store at 18 °C.", "Store at -18 °C.", false},
		{"請保存於零下18度。", "請保存於18度。", false},
		{"Store at -18 °C.", "Store at -18 °C.", true},
		{"The length is 30 ± 2 cm.", "The length is 2 cm.", false},
		{"The sum is 十二萬元。", "The sum is 120000 元。", true},
		{"總價十二萬元。", "總價120,000元。", true},
		{"總價十二萬元。", "總價12元。", false},
		{"總價12萬元。", "總價12元。", false},
		{"總價1.2萬元。", "總價12000元。", true},
		{"總價一萬億元。", "總價100010000元。", false},
		{"二〇二六年開業。", "2026年開業。", true},
		{"二〇二六年開業。", "2025年開業。", false},
		{"Mix 3/4 with water.", "Mix 4/3 with water.", false},
		{"Open at 12:00.", "Open at 12 pm.", true},
		{"Open at 12:00.", "Open at 12 am.", false},
		{"Open at 9:00.", "Open at 9 pm.", false},
		{"A dozen eggs are in the box.", "12 eggs are in the box.", true},
		{"A dozen eggs are in the box.", "10 eggs are in the box.", false},
		{"Returns cost ten percent.", "Returns cost 10%.", true},
		{"Returns cost 10 %.", "Returns cost $10.", false},
		{"Returns take 3-5 days.", "Returns take 3-7 days.", false},
		{"Returns take 3-5 days.", "Returns take 5-3 days.", false},
		{"Returns take 3-5 days.", "Returns take 3 weeks.", false},
		{"Returns take 3 to 5 days.", "Returns take 3~5 days.", true},
		{"運費百分之二十。", "運費20%。", true},
		{"運費百分之二十。", "運費20元。", false},
		{"打八折。", "打8折。", true},
		{"打八五折。", "打85折。", true},
		{"打八五折。", "打8.5折。", true},
		{"The price is $0.50.", "The price is $50.", false},
		{"The price is $.50.", "The price is $50.", false},
		{"The price is 1/2 of $100.", "The price is 2 of $100.", false},
		{"The price is ½ l.", "The price is 12 l.", false},
		{"Volume 1½ l.", "Volume 11 l.", false},
		{"Volume 1½ l.", "Volume 2 l.", false},
		{"Volume 10² cm.", "Volume 102 cm.", false},
		{"Weighs 1.5e3 g.", "Weighs 1.5 g.", false},
		{"Weighs 5×10³ g.", "Weighs 103 g.", false},
		{"Weighs 2k g.", "Weighs 2000 g.", true},
		{"Costs US$20.", "Costs NT$20.", false},
		{"Costs 20 USD.", "Costs 20 EUR.", false},
		{"Costs 2.5M dollars.", "Costs 2.5 dollars.", false},
		{"Costs 3 bn dollars.", "Costs 3 dollars.", false},
		{"Order 1,29,900 units.", "Order 29,900 units.", false},
		{"版本 1.2.3。", "版本 1.2。", false},
		{"保固一年半。", "保固半年。", false},
		{"保固一年半。", "保固18個月。", true},
		{"兩百五十元。", "250元。", true},
		{"兩百零五元。", "205元。", true},
		{"兩百五元。", "250元。", true},
		{"廿五元。", "五元。", false},
		{"Ships by 2026-11-05.", "Ships by 2026-05-11.", false},
		{"Ships by 2026-11-05.", "Ships by 5 November 2026.", true},
		{"Ships by 05.11.2026.", "Ships by 05.12.2026.", false},
		{"Ships by 05-11-2026.", "Ships by 05-12-2026.", false},
		{"Call 02-2345-6789.", "Call 02-2345-6780.", false},
		{"Call 0912 345 678.", "Call 0912345678.", true},
		{"Two and a half hours.", "2.5 hours.", true},
		{"Two and a half hours.", "2 hours.", false},
		{"Two and a half hours.", "0.5 hours.", false},
		{"保固半年。", "保固半年。", true},
		{"保固六個月。", "保固半年。", true},
		{"上半年開業。", "上半年開業。", true},
		{"需要三個半月。", "需要3.5個月。", true},
		{"需要三個半月。", "需要三個月。", false},
		{"需要三個半小時。", "需要半小時。", false},
		{"Keep between 2-8 °C.", "Keep between 2-8 °C.", true},
		{"Keep between 2-8 °C.", "Keep at 8 °C.", true},
		{"Delivery takes an hour and a half.", "Delivery takes 90 minutes.", true},
		{"Delivery takes an hour and a half.", "Delivery takes 30 minutes.", false},
		{"The code is worth 10 %.", "The code is worth 10 percent.", true},
		{"Choose 1,2 or 3 boxes.", "Choose 3 boxes.", true},
		{"三千萬元。", "30,000,000元。", true},
		{"一億二千萬元。", "120000000元。", true},
		{"三萬萬元。", "30000元。", false},
		{"廿五元。", "25元。", true},
	} {
		l := New([]string{c.source}, "")
		got := strings.Join(append(l.Write(c.said), l.Close()...), " ")
		if (got != "") != c.leaves {
			t.Errorf("of %q, %q leaves as %q", c.source, c.said, got)
		}
	}
}

// No text breaks the lock, on either side.
func TestOddTexts(t *testing.T) {
	odd := append([]string{
		"", " ", "\n", "🙂🙂🙂", "\u200b\u200d\ufeff", "\xff\xfe\x80", "價格\xff12元", "שלום 12 ₪ עולם", "\u202e12.5\u202c", "１２，５０元", "½", "1½½", "²²", "1\u00a0", "1,", ",1", "-", "±", "±1", "－１８度",
		"零下", "半", "半半年", "個半", "百分之", "分之", "百分之百分之十", "廿", "卅卅", "億億億億億億", strings.Repeat("萬", 5000), strings.Repeat("million ", 2000), strings.Repeat("hundred ", 2000),
		"(", "+", "+(", "(0)", "1:", "24:60", "1/", "1/2/3/4", "2026-13-45", "nt", "nt$", "us$ -", "a", "a half", "and a half", "a.m", "no.", "https://", "//", "@", "a@", "@a", "www.", ".", "..", "1..2", "1.2.3.4.5",
		strings.Repeat("9", 10_000), strings.Repeat("1,", 5000), strings.Repeat("1.", 5000), strings.Repeat("1-", 5000), strings.Repeat("a", 10_000), strings.Repeat("字", 10_000), strings.Repeat("「", 10_000), strings.Repeat("[1]", 3000),
	}, strings.Split("第 折 成 % $ € 點 点 半 一 十 百 千 萬 : / - to 至 日 月 年 a an half dozen ° 度 零 下", " ")...)
	for _, source := range odd {
		sayings := []string{"It costs 12 dollars.", source}
		if len(source) < 1000 {
			sayings = append(sayings, odd[:20]...)
		}
		for _, said := range sayings {
			l := New([]string{source, "It costs 12 dollars."}, source)
			for _, s := range append(l.Write(said), l.Close()...) {
				if s == "" {
					t.Errorf("of %.40q and %.40q leaves an empty sentence", source, said)
				}
			}
		}
	}
}

// Words for numbers beyond any amount stand for no other number.
func TestNumbersDoNotWrapAround(t *testing.T) {
	for _, text := range []string{strings.Repeat("million ", 40) + "dollars", strings.Repeat("hundred ", 60) + "dollars", strings.Repeat("億", 9) + "元", strings.Repeat("九千萬", 30) + "元"} {
		for _, f := range collect(numerals(tokenize(fold(text, nil)))) {
			if strings.HasPrefix(f.value, "-") || f.value == "0" {
				t.Errorf("%.40q is %q", text, f.value)
			}
		}
	}
}

func FuzzLock(f *testing.F) {
	f.Add("The chair costs 12,50 €, within 1½ h.", "It costs €12.50 [1].", "二十多元, 半年, 廿五?")
	f.Fuzz(func(t *testing.T, source, said, question string) {
		l := New([]string{source}, question)
		l.Write(said)
		l.Close()
	})
}
