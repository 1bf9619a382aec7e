package mail

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"
)

// compose writes a message as it goes over the wire (RFC 5322, RFC 2045). An
// address or a subject can add no line to the head: an address is parsed, and
// a subject with a line break is encoded like any sign outside ASCII.
func (s *Sender) compose(m Message) ([]byte, error) {
	if len(m.To) == 0 {
		return nil, errors.New("mail without an address")
	}
	var to []string
	for _, address := range m.To {
		a, err := mail.ParseAddress(address)
		if err != nil || a.Address != address {
			return nil, fmt.Errorf("%w: an address that is none", ErrRefused)
		}
		to = append(to, a.String())
	}
	domain := s.from.Address[strings.LastIndexByte(s.from.Address, '@')+1:]
	var b bytes.Buffer
	for _, line := range [][2]string{
		{"From", s.from.String()},
		{"To", strings.Join(to, ", ")},
		{"Subject", mime.QEncoding.Encode("utf-8", m.Subject)},
		{"Date", s.now().Format(time.RFC1123Z)},
		{"Message-ID", "<" + rand.Text() + "@" + domain + ">"},
		{"Auto-Submitted", "auto-generated"}, // RFC 3834: no out-of-office answers
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "quoted-printable"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", line[0], line[1])
	}
	b.WriteString("\r\n")
	q := quotedprintable.NewWriter(&b)
	if _, err := q.Write([]byte(m.Text)); err != nil {
		return nil, err
	}
	return b.Bytes(), q.Close()
}
