package sheet

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"storebot/rag"
)

// headerRows is how many rows are searched for the header, from the first that
// is not empty, and shown when it is not found.
const headerRows = 5

// The names of the fields, as WriteCSV and WriteXLSX write them.
const (
	questionField  = "question"
	answerField    = "answer"
	categoryField  = "category"
	languageField  = "language"
	stateField     = "state"
	fromField      = "valid_from"
	untilField     = "valid_until"
	phrasingsField = "phrasings"
	errorField     = "error"
)

// fieldNames maps folded header cells to fields.
var fieldNames = func() map[string]string {
	names := map[string]string{}
	for field, list := range map[string]string{
		questionField: "question questions q faqquestion customerquestion standardquestion " +
			"問題 问题 問 问 提問 提问 題目 题目 常見問題 常见问题 標準問 标准问 標準問題 标准问题 問句 问句",
		answerField: "answer answers a reply response faqanswer standardanswer " +
			"答案 回答 答 答覆 答复 回覆 回复 解答 標準答案 标准答案",
		categoryField: "category categories topic group section 分類 分类 類別 类别 主題 主题",
		languageField: "language lang locale 語言 语言 語種 语种 語系 语系",
		stateField:    "state status 狀態 状态 發布狀態 发布状态",
		fromField:     "validfrom startdate 生效日 生效日期 開始日期 开始日期 起始日期 上架日期",
		untilField:    "validuntil validto enddate expires expirydate 失效日 失效日期 到期日 到期日期 結束日期 结束日期 截止日期 下架日期",
		phrasingsField: "phrasing phrasings similarquestion similarquestions alternativequestion alternativequestions " +
			"alternative alternatives variant variants variation variations alias aliases otherphrasings otherwaysofasking " +
			"相似問 相似问 相似問題 相似问题 相似問法 相似问法 其他問法 其他问法 類似問題 类似问题 同義問 同义问 同義問題 同义问题 問法 问法",
		errorField: "error errors problem problems 錯誤 错误 錯誤訊息 错误信息",
	} {
		for name := range strings.FieldsSeq(list) {
			names[name] = field
		}
	}
	return names
}()

// fold makes header cells comparable: width, case, spaces and punctuation do
// not count.
func fold(cell string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(cell))
}

// A layout says where a row's fields are: column indexes from 0, -1 for none.
type layout struct {
	question, answer, category, language int
	state, from, until                   int
	zone                                 *time.Location
	phrasings                            []int
	header                               []string // names for problems; nil without a header
	ignored                              []string
	overflow                             bool // unnamed cells to the right of the header are phrasings
}

// recognise reads a row as a header. The error carries what it lacks; Info,
// Found and Preview are left to the caller.
func recognise(cells []string) (layout, *HeaderError) {
	l := layout{question: -1, answer: -1, category: -1, language: -1, state: -1, from: -1, until: -1}
	single := map[string]*int{questionField: &l.question, answerField: &l.answer, categoryField: &l.category, languageField: &l.language,
		stateField: &l.state, fromField: &l.from, untilField: &l.until}
	previous, twice := "", ""
	for i, cell := range cells {
		cell, _ = clean(cell)
		l.header = append(l.header, cell)
		name := fold(cell)
		field := fieldNames[name]
		if field == "" && fieldNames[strings.TrimRightFunc(name, unicode.IsDigit)] == phrasingsField {
			field = phrasingsField
		}
		if cell == "" && previous == phrasingsField {
			// A title merged over several columns leaves the later ones empty.
			field = phrasingsField
			l.header[i] = l.header[i-1]
		}
		switch at := single[field]; {
		case field == phrasingsField:
			l.phrasings = append(l.phrasings, i)
		case at == nil && cell != "":
			l.ignored = append(l.ignored, cell)
		case at != nil && *at >= 0:
			twice = field
		case at != nil:
			*at = i
		}
		previous = field
	}
	var missing []string
	if l.question < 0 {
		missing = append(missing, questionField)
	}
	if l.answer < 0 {
		missing = append(missing, answerField)
	}
	if len(missing) > 0 || twice != "" {
		return layout{}, &HeaderError{Subject: rag.OfEntries, Missing: missing, Twice: twice}
	}
	return l, nil
}

// findHeader recognises the header and returns it with its index in rows, the
// first of a sheet. It is the first row with more than one cell that is not
// empty: a title stands alone. The error tells about that row.
func findHeader(rows []record) (layout, int, error) {
	at := max(0, slices.IndexFunc(rows, func(rec record) bool { return filled(rec.cells) > 1 }))
	l, lack := recognise(rows[at].cells)
	if lack == nil {
		return l, at, nil
	}
	lack.Found, lack.Preview = rows[at].cells, preview(rows)
	return layout{}, 0, lack
}

func preview(rows []record) [][]string {
	var first [][]string
	for _, rec := range rows {
		first = append(first, rec.cells)
	}
	return first
}

func blank(cells []string) bool { return filled(cells) == 0 }

// filled counts the cells that are not empty.
func filled(cells []string) int {
	n := 0
	for _, cell := range cells {
		if cell, _ = clean(cell); cell != "" {
			n++
		}
	}
	return n
}

// chosen turns the caller's columns into a layout.
func chosen(c Columns) (layout, error) {
	all := append([]int{c.Question, c.Answer, c.Category, c.Language}, c.Phrasings...)
	seen := map[int]bool{}
	for i, n := range all {
		if n < 0 || n > maxRecordCells || n == 0 && (i < 2 || i > 3) || n > 0 && seen[n] {
			return layout{}, &FileError{Reason: BadOption, Message: "the columns are not usable",
				Cure: "give question and answer a column each, from 1, and use no column twice"}
		}
		seen[n] = true
	}
	l := layout{question: c.Question - 1, answer: c.Answer - 1, category: c.Category - 1, language: c.Language - 1, state: -1, from: -1, until: -1}
	for _, n := range c.Phrasings {
		l.phrasings = append(l.phrasings, n-1)
	}
	return l, nil
}
