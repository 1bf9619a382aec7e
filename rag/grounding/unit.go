package grounding

import (
	"math/big"
	"strings"
)

// A unit is what a number counts, in one measure for each kind of thing: all
// spans of time up to weeks in minutes, all lengths in millimetres. A month has no fixed
// number of days and is a measure of its own; so has the working day.
type unit struct {
	name   string
	factor int // of the base measure, in thousandths
}

var units = map[string]unit{}

func init() {
	for name, list := range map[string]string{
		"time": `1000 second seconds sec secs 秒 秒鐘 秒钟|60000 minute minutes min mins 分鐘 分钟 分|
			3600000 hour hours hr hrs h 小時 小时 鐘頭 钟头|86400000 day days 天 日|604800000 week weeks wk wks 週 周 星期 禮拜 礼拜`,
		"workday": `1000 workday workdays 工作天 工作日 營業日 营业日 營業天 营业天`,
		"month":   `1000 month months mo 個月 个月|12000 year years yr yrs 年`,
		"percent": `1000 % percent pct 趴|10000 成`,
		"off":     `1000 折`,
		"gram":    `1 mg 毫克|1000 g gram grams 公克 克|1000000 kg kgs kilo kilos kilogram kilograms 公斤 千克|600000 台斤|500000 斤`,
		"mm":      `1000 mm millimeter millimeters millimetre millimetres 公釐 公厘 毫米|10000 cm centimeter centimeters centimetre centimetres 公分 釐米 厘米|1000000 m meter meters metre metres 公尺 米|1000000000 km 公里|25400 inch inches 吋 寸`,
		"ml":      `1000 ml milliliter milliliters millilitre millilitres cc 毫升|1000000 l liter liters litre litres 公升 升`,
		"degree":  `1000 ° °c degree degrees celsius 度`,
		"times":   `1000 times 次 回`,
		"fold":    `1000 x 倍`,
		"aged":    `1000 歲 岁`,
		"point":   `1000 point points 積分 积分`,
		"person":  `1000 person persons people 人 位 名`,
		"item": `1000 item items piece pieces pcs pc product products order orders set sets box boxes bottle bottles pair pairs pack packs
			件 個 个 樣 样 份 組 组 套 盒 包 瓶 箱 雙 双 款 種 种 張 张 筆 笔 單 单 項 项 只 隻 支 台 本 雙 間 间 家`,
		"TWD":    `1000 nt ntd twd 台幣 臺幣 台币 新台幣 新臺幣 新台币`,
		"USD":    `1000 usd us$ 美元 美金`,
		"CNY":    `1000 rmb cny 人民幣 人民币`,
		"HKD":    `1000 hkd hk$ 港幣 港币 港元`,
		"JPY":    `1000 jpy yen 日圓 日元 日幣 日币`,
		"EUR":    `1000 eur euro euros € 歐元 欧元`,
		"GBP":    `1000 gbp £ pound pounds 英鎊 英镑`,
		"yuan":   `1000 元 塊 块 圓 圆 塊錢 块钱`,
		"dollar": `1000 $ dollar dollars bucks`,
		"yen":    `1000 ¥`,
		"cent":   `1000 cent cents`,
	} {
		for group := range strings.SplitSeq(list, "|") {
			words := strings.Fields(group)
			factor, _ := new(big.Int).SetString(words[0], 10)
			for _, w := range words[1:] {
				units[w] = unit{name, int(factor.Int64())}
			}
		}
	}
}

// known reports a word that is a unit, or that belongs to a number as one.
func known(w string) bool {
	_, ok := units[w]
	return ok || ordinalEnd[w] || w == "am" || w == "pm" || w == "off"
}

var ordinalEnd = map[string]bool{"st": true, "nd": true, "rd": true, "th": true}

// currencyName are words that stand before a sum; a following $ or blank belongs to them.
var currencyName = map[string]string{
	"nt": "TWD", "ntd": "TWD", "twd": "TWD", "us": "USD", "usd": "USD", "hk": "HKD", "hkd": "HKD",
	"rmb": "CNY", "cny": "CNY", "jpy": "JPY", "eur": "EUR", "gbp": "GBP",
}

// moneyIn says which units of a source bear a sum of the given unit. A plain 元
// or $ is read as the shop's own currency; a named currency needs its name or the plain
// sign of its own script: "$20" bears "20 元", never "US$20" or "NT$20".
var moneyIn = map[string][]string{
	"yuan": {"TWD", "CNY", "HKD", "dollar", "yen"}, "dollar": {"TWD", "USD", "HKD", "yuan"},
	"TWD": {"yuan"}, "CNY": {"yuan", "yen"}, "HKD": {"yuan"}, "yen": {"CNY", "JPY", "yuan"}, "JPY": {"yen"},
	"USD": nil, "EUR": nil, "GBP": nil, "cent": nil,
}

func (u unit) money() bool {
	_, ok := moneyIn[u.name]
	return ok
}

// times multiplies a decimal by thousandths of a whole number; false unless text is a decimal
// short enough to be an amount (order numbers are not).
func times(text string, factor int) (string, bool) {
	if len(text) > 15 {
		return text, false
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return text, false
	}
	return r.Mul(r, big.NewRat(int64(factor), 1)).RatString(), true
}
