package sheet

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"storebot/rag"
	"storebot/rag/product"
)

// A ProductRow is one product of a spreadsheet, as far as it could be read.
type ProductRow struct {
	Number   int
	Product  product.Product
	Problems []Problem
	Cells    []product.Attribute // the row as it stands in the file, by its header

	at     columns
	header []string
}

// columns say where a product's fields stand in a sheet.
type columns struct {
	field      map[product.Field]int
	attributes map[int]string
}

// ProductOptions overrule what OpenProducts finds out by itself.
type ProductOptions struct {
	Encoding Encoding // CSV only
	Currency string   // ISO 4217, of prices that do not say it; "": such rows are not valid
	Edits    Edits
	OnChange rag.OnChange         // of changed rows without a choice of their own: rag.Skip, else they overwrite
	Choices  map[int]rag.OnChange // by the row's number
}

// skips reports whether the product of a changed row stays as it is.
func (o ProductOptions) skips(row int) bool {
	return cmp.Or(o.Choices[row], o.OnChange) == rag.Skip
}

// Edits are cells that were mended since, by the row's number and their header.
type Edits map[int]map[string]string

// over returns the row with its mended cells.
func (e Edits) over(rec record, header []string) record {
	edit := e[rec.number]
	if len(edit) == 0 {
		return rec
	}
	cells := make([]string, max(len(rec.cells), len(header)))
	copy(cells, rec.cells)
	for i, name := range header {
		if value, ok := edit[name]; ok && name != "" {
			cells[i] = value
		}
	}
	rec.cells = cells
	return rec
}

// A ProductReader yields the products of one file.
type ProductReader struct {
	*Reader
	columns  columns
	currency string
	edits    Edits
}

// OpenProducts is Open for a sheet of products: of a workbook it reads the
// first sheet whose headers are those of products. Columns with a name that no
// field has become attributes. Errors: as of Open.
func OpenProducts(src io.ReaderAt, size int64, opts ProductOptions) (*ProductReader, error) {
	r, err := Open(src, size, Options{Encoding: opts.Encoding, find: findProducts})
	if err != nil {
		return nil, err
	}
	at, _ := recogniseProducts(r.info.Header)
	return &ProductReader{Reader: r, columns: at, currency: opts.Currency, edits: opts.Edits}, nil
}

// AttributeNames are the header cells of columns that become attributes.
func (r *ProductReader) AttributeNames() []string {
	names := []string{}
	for _, i := range slices.Sorted(maps.Keys(r.columns.attributes)) {
		names = append(names, r.columns.attributes[i])
	}
	return names
}

// findProducts is findHeader for products.
func findProducts(rows []record) (layout, int, error) {
	at := max(0, slices.IndexFunc(rows, func(rec record) bool { return filled(rec.cells) > 1 }))
	header := cleanAll(rows[at].cells)
	_, lack := recogniseProducts(header)
	if lack != nil {
		lack.Found, lack.Preview = rows[at].cells, preview(rows)
		return layout{}, 0, lack
	}
	return layout{header: header}, at, nil
}

// recogniseProducts reads a row as the header of a sheet of products: a SKU and
// something of what is told of it.
func recogniseProducts(header []string) (columns, *HeaderError) {
	at := columns{map[product.Field]int{}, map[int]string{}}
	twice := ""
	named := map[string]bool{}
	for i, cell := range header {
		field := product.Column(cell)
		switch _, again := at.field[field]; {
		case cell == "" || field == product.IgnoredField:
		case field == "" && named[fold(cell)]:
			twice = cell
		case field == "":
			named[fold(cell)] = true
			at.attributes[i] = cell
		case again:
			twice = string(field)
		default:
			at.field[field] = i
		}
	}
	var missing []string
	if !at.has(product.SKUField) {
		missing = append(missing, string(product.SKUField))
	}
	if !at.has(product.NameField) && !at.has(product.PriceField) && !at.has(product.StockField) {
		missing = append(missing, string(product.NameField))
	}
	if len(missing) > 0 || twice != "" {
		return columns{}, &HeaderError{Missing: missing, Twice: twice}
	}
	return at, nil
}

func (c columns) has(f product.Field) bool {
	_, ok := c.field[f]
	return ok
}

// Next returns the next row that is not empty; after the last one the error is
// io.EOF. A *FileError says that the file cannot be read on.
func (r *ProductReader) Next() (ProductRow, error) {
	for {
		rec, err := r.record()
		if err != nil {
			return ProductRow{}, err
		}
		if rec = r.edits.over(rec, r.info.Header); !blank(rec.cells) {
			return r.row(rec), nil
		}
	}
}

