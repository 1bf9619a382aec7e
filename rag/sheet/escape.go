package sheet

import "strings"

// formulaSigns start a formula in Excel, LibreOffice or Google Sheets; the
// full-width ones do in East Asian versions (OWASP, "CSV Injection"). Tab and
// CR, which that list has too, cannot start a cleaned text.
const formulaSigns = "=+-@＝＋－＠"

// apostrophes counts those that a cell starts with when a formula sign follows
// them; risky tells whether one does.
func apostrophes(cell string) (n int, risky bool) {
	rest := strings.TrimLeft(cell, "'")
	for _, sign := range formulaSigns {
		if strings.HasPrefix(rest, string(sign)) {
			return len(cell) - len(rest), true
		}
	}
	return 0, false
}

// unprotect undoes protect and protectText.
func unprotect(cell string) string {
	if n, _ := apostrophes(cell); n > 0 {
		return cell[1:]
	}
	return cell
}

// protect makes a cell of a CSV file that no spreadsheet runs.
func protect(cell string) string {
	if _, risky := apostrophes(cell); risky {
		return "'" + cell
	}
	return cell
}

// Protect is protect for other CSV files than this package's own.
func Protect(cell string) string { return protect(cell) }

// protectText does so where the file itself says that a cell is text: only
// what unprotect would take for protected needs it.
func protectText(cell string) string {
	if n, _ := apostrophes(cell); n > 0 {
		return "'" + cell
	}
	return cell
}

// joinPhrasings makes one cell of phrasings, one a line.
func joinPhrasings(phrasings []string) string {
	lines := make([]string, len(phrasings))
	for i, p := range phrasings {
		lines[i] = escapeBars(p)
	}
	return strings.Join(lines, "\n")
}

// escapeBars writes | as \| and doubles the backslashes right before it.
func escapeBars(p string) string {
	if !strings.Contains(p, "|") {
		return p
	}
	var out strings.Builder
	run := 0
	for i := range len(p) {
		if p[i] == '|' {
			out.WriteString(strings.Repeat(`\`, run+1))
		}
		if p[i] == '\\' {
			run++
		} else {
			run = 0
		}
		out.WriteByte(p[i])
	}
	return out.String()
}

// splitPhrasings undoes joinPhrasings, and splits at | as merchants write it.
// Empty pieces are left out.
func splitPhrasings(cell string) []string {
	var list []string
	var piece strings.Builder
	run := 0 // backslashes that were read and not written yet
	flush := func() {
		if p := strings.TrimSpace(piece.String()); p != "" {
			list = append(list, p)
		}
		piece.Reset()
	}
	for i := range len(cell) {
		b := cell[i]
		if b == '\\' {
			run++
			continue
		}
		if b == '|' {
			piece.WriteString(strings.Repeat(`\`, run/2))
		} else {
			piece.WriteString(strings.Repeat(`\`, run))
		}
		switch {
		case b == '\n', b == '|' && run%2 == 0:
			flush()
		default:
			piece.WriteByte(b)
		}
		run = 0
	}
	piece.WriteString(strings.Repeat(`\`, run))
	flush()
	return list
}
