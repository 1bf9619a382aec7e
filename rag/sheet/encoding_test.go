package sheet_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"storebot/rag/sheet"
)

const (
	traditional = "問題,答案,分類\n可以退貨嗎？,收到商品後七天內都可以退貨。,退換貨\n多久會到？,付款後三天內出貨。,運送\n"
	simplified  = "问题,答案,分类\n可以退货吗？,收到商品后七天内都可以退货。,退换货\n多久会到？,付款后三天内发货。,运送\n"
	korean1     = "질문,답변\n반품할 수 있나요?,상품을 받은 후 칠 일 이내에 반품할 수 있습니다.\n배송은 얼마나 걸리나요?,결제 후 삼 일 이내에 발송합니다.\n"
	japanese1   = "質問,回答\n返品できますか？,商品到着後七日以内であれば返品できます。\n送料はいくらですか？,五千円以上のご注文は無料です。\n"
	western     = "question,answer\nOù est mon colis ?,Il arrive sous trois jours, à l'adresse indiquée.\nQuelle est la durée de garantie ?,Deux années complètes.\n"
)

func encode(t *testing.T, enc encoding.Encoding, text string) []byte {
	t.Helper()
	out, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEncodings(t *testing.T) {
	utf16le := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	utf16be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for name, text := range map[string]string{"traditional": traditional, "simplified": simplified} {
		files := map[string]struct {
			data []byte
			want sheet.Encoding
		}{
			"utf-8":             {[]byte(text), sheet.UTF8},
			"utf-8 with mark":   {[]byte("\uFEFF" + text), sheet.UTF8},
			"utf-16le":          {encode(t, utf16le, "\uFEFF"+text), sheet.UTF16LE},
			"utf-16be":          {encode(t, utf16be, "\uFEFF"+text), sheet.UTF16BE},
			"utf-16le, no mark": {encode(t, utf16le, text), sheet.UTF16LE},
			"utf-16be, no mark": {encode(t, utf16be, text), sheet.UTF16BE},
			"gb18030":           {encode(t, simplifiedchinese.GB18030, text), sheet.GB18030},
		}
		if name == "traditional" {
			files["big5"] = struct {
				data []byte
				want sheet.Encoding
			}{encode(t, traditionalchinese.Big5, text), sheet.Big5}
		}
		_, want := mustRead(t, []byte(text), sheet.Options{})
		for encoding, file := range files {
			t.Run(name+" "+encoding, func(t *testing.T) {
				for _, chosen := range []sheet.Encoding{"", file.want} {
					info, lines := mustRead(t, file.data, sheet.Options{Encoding: chosen})
					if info.Encoding != file.want {
						t.Errorf("encoding %q, want %q", info.Encoding, file.want)
					}
					if len(lines) != len(want) || len(lines) != 2 {
						t.Fatalf("%d rows", len(lines))
					}
					for i := range lines {
						if !equal(lines[i].row, want[i].row) || len(lines[i].problems) > 0 {
							t.Errorf("row %+v, want %+v", lines[i], want[i].row)
						}
					}
				}
			})
		}
	}
}

func TestEncodingIsAskedNotGuessed(t *testing.T) {
	for name, data := range map[string][]byte{
		"korean":   encode(t, korean.EUCKR, korean1),
		"japanese": encode(t, japanese.ShiftJIS, japanese1),
		"euc-jp":   encode(t, japanese.EUCJP, japanese1),
		"western":  encode(t, charmap.Windows1252, western),
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := readAll(data, sheet.Options{})
			if fileReason(t, err) != sheet.UnknownEncoding {
				t.Errorf("error %v", err)
			}
			var file *sheet.FileError
			if errors.As(err, &file); len(file.Candidates) == 0 {
				t.Error("nothing to choose from")
			}
		})
	}
	_, lines := mustRead(t, encode(t, charmap.Windows1252, strings.ReplaceAll(western, ", à", " à")), sheet.Options{Encoding: sheet.Windows1252})
	if got := lines[0].row.Question; got != "Où est mon colis ?" {
		t.Errorf("chosen windows-1252 reads %q", got)
	}
}

// A byte lost in a UTF-8 file spoils its row, not the file.
func TestDamagedUTF8(t *testing.T) {
	data := []byte(strings.Replace(traditional, "三天", "三\xE5\xA4", 1))
	info, lines := mustRead(t, data, sheet.Options{})
	if info.Encoding != sheet.UTF8 || !sheet.Valid(lines[0].problems) {
		t.Errorf("%+v %+v", info, lines[0])
	}
	if sheet.Valid(lines[1].problems) || lines[1].problems[0].Code != sheet.BadDecoding {
		t.Errorf("problems %+v", lines[1].problems)
	}
}

// UTF-8 is proven over the whole file: a long English start proves nothing.
func TestLateChinese(t *testing.T) {
	head := "question,answer\n" + strings.Repeat("a,b\n", 40000)
	tail := strings.TrimPrefix(traditional, "問題,答案,分類\n")
	tail = strings.ReplaceAll(strings.ReplaceAll(tail, ",退換貨", ""), ",運送", "")
	info, lines := mustRead(t, append([]byte(head), encode(t, traditionalchinese.Big5, tail)...), sheet.Options{})
	if info.Encoding != sheet.Big5 || lines[len(lines)-1].row.Question != "多久會到？" {
		t.Errorf("%q, last %+v", info.Encoding, lines[len(lines)-1])
	}
	info, _ = mustRead(t, []byte(head+tail), sheet.Options{})
	if info.Encoding != sheet.UTF8 {
		t.Errorf("%q", info.Encoding)
	}
}
