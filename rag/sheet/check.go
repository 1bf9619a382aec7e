package sheet

// Check reads a row anew that somebody changed by hand: cleaned and with its
// problems, as if it stood so in the file. Its number stays.
func Check(r Row) (Row, []Problem) {
	l, lack := recognise(header)
	if lack != nil {
		panic(lack) // our own header
	}
	l.zone = r.Terms.From.Location()
	if r.Terms.From.IsZero() {
		l.zone = r.Terms.Until.Location()
	}
	// As in a cell: what starts like a formula is protected there.
	cells := r.cells()
	for i := range cells {
		cells[i] = protectText(cells[i])
	}
	return l.row(record{number: r.Number, cells: cells})
}
