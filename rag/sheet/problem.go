package sheet

// A Code names a kind of problem of a row; the list below is all of them, but for
// those of a product that product.Problem names.
type Code string

// Problems that make a row invalid.
const (
	MissingQuestion  Code = "missing_question"
	MissingAnswer    Code = "missing_answer"
	QuestionTooLong  Code = "question_too_long"
	AnswerTooLong    Code = "answer_too_long"
	CategoryTooLong  Code = "category_too_long"
	PhrasingTooLong  Code = "phrasing_too_long"
	TooManyPhrasings Code = "too_many_phrasings"
	ControlCharacter Code = "control_character"
	BadDecoding      Code = "bad_decoding"
	ExcelError       Code = "excel_error"
	UnknownLanguage  Code = "unknown_language"
	ExtraCells       Code = "extra_cells"
	UnknownState     Code = "unknown_state"
	UnknownDate      Code = "unknown_date"
	DatesCrossed     Code = "dates_crossed"
	// Of products, beside those of product.Problem.
	UnknownPrice    Code = "unknown_price"
	UnknownCurrency Code = "unknown_currency"
	UnknownStock    Code = "unknown_stock"
)

// Warnings: what was mended, or should be looked at. The row stays valid.
const (
	InvisibleRemoved  Code = "invisible_removed"
	SpaceTrimmed      Code = "space_trimmed"
	LineBreakReplaced Code = "line_break_replaced"
	BrokenNumber      Code = "broken_number"
	RepeatedPhrasing  Code = "repeated_phrasing"
)

// Warning tells whether a row with this problem is still valid.
func (c Code) Warning() bool {
	switch c {
	case InvisibleRemoved, SpaceTrimmed, LineBreakReplaced, BrokenNumber, RepeatedPhrasing:
		return true
	}
	return false
}

// A Problem says what is wrong with a row, where, and how to mend it.
type Problem struct {
	Row     int    // as the spreadsheet shows it
	Column  string // the header's cell, or the column's letter; "" for the whole row
	Code    Code
	Message string
	Cure    string
}

// Valid tells whether a row with these problems can be taken in: all of them
// are warnings.
func Valid(problems []Problem) bool {
	for _, p := range problems {
		if !p.Code.Warning() {
			return false
		}
	}
	return true
}
