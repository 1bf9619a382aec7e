package grounding

import (
	"fmt"
	"testing"
)

func TestProbe(t *testing.T) {
	for _, c := range [][3]string{
		// evidence, claim, want pass(+)/fail(-)
		{"The chair costs €12,50.", "The chair costs €50.", "-"},
		{"The chair costs 12,50 €.", "The chair costs 50 €.", "-"},
		{"The chair costs 12,50 €.", "The chair costs 12 €.", "-"},
		{"The chair costs 12,50 €.", "The chair costs 12,50 €.", "+"},
		{"The chair costs 1 299 €.", "The chair costs 299 €.", "-"},
		{"The chair costs 1\u00a0299 €.", "The chair costs 299 €.", "-"},
		{"The chair costs 1'299 CHF.", "The chair costs 299 CHF.", "-"},
		{"The chair costs $1.299.", "The chair costs $1,299.", "-"},
		{"The chair costs $1,299.", "The chair costs $1.299.", "-"},
		{"The chair costs $1,299.00.", "The chair costs $1299.", "+"},
		{"Store at -18 °C.", "Store at 18 °C.", "-"},
		{"Store at −18 °C.", "Store at 18 °C.", "-"},
		{"Store at 18 °C.", "Store at -18 °C.", "-"},
		{"請保存於零下18度。", "請保存於18度。", "-"},
		{"Store at -18 °C.", "Store at -18 °C.", "+"},
		{"The length is 30 ± 2 cm.", "The length is 2 cm.", "-"},
		{"The sum is 十二萬元。", "The sum is 120000 元。", "+"},
		{"總價十二萬元。", "總價120,000元。", "+"},
		{"總價十二萬元。", "總價12元。", "-"},
		{"總價12萬元。", "總價12元。", "-"},
		{"總價1.2萬元。", "總價12000元。", "+"},
		{"總價一萬億元。", "總價100010000元。", "-"},
		{"二〇二六年開業。", "2026年開業。", "+"},
		{"二〇二六年開業。", "2025年開業。", "-"},
		{"Mix 3/4 with water.", "Mix 4/3 with water.", "-"},
		{"Open at 12:00.", "Open at 12 pm.", "+"},
		{"Open at 12:00.", "Open at 12 am.", "-"},
		{"Open at 9:00.", "Open at 9 pm.", "-"},
		{"A dozen eggs are in the box.", "12 eggs are in the box.", "+"},
		{"A dozen eggs are in the box.", "10 eggs are in the box.", "-"},
		{"Returns cost ten percent.", "Returns cost 10%.", "+"},
		{"Returns cost ten percent.", "Returns cost 10.", "?"},
		{"Returns cost 10 %.", "Returns cost $10.", "-"},
		{"Returns take 3-5 days.", "Returns take 3-7 days.", "-"},
		{"Returns take 3-5 days.", "Returns take 5-3 days.", "-"},
		{"Returns take 3-5 days.", "Returns take 3 weeks.", "-"},
		{"Returns take 3 to 5 days.", "Returns take 3~5 days.", "+"},
		{"運費百分之二十。", "運費20%。", "+"},
		{"運費百分之二十。", "運費20元。", "-"},
		{"打八折。", "打8折。", "+"},
		{"打八折。", "八成。", "?"},
		{"打八五折。", "打85折。", "+"},
		{"打八五折。", "打8.5折。", "+"},
		{"The price is $0.50.", "The price is $50.", "-"},
		{"The price is $.50.", "The price is $50.", "-"},
		{"The price is 1/2 of $100.", "The price is 2 of $100.", "-"},
		{"The price is ½ l.", "The price is 12 l.", "-"},
		{"Volume 1½ l.", "Volume 11 l.", "-"},
		{"Volume 1½ l.", "Volume 2 l.", "-"},
		{"Volume 10² cm.", "Volume 102 cm.", "-"},
		{"Weighs 1.5e3 g.", "Weighs 1.5 g.", "-"},
		{"Weighs 5×10³ g.", "Weighs 103 g.", "-"},
		{"Weighs 2k g.", "Weighs 2000 g.", "+"},
		{"Costs US$20.", "Costs NT$20.", "-"},
		{"Costs 20 USD.", "Costs 20 EUR.", "-"},
		{"Costs 2.5M dollars.", "Costs 2.5 dollars.", "-"},
		{"Costs 3 bn dollars.", "Costs 3 dollars.", "-"},
		{"Order 1,29,900 units.", "Order 29,900 units.", "-"},
		{"版本 1.2.3。", "版本 1.2。", "-"},
		{"保固三年半。", "保固三年。", "?"},
		{"保固一年半。", "保固半年。", "-"},
		{"保固一年半。", "保固18個月。", "+"},
		{"兩百五十元。", "250元。", "+"},
		{"兩百零五元。", "205元。", "+"},
		{"兩百五元。", "250元。", "+"},
		{"1,000,5元。", "5元。", "-"},
		{"廿五元。", "五元。", "-"},
		{"二十多元。", "20元。", "?"},
		{"卅元", "30元。", "?"},
		{"The room has 20 or more seats.", "The room has 20 seats.", "?"},
		{"Ships by 2026-11-05.", "Ships by 2026-05-11.", "-"},
		{"Ships by 2026-11-05.", "Ships by 5 November 2026.", "+"},
		{"Ships by 05.11.2026.", "Ships by 05.12.2026.", "-"},
		{"Ships by 05.11.2026.", "Ships by 5 November 2026.", "?"},
		{"Ships by 05-11-2026.", "Ships by 05-12-2026.", "-"},
		{"Call 02-2345-6789.", "Call 02-2345-6780.", "-"},
		{"Call 0912 345 678.", "Call 0912345678.", "+"},
		{"Between 100 and 200 dollars.", "Up to 100 dollars.", "-"},
		{"Two and a half hours.", "2.5 hours.", "+"},
		{"Two and a half hours.", "2 hours.", "-"},
		{"Two and a half hours.", "0.5 hours.", "-"},
		{"two hundred hundred dollars", "20000 dollars", "?"},
	} {
		l := New([]string{c[0]}, "")
		out := append(l.Write(c[1]), l.Close()...)
		got := "-"
		if len(out) > 0 {
			got = "+"
		}
		if got != c[2] {
			fmt.Printf("want %s got %s  %q  <-  %q\n", c[2], got, c[1], c[0])
		}
	}
}
