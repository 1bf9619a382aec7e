package grounding

import (
	"testing"

	"storebot/rag/lexical"
)

// What denies in other words is a denial, and what says the same in other words is
// not.
func TestOppositesInOtherWords(t *testing.T) {
	for _, c := range []struct {
		source    string
		true, not []string
	}{
		{"When are you open?\nWe are open Tuesday to Sunday from 10:00 to 18:00 and closed on Mondays.",
			[]string{"We are closed on Mondays.", "We are not open on Mondays.", "We are open Tuesday to Sunday."},
			[]string{"We are open on Mondays.", "We are closed Tuesday to Sunday.", "We are not closed on Mondays."}},
		{"營業時間？\n週二至週日10:00至18:00營業，週一公休。",
			[]string{"週一公休。", "週一不營業。", "週二至週日營業。"},
			[]string{"週一營業。", "週一照常上班。", "週二至週日公休。", "週一不公休。"}},
		{"营业时间？\n我们周二到周日营业，周一店休。",
			[]string{"周一店休。", "周一不营业。"}, []string{"周一营业。", "周二到周日休息。"}},
		{"Can I return sale items?\nSale items are final sale.",
			[]string{"Sale items cannot be returned.", "Sale items are final sale."},
			[]string{"Sale items can be returned.", "Sale items are returnable."}},
		{"Is the blue mug there?\nThe blue mug is sold out until spring.",
			[]string{"The blue mug is out of stock until spring.", "The blue mug is not available until spring."},
			[]string{"The blue mug is in stock until spring.", "The blue mug is available until spring."}},
		{"藍色馬克杯有嗎？\n藍色馬克杯目前缺貨。",
			[]string{"藍色馬克杯目前售完。", "藍色馬克杯目前沒有現貨。"}, []string{"藍色馬克杯目前有貨。", "藍色馬克杯目前有現貨供應。"}},
		{"Are batteries included?\nBatteries are excluded from the toy package.",
			[]string{"Batteries are not included in the toy package."}, []string{"Batteries are included in the toy package."}},
		{"Can I bring my dog?\nDogs are welcome in our showroom.",
			[]string{"Dogs are allowed in our showroom."}, []string{"Dogs are forbidden in our showroom.", "Dogs are not allowed in our showroom."}},
		{"統編要填嗎？\n統一編號為選填欄位。",
			[]string{"統一編號是選填欄位。"}, []string{"統一編號為必填欄位。"}},
		{"折價券還能用嗎？\n生日折價券在生日當月有效。",
			[]string{"生日折價券當月有效。"}, []string{"生日折價券在生日當月失效。"}},
	} {
		for _, text := range c.true {
			if got := through(Rules{Fold: lexical.Fold}.Lock([]string{c.source}, ""), text); len(got) != 1 {
				t.Errorf("%q does not bear %q", c.source, text)
			}
		}
		for _, text := range c.not {
			if got := through(Rules{Fold: lexical.Fold}.Lock([]string{c.source}, ""), text); len(got) != 0 {
				t.Errorf("%q bears %q", c.source, text)
			}
		}
	}
}
