package grounding

import (
	"strings"
	"unicode"
)

// What of the instructions must not come out again: so many words or Han
// characters in a row, whatever stands between them.
const (
	leakWords = 8
	leakHan   = 12
	// leakBytes of letters alone catch words that were taken apart or run together.
	leakBytes = 36
)

// secrets holds the runs of one or more texts that must not be repeated.
type secrets struct {
	runs    map[string]bool
	letters map[string]bool
}

func newSecrets(text string) secrets {
	s := secrets{map[string]bool{}, map[string]bool{}}
	units := unitsOf(text)
	for i := range units {
		if run := runFrom(units, i); run != "" {
			s.runs[run] = true
		}
	}
	letters := squeeze(strings.ToLower(text))
	for i := 0; i+leakBytes <= len(letters); i++ {
		s.letters[letters[i:i+leakBytes]] = true
	}
	return s
}

// in reports whether text repeats a secret.
func (s secrets) in(text string) bool {
	if len(s.runs) == 0 {
		return false
	}
	units := unitsOf(text)
	for i := range units {
		if s.runs[runFrom(units, i)] {
			return true
		}
	}
	letters := squeeze(text)
	for i := 0; i+leakBytes <= len(letters); i++ {
		if s.letters[letters[i:i+leakBytes]] {
			return true
		}
	}
	return false
}

// unitsOf returns words, each Han character being one.
func unitsOf(text string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		start := 0
		for i, r := range f {
			if unicode.Is(unicode.Han, r) {
				if start < i {
					out = append(out, f[start:i])
				}
				start = i + len(string(r))
				out = append(out, f[i:start])
			}
		}
		if start < len(f) {
			out = append(out, f[start:])
		}
	}
	return out
}

// runFrom returns the run that begins at i; "" if the text ends before.
func runFrom(units []string, i int) string {
	hans := 0
	for j := i; j < len(units); j++ {
		if unicode.Is(unicode.Han, []rune(units[j])[0]) {
			hans++
		}
		if n := j - i + 1; n-hans >= leakWords || hans >= leakHan {
			return strings.Join(units[i:j+1], " ")
		}
	}
	return ""
}
