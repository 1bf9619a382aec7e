package tenant

import "errors"

// A FieldError says what is wrong with one field of a request and how to mend
// it. Several at once are joined with errors.Join; Fields finds them all.
type FieldError struct {
	Path    string // the field as the contract calls it: email, allowed_origins[2]
	Rule    string // a fixed word a program can branch on: password.common
	Message string // for people: names the value and the cure; never holds a password
}

// Error returns the path and the message.
func (e *FieldError) Error() string { return e.Path + ": " + e.Message }

// Fields returns every FieldError in err's tree, in order; none gives nil.
func Fields(err error) []*FieldError {
	var out []*FieldError
	walkFields(err, &out)
	return out
}

func walkFields(err error, out *[]*FieldError) {
	switch e := err.(type) {
	case *FieldError:
		*out = append(*out, e)
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			walkFields(inner, out)
		}
	default:
		if inner := errors.Unwrap(err); inner != nil {
			walkFields(inner, out)
		}
	}
}
