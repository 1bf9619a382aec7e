package rag

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"storebot/rag/product"
)

// MaxRows bounds one import, so that its dry run fits into memory.
const MaxRows = 200_000

// An InputError says what is wrong with something that a person gave and how
// to mend it; all of it is meant for that person.
type InputError struct {
	Code    string // a fixed word
	Message string
	Cure    string
	About   []string // names of what is wrong, where several things could be: columns
	Found   []string // what stands in their place
}

func (e *InputError) Error() string { return fmt.Sprintf("%s (%s)", e.Message, e.Cure) }

func tooLong(name string, limit int) *InputError {
	return &InputError{Code: name + "_too_long", Message: fmt.Sprintf("the %s has more than %d characters", name, limit),
		Cure: "shorten it, or make two entries of it"}
}

// An ImportState is how far an import is.
type ImportState string

// The states of an import, as stored.
const (
	Staged  ImportState = "staged" // read and checked; nothing of it is an entry yet
	Running ImportState = "running"
	Done    ImportState = "done"
	Failed  ImportState = "failed"
)

// Ended tells whether nothing will change any more.
func (s ImportState) Ended() bool { return s == Done || s == Failed }

// OnChange says what becomes of an entry whose question is there with another
// answer.
type OnChange string

// The ways to deal with changed rows, as stored.
const (
	Overwrite OnChange = "overwrite" // the entry gets the row's content
	Skip      OnChange = "skip"      // the entry stays as it is
	Add       OnChange = "add"       // the row becomes an entry of its own
)

// A Subject is what the rows of a sheet are.
type Subject string

// The subjects of imports, as stored.
const (
	OfEntries  Subject = "entries"
	OfProducts Subject = "products"
)

// An Import is one uploaded sheet.
type Import struct {
	ID       uuid.UUID
	Subject  Subject
	FileName string
	State    ImportState
	OnChange OnChange
	Format   string                  // what the reader found, for people: "CSV, Big5, semicolon"
	Total    int                     // rows
	Found    Counts                  // by the dry run
	Problems map[string]ProblemCount // by code
	Chosen   Chosen
	Unsaid   Unsaid // of entries: what the sheet has no column for
	// Of products: the header's cells, those of columns that become attributes, and the
	// currency, ISO 4217, of prices that do not say it.
	Columns, Attributes []string
	Currency            string
	// Done counts the rows dealt with: the sum of the three below.
	Done, Created, Updated, Skipped int
	Error                           string
	CreatedAt                       time.Time
	FinishedAt                      time.Time // zero until it ended
	UndoneAt                        time.Time // zero unless it was taken back
	Restored, Removed, Kept         int       // by that; see Undone
}

// A ProblemCount is how many rows have a problem.
type ProblemCount struct {
	Rows    int  `json:"rows"`
	Warning bool `json:"warning,omitempty"`
}

// Chosen is how many changed rows the merchant chose for, one by one.
type Chosen struct {
	Overwrite int `json:"overwrite,omitempty"`
	Skip      int `json:"skip,omitempty"`
	Add       int `json:"add,omitempty"`
}

// Count takes one choice in; "" is none.
func (c *Chosen) Count(choice OnChange) {
	switch choice {
	case Overwrite:
		c.Overwrite++
	case Skip:
		c.Skip++
	case Add:
		c.Add++
	}
}

// Counts is a number of rows by status.
type Counts struct {
	Ready    int `json:"ready"`
	Exists   int `json:"exists"`
	Changed  int `json:"changed"`
	Repeated int `json:"repeated"`
	Invalid  int `json:"invalid"`
}

// Add counts one row more of a status.
func (c *Counts) Add(s RowStatus) { *c.of(s)++ }

func (c *Counts) of(s RowStatus) *int {
	switch s {
	case RowReady:
		return &c.Ready
	case RowExists:
		return &c.Exists
	case RowChanged:
		return &c.Changed
	case RowRepeated:
		return &c.Repeated
	}
	return &c.Invalid
}

// Move counts one row to another status.
func (c *Counts) Move(from, to RowStatus) {
	*c.of(from)--
	*c.of(to)++
}

// A RowStatus is what the dry run found for a row.
type RowStatus string

// The statuses of a row, as stored.
const (
	RowReady    RowStatus = "ready"    // becomes an entry
	RowExists   RowStatus = "exists"   // the shop has an entry with just this content
	RowChanged  RowStatus = "changed"  // the shop has the question with other content
	RowRepeated RowStatus = "repeated" // the same content stands earlier in the file
	RowInvalid  RowStatus = "invalid"  // cannot be taken in; its problems say why
)

