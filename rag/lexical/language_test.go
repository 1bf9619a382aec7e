package lexical

import "testing"

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"How do I return an item?":         "en",
		"Où est mon colis ?":               "en",
		"The colour 藍色 is sold out, sorry": "en",
		"請問運費怎麼計算？":                        "zh-Hant",
		"可以改尺寸嗎":                           "zh-Hant",
		"後天會到嗎":                            "zh-Hant",
		"我的 iPhone 訂單什麼時候到？":               "zh-Hant",
		"台灣可以寄嗎":                           "zh-Hant",
		"请问运费怎么计算？":                        "zh-Hans",
		"可以改尺寸吗":                           "zh-Hans",
		"我的 iPhone 订单到哪了":                  "zh-Hans",
		"这件有货吗":                            "zh-Hans",
		"你们嘛时候上班，妳好，甚好":                    "zh-Hans",
		"你好":                      "",
		"可以改尺寸":                   "",
		"送料はいくらですか":               "",
		"배송은 얼마나 걸리나요":            "",
		"Сколько стоит доставка?": "",
		"1234 %": "",
		"":       "",
	} {
		if got := Language(text); got != want {
			t.Errorf("%q is told to be %q, want %q", text, got, want)
		}
	}
}

// TestScriptsAreApart keeps the two lists from claiming the same character, and
// from claiming one that the fold says both scripts can mean.
func TestScriptsAreApart(t *testing.T) {
	for _, r := range simplifiedOnly {
		if Traditional(r) && Simplified(r) {
			t.Errorf("%c is said to be of both scripts alone", r)
		}
	}
	for _, r := range "着后里台面干只可以改尺寸" {
		if Simplified(r) {
			t.Errorf("%c is said to be simplified alone", r)
		}
	}
	for _, r := range "這說會時間貨單費" {
		if !Traditional(r) || Simplified(r) {
			t.Errorf("%c is not told to be traditional", r)
		}
	}
	for _, r := range "这说会时间货单费" {
		if Traditional(r) || !Simplified(r) {
			t.Errorf("%c is not told to be simplified", r)
		}
	}
}