func (r *ProductReader) row(rec record) ProductRow {
	c := &check{rec: rec, layout: r.layout}
	text := func(f product.Field) string {
		if i, ok := r.columns.field[f]; ok {
			cell := c.text(i)
			c.wrongValue(i, cell)
			return cell
		}
		return ""
	}
	p := product.Product{SKU: text(product.SKUField), Name: text(product.NameField), Link: text(product.LinkField), Image: text(product.ImageField),
		OtherNames: splitPhrasings(text(product.NamesField)), Phrasings: splitPhrasings(text(product.PhrasingsField))}
	p.Price, p.Currency = r.price(c, text(product.PriceField), text(product.CurrencyField))
	p.Stock = r.stock(c, text(product.StockField))
	for _, i := range slices.Sorted(maps.Keys(r.columns.attributes)) {
		if value := c.text(i); value != "" {
			c.wrongValue(i, value)
			p.Attributes = append(p.Attributes, product.Attribute{Name: r.columns.attributes[i], Value: value})
		}
	}
	c.extra()
	row := ProductRow{Number: rec.number, Product: p.Clean(), Problems: c.problems, at: r.columns, header: r.info.Header}
	for i, cell := range rec.cells {
		if cell, _ = clean(cell); cell != "" && i < len(r.layout.header) {
			row.Cells = append(row.Cells, product.Attribute{Name: r.layout.header[i], Value: unprotect(cell)})
		}
	}
	return row
}

// price reads the price and its currency, which either cell may say.
func (r *ProductReader) price(c *check, price, currency string) (product.Price, string) {
	number, said, ok := product.ParsePrice(price)
	if !ok {
		c.report(r.columns.field[product.PriceField], UnknownPrice, fmt.Sprintf("%q cannot be read as one price", shorten(price)),
			"write the number alone, as 1299 or 1299.50, and its currency in a column of its own")
		return "", ""
	}
	code, ok := product.ParseCurrency(currency)
	if !ok {
		c.report(r.columns.field[product.CurrencyField], UnknownCurrency, fmt.Sprintf("%q is not one currency", shorten(currency)), "write its three letters, as TWD, USD or EUR")
		return number, ""
	}
	switch {
	case said != "" && code != "" && said != code:
		c.report(r.columns.field[product.PriceField], UnknownCurrency, fmt.Sprintf("the price says %s, the currency column says %s", said, code), "keep the right one")
	case said == "" && code == "":
		code = r.currency
	case code == "":
		code = said
	}
	return number, code
}

// stock reads a count of pieces.
func (r *ProductReader) stock(c *check, cell string) *int {
	if cell == "" {
		return nil
	}
	number, unit, ok := product.ParsePrice(cell)
	whole, fraction, _ := strings.Cut(string(number), ".")
	n, err := strconv.Atoi(whole)
	if !ok || unit != "" || err != nil || strings.Trim(fraction, "0") != "" || n > product.MaxStock {
		c.report(r.columns.field[product.StockField], UnknownStock, fmt.Sprintf("%q is not a number of pieces", shorten(cell)),
			"write how many there are, as 12 or 0, or leave the cell empty")
		return nil
	}
	return &n
}

// over completes the row with what the shop has under its SKU, where the file
// has no column for it, and adds what is then still wrong.
func (r *ProductRow) over(there *product.Product) {
	p := &r.Product
	if there != nil {
		r.complete(*there)
	}
	read := map[string]bool{}
	for _, known := range r.Problems {
		read[known.Column] = read[known.Column] || !known.Code.Warning()
	}
	for _, w := range p.Problems() {
		column := r.column(w.Field)
		if !read[column] || column == "" {
			r.Problems = append(r.Problems, Problem{Row: r.Number, Column: column, Code: Code(w.Code), Message: w.Message, Cure: w.Cure})
		}
	}
}

func (r *ProductRow) complete(there product.Product) {
	p := &r.Product
	p.ID = there.ID
	keep := func(f product.Field, set func()) {
		if !r.at.has(f) {
			set()
		}
	}
	keep(product.NameField, func() { p.Name = there.Name })
	keep(product.PriceField, func() { p.Price, p.Currency = there.Price, there.Currency })
	keep(product.StockField, func() { p.Stock = there.Stock })
	keep(product.LinkField, func() { p.Link = there.Link })
	keep(product.ImageField, func() { p.Image = there.Image })
	keep(product.NamesField, func() { p.OtherNames = there.OtherNames })
	keep(product.PhrasingsField, func() { p.Phrasings = there.Phrasings })
	if p.Price != "" && p.Currency == "" && there.Currency != "" && !r.at.has(product.CurrencyField) {
		p.Currency = there.Currency
	}
	named := map[string]bool{}
	for _, name := range r.at.attributes {
		named[fold(name)] = true
	}
	for _, a := range there.Attributes {
		if !named[fold(a.Name)] {
			p.Attributes = append(p.Attributes, a)
			continue
		}
		// One column holds what products call Size and size: each keeps its own way.
		for i := range p.Attributes {
			if fold(p.Attributes[i].Name) == fold(a.Name) {
				p.Attributes[i].Name = a.Name
			}
		}
	}
}

// column is what the file calls a field of a product's Problem.
func (r *ProductRow) column(field string) string {
	base, rest, _ := strings.Cut(field, "[")
	if base == "attributes" {
		n, err := strconv.Atoi(strings.TrimRight(rest, "].namevlu"))
		if err == nil && n < len(r.Product.Attributes) {
			return r.Product.Attributes[n].Name
		}
		return ""
	}
	if i, ok := r.at.field[product.Field(base)]; ok {
		return r.header[i]
	}
	return base
}