// A RowProblem says what is wrong with a row, where, and how to mend it.
type RowProblem struct {
	Column  string `json:"column,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Cure    string `json:"cure"`
	Warning bool   `json:"warning,omitempty"` // the row is stored all the same
}

// A StagedRow is a row of an import.
type StagedRow struct {
	Position int      // from 1, without gaps
	Number   int      // as the merchant sees it in the spreadsheet
	Content  Content  // of an entry
	Cells    []string // of a product: as they stand in the file
	Status   RowStatus
	Problems []RowProblem
	Choice   OnChange // what becomes of this row if it is changed; "": what the import says
	// Of a product's row that was listed: what it makes of the product, as far as it could
	// be read, and its cells that are not empty, by their header.
	Product *product.Product
	Named   []product.Attribute
	// Of a changed row that was listed, the one of them that the row is: the entry that has
	// its question, the product that has its SKU; nil when it is gone.
	There *Entry
	Was   *product.Product
}

// A RowEdit is what a merchant writes into a row: an entry's texts, or cells of a
// product's row by their header. The other one is nil.
type RowEdit struct {
	Content *Content
	Cells   map[string]string
}

// ImportSettings hold for all rows of an import. Zero fields leave it as it is.
type ImportSettings struct {
	OnChange OnChange
	Currency *string // of products' prices that do not say it; "": none
}

// Foreseen is what committing an import would write: what it overwrites by its ids, what
// it adds by ids of their own.
type Foreseen struct {
	Entries  []Entry
	Products []product.Product
}

// The warnings that classification adds.
const (
	QuestionTwice  = "question_twice"  // the file has the question more than once, with different content
	SeveralEntries = "several_entries" // the shop has several entries with the question
)

var questionTwice = RowProblem{Code: QuestionTwice, Warning: true,
	Message: "the file has this question more than once, with different content",
	Cure:    "keep one of the rows; else each becomes an entry of its own"}

var severalEntries = RowProblem{Code: SeveralEntries, Warning: true,
	Message: "the shop has several entries with this question, so none of them can be overwritten",
	Cure:    "delete those that are out of date; the row becomes an entry of its own"}

// Has tells whether a problem of that code was found in the row.
func (r *StagedRow) Has(code string) bool {
	return slices.ContainsFunc(r.Problems, func(p RowProblem) bool { return p.Code == code })
}

// A RowFilter picks rows of an import; zero fields do not filter.
type RowFilter struct {
	Statuses []RowStatus
	Problem  string // a code
}

// Apart tells whether a changed row has to become an entry of its own where
// others would overwrite one: overwriting would lose content.
func (r *StagedRow) Apart() bool {
	return r.Has(QuestionTwice) || r.Has(SeveralEntries)
}

// A Classifier finds the status of the rows of one file, in its order. It
// remembers 56 bytes a row, whatever the row's length. Its zero value is ready.
type Classifier struct {
	contents map[Hash]struct{}
	first    map[Hash]int32 // position of the question's first row; negative once it is in twice
	twice    []int
}

// Classify sets row.Status and adds warnings. valid tells whether the sheet's
// reader could take the row; there holds the content hashes of the shop's
// entries with the row's question.
func (c *Classifier) Classify(row *StagedRow, valid bool, question, content Hash, there []Hash) {
	row.Status = c.status(row, valid, question, content, there)
}

func (c *Classifier) status(row *StagedRow, valid bool, question, content Hash, there []Hash) RowStatus {
	if !valid {
		return RowInvalid
	}
	if c.contents == nil {
		c.contents, c.first = map[Hash]struct{}{}, map[Hash]int32{}
	}
	if _, repeated := c.contents[content]; repeated {
		return RowRepeated
	}
	c.contents[content] = struct{}{}
	if first, again := c.first[question]; again {
		row.Problems = append(row.Problems, questionTwice)
		if first > 0 {
			c.twice = append(c.twice, int(first))
			c.first[question] = -first
		}
	} else {
		c.first[question] = int32(row.Position)
	}
	for _, h := range there {
		if h == content {
			return RowExists
		}
	}
	switch {
	case len(there) == 0:
		return RowReady
	case len(there) > 1:
		row.Problems = append(row.Problems, severalEntries)
	}
	return RowChanged
}

// Twice returns the positions of rows that were classified before a later row
// with the same question came. Each of them now deserves the warning Again.
func (c *Classifier) Twice() []int { return c.twice }

// Again is the warning QuestionTwice.
func Again() RowProblem { return questionTwice }

// A Change is what committing a row does.
type Change int

// The changes.
const (
	NoChange Change = iota
	CreateEntry
	UpdateEntry // the one entry that has the row's question
)

// Change decides about a row at the moment of its commit, which may be long
// after the dry run: there holds the content hashes of the entries that have
// the row's question now. As long as the shop's entries are those that the dry
// run saw, only a changed row needs there: of the others the status says it.
func (r *StagedRow) Change(policy OnChange, content Hash, there []Hash) Change {
	if r.Choice != "" {
		policy = r.Choice
	}
	if r.Status == RowRepeated || r.Status == RowInvalid {
		return NoChange
	}
	for _, h := range there {
		if h == content {
			return NoChange
		}
	}
	switch {
	case len(there) == 0 || r.Status == RowReady:
		// A ready row whose question came in since the dry run, by this very
		// file or otherwise: another entry loses nothing.
		return CreateEntry
	case policy == Skip:
		return NoChange
	case policy == Overwrite && len(there) == 1 && !r.Apart():
		return UpdateEntry
	}
	return CreateEntry
}
