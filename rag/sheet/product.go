package sheet

import (
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

	at     columns
	header []string
}

// columns say where a product's fields stand in a sheet.
type columns struct {
	field      map[product.Field]int
	attributes map[int]string
}

// A ProductReader yields the rows of one file of products, as they stand there.
type ProductReader struct{ *Reader }

// OpenProducts is Open for a sheet of products: of a workbook it reads the
// first sheet whose headers are those of products. Errors: as of Open.
func OpenProducts(src io.ReaderAt, size int64, opts Options) (*ProductReader, error) {
	opts.Columns, opts.find = nil, findProducts
	r, err := Open(src, size, opts)
	if err != nil {
		return nil, err
	}
	return &ProductReader{r}, nil
}

// Next returns the number and the cells of the next row that is not empty, for
// ProductColumns to read; after the last one the error is io.EOF. A *FileError says
// that the file cannot be read on.
func (r *ProductReader) Next() (number int, cells []string, err error) {
	for {
		rec, err := r.record()
		if err != nil {
			return 0, nil, err
		}
		if !blank(rec.cells) {
			return rec.number, rec.cells, nil
		}
	}
}

// ProductColumns read the cells of a sheet of products by its header. Columns with a
// name that no field has become attributes.
type ProductColumns struct {
	header   []string
	columns  columns
	currency string
}

// NewProductColumns reads a header as Info has it. currency is ISO 4217, of prices that
// do not say it; with "" such rows are not valid. Error: *HeaderError.
func NewProductColumns(header []string, currency string) (*ProductColumns, error) {
	at, lack := recogniseProducts(header)
	if lack != nil {
		lack.Found = header
		return nil, lack
	}
	return &ProductColumns{header: header, columns: at, currency: currency}, nil
}

// Attributes are the header cells of columns that become attributes.
func (c *ProductColumns) Attributes() []string {
	names := []string{}
	for _, i := range slices.Sorted(maps.Keys(c.columns.attributes)) {
		names = append(names, c.columns.attributes[i])
	}
	return names
}

// Named are the cells of a row that are not empty, by their header.
func (c *ProductColumns) Named(cells []string) (named []product.Attribute) {
	for i, cell := range cells {
		if cell, _ = clean(cell); cell != "" && i < len(c.header) {
			named = append(named, product.Attribute{Name: c.header[i], Value: unprotect(cell)})
		}
	}
	return named
}

// Mend returns a row with some cells written anew, by their header; names that the
// header lacks change nothing.
func (c *ProductColumns) Mend(cells []string, values map[string]string) []string {
	mended := make([]string, max(len(cells), len(c.header)))
	copy(mended, cells)
	for i, name := range c.header {
		if value, ok := values[name]; ok && name != "" {
			mended[i] = protectText(value)
		}
	}
	return mended
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
		return columns{}, &HeaderError{Subject: rag.OfProducts, Missing: missing, Twice: twice}
	}
	return at, nil
}

func (c columns) has(f product.Field) bool {
	_, ok := c.field[f]
	return ok
}

// Row reads the cells of one row; Over says what is wrong with what they come to.
func (c *ProductColumns) Row(number int, cells []string) ProductRow {
	k := &check{rec: record{number: number, cells: cells}, layout: layout{header: c.header}}
	text := func(f product.Field) string {
		if i, ok := c.columns.field[f]; ok {
			cell := k.text(i)
			k.wrongValue(i, cell)
			return cell
		}
		return ""
	}
	p := product.Product{SKU: text(product.SKUField), Name: text(product.NameField), Link: text(product.LinkField), Image: text(product.ImageField),
		OtherNames: splitPhrasings(text(product.NamesField)), Phrasings: splitPhrasings(text(product.PhrasingsField))}
	p.Price, p.Currency = c.price(k, text(product.PriceField), text(product.CurrencyField))
	p.Stock = c.stock(k, text(product.StockField))
	for _, i := range slices.Sorted(maps.Keys(c.columns.attributes)) {
		if value := k.text(i); value != "" {
			k.wrongValue(i, value)
			p.Attributes = append(p.Attributes, product.Attribute{Name: c.columns.attributes[i], Value: value})
		}
	}
	k.extra()
	return ProductRow{Number: number, Product: p.Clean(), Problems: k.problems, at: c.columns, header: c.header}
}

// price reads the price and its currency, which either cell may say.
func (c *ProductColumns) price(k *check, price, currency string) (product.Price, string) {
	number, said, ok := product.ParsePrice(price)
	if !ok {
		k.report(c.columns.field[product.PriceField], UnknownPrice, fmt.Sprintf("%q cannot be read as one price", shorten(price)),
			"write the number alone, as 1299 or 1299.50, and its currency in a column of its own")
		return "", ""
	}
	code, ok := product.ParseCurrency(currency)
	if !ok {
		k.report(c.columns.field[product.CurrencyField], UnknownCurrency, fmt.Sprintf("%q is not one currency", shorten(currency)), "write its three letters, as TWD, USD or EUR")
		return number, ""
	}
	switch {
	case said != "" && code != "" && said != code:
		k.report(c.columns.field[product.PriceField], UnknownCurrency, fmt.Sprintf("the price says %s, the currency column says %s", said, code), "keep the right one")
	case said == "" && code == "":
		code = c.currency
	case code == "":
		code = said
	}
	return number, code
}

// stock reads a count of pieces.
func (c *ProductColumns) stock(k *check, cell string) *int {
	if cell == "" {
		return nil
	}
	number, unit, ok := product.ParsePrice(cell)
	whole, fraction, _ := strings.Cut(string(number), ".")
	n, err := strconv.Atoi(whole)
	if !ok || unit != "" || err != nil || strings.Trim(fraction, "0") != "" || n > product.MaxStock {
		k.report(c.columns.field[product.StockField], UnknownStock, fmt.Sprintf("%q is not a number of pieces", shorten(cell)),
			"write how many there are, as 12 or 0, or leave the cell empty")
		return nil
	}
	return &n
}

// Over completes the row with what the shop has under its SKU, where the file
// has no column for it, and adds what is then still wrong. nil: the shop has nothing.
func (r *ProductRow) Over(there *product.Product) {
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
