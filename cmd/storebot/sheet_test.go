package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"

	"storebot/rag/sheet"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A row is one entry of a generated sheet.
type row struct {
	question, answer, category, language string
	phrasings                            []string
}

// Parts of questions, by language. Every question is another combination, so
// that none repeats.
var (
	things = map[string][]string{
		"en":      {"linen apron", "copper kettle", "café press", "wool blanket", "desk lamp", "garden hose", "paper notebook", "rain jacket"},
		"zh-Hant": {"亞麻圍裙", "銅製水壺", "咖啡濾壓壺", "羊毛毯", "檯燈", "園藝水管", "紙本筆記", "雨衣外套"},
		"zh-Hans": {"亚麻围裙", "铜制水壶", "咖啡滤压壶", "羊毛毯子", "台灯", "园艺水管", "纸质笔记本", "雨衣外套"},
	}
	asks = map[string][2]string{
		"en":      {"How long does the %s no. %d take to arrive?", "The %s no. %d arrives in %d days; “express” is possible, too."},
		"zh-Hant": {"%s第 %d 號多久會到貨？", "%s第 %d 號會在 %d 天內送達，也可以選擇快遞。"},
		"zh-Hans": {"%s第 %d 号多久能到货？", "%s第 %d 号会在 %d 天内送达，也可以选择快递。"},
	}
	groups = map[string]string{"en": "Delivery, express", "zh-Hant": "配送", "zh-Hans": "配送时间"}
)

// generate returns n rows of which every len(languages)th is of one language.
// Some answers have line breaks, quotes and the signs that a spreadsheet would run.
func generate(n int, languages ...string) []row {
	rows := make([]row, n)
	for i := range rows {
		l := languages[i%len(languages)]
		thing := things[l][i/len(languages)%len(things[l])]
		r := row{question: fmt.Sprintf(asks[l][0], thing, i), answer: fmt.Sprintf(asks[l][1], thing, i, i%9+1), category: groups[l], language: l}
		switch i % 10 {
		case 3:
			r.answer += "\n" + strings.Repeat("=", i%3+1) + "\"1\";2,\t3|4"
		case 4:
			r.phrasings = []string{thing + " " + fmt.Sprint(i), fmt.Sprint(i) + " | " + thing}
		case 5:
			r.category = ""
		case 6:
			r.answer = "=" + r.answer
		}
		rows[i] = r
	}
	return rows
}

// asCSV writes rows as a shop's own program might.
func asCSV(t *testing.T, rows []row, delimiter rune, header ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = delimiter
	if len(header) > 0 {
		if err := w.Write(header); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range rows {
		phrasings := make([]string, len(r.phrasings))
		for i, p := range r.phrasings {
			phrasings[i] = strings.ReplaceAll(p, "|", `\|`)
		}
		answer := r.answer
		if strings.HasPrefix(answer, "=") {
			answer = "'" + answer
		}
		if err := w.Write([]string{r.question, answer, r.category, r.language, strings.Join(phrasings, "\n")}); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return b.Bytes()
}

func encoded(t *testing.T, e encoding.Encoding, text []byte) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var english = []string{"question", "answer", "category", "language", "phrasings"}

// sheets are the ways in which a sheet reaches the program, each with the rows
// that it holds.
func sheets(t *testing.T, n int) map[string]struct {
	content []byte
	rows    []row
} {
	t.Helper()
	mixed := generate(n, "en", "zh-Hant", "zh-Hans")
	// The characters of one of these do not have the other's.
	hant, hans := generate(n, "zh-Hant"), generate(n, "zh-Hans")
	bom := []byte("\xef\xbb\xbf")
	type file = struct {
		content []byte
		rows    []row
	}
	return map[string]file{
		"utf-8.csv":     {asCSV(t, mixed, ',', english...), mixed},
		"bom.csv":       {append(bom, asCSV(t, mixed, ',', english...)...), mixed},
		"semicolon.csv": {asCSV(t, mixed, ';', english...), mixed},
		"tab.csv":       {asCSV(t, mixed, '\t', english...), mixed},
		"big5.csv":      {encoded(t, traditionalchinese.Big5, asCSV(t, hant, ',', "問題", "答案", "分類", "語言", "相似問")), hant},
		"gb18030.csv":   {encoded(t, simplifiedchinese.GB18030, asCSV(t, hans, ',', "问题", "答案", "分类", "语言", "相似问")), hans},
	}
}

// exported reads an export back, row by row.
func exported(t *testing.T, content string) []row {
	t.Helper()
	r, err := sheet.Open(strings.NewReader(content), int64(len(content)), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out []row
	for {
		next, problems, err := r.Next()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(problems) > 0 {
			t.Errorf("row %d of an export: %v", next.Number, problems)
		}
		out = append(out, row{next.Question, next.Answer, next.Category, next.Language, next.Phrasings})
	}
}
