// Package mail sends plain mails to people of a shop over SMTP. It keeps none:
// who must not lose one stores it first and sends it again after an error. It never logs an
// address or a text.
package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"net/url"
	"sync"
	"time"
)

// ErrRefused is returned for a mail that the server will never take, as to an
// address that is not there. Any other error may pass; so does a wrong password,
// once somebody mends it.
var ErrRefused = errors.New("mail: refused by the server")

// A Message is one mail.
type Message struct {
	To      []string // addresses alone: mei@shop.example
	Subject string
	Text    string // plain, UTF-8
}

// A Sender sends mails through one server, a connection a mail. Use Open. Its
// methods may be called at once from many goroutines.
type Sender struct {
	address string // host and port
	host    string
	auth    smtp.Auth
	wrapped bool // TLS from the first byte
	plain   bool // no TLS at all
	from    mail.Address
	now     func() time.Time

	mu    sync.Mutex
	stats Stats
}

// Stats counts mails since the start.
type Stats struct {
	Sent, Failed int64
}

// sendTime bounds one mail, from the connection to the server's acknowledgement.
const sendTime = 30 * time.Second

// Open returns a sender for smtp://user:password@host:port, which turns to TLS
// by STARTTLS and sends nothing without it, or smtps://…, which begins with TLS. A server on
// this machine itself may go without. from is what stands in From: an address, or "Name <address>".
// It connects to nothing. The error names no password.
func Open(server, from string) (*Sender, error) {
	u, err := url.Parse(server)
	if err != nil {
		return nil, errors.New("mail server: not a URL; write smtp://user:password@host:587")
	}
	if u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, fmt.Errorf("mail server: %s://%s is not smtp://host or smtps://host", u.Scheme, u.Host)
	}
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("mail sender %q: %w", from, err)
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"smtp": "587", "smtps": "465"}[u.Scheme]
	}
	s := &Sender{
		host: u.Hostname(), address: net.JoinHostPort(u.Hostname(), port), wrapped: u.Scheme == "smtps",
		plain: u.Scheme == "smtp" && loopback(u.Hostname()), from: *sender, now: time.Now,
	}
	if u.User != nil {
		password, _ := u.User.Password()
		s.auth = smtp.PlainAuth("", u.User.Username(), password, s.host)
	}
	return s, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Stats returns the counts.
func (s *Sender) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

// Send returns nil once the server has taken responsibility for the mail.
// Errors: ErrRefused, also when it took the mail for some of the addresses alone; or
// what kept it from being sent now.
func (s *Sender) Send(ctx context.Context, m Message) error {
	err := s.send(ctx, m)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.stats.Failed++
		return fmt.Errorf("send mail by %s: %w", s.address, err)
	}
	s.stats.Sent++
	return nil
}

func (s *Sender) send(ctx context.Context, m Message) error {
	body, err := s.compose(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.address)
	if err != nil {
		return err
	}
	defer conn.Close()
	// The protocol's calls know no context: its end closes what they wait on.
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	if s.wrapped {
		conn = tls.Client(conn, &tls.Config{ServerName: s.host})
	}
	if err := s.talk(conn, m.To, body); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}
	return nil
}

func (s *Sender) talk(conn net.Conn, to []string, body []byte) error {
	c, err := smtp.NewClient(conn, s.host)
	if err != nil {
		return err
	}
	if ok, _ := c.Extension("STARTTLS"); ok && !s.wrapped {
		if err := c.StartTLS(&tls.Config{ServerName: s.host}); err != nil {
			return err
		}
	} else if !s.wrapped && !s.plain {
		return errors.New("the server offers no TLS; nothing is sent in the open")
	}
	if s.auth != nil {
		if err := c.Auth(s.auth); err != nil {
			return err
		}
	}
	if err := c.Mail(s.from.Address); err != nil {
		return final(err)
	}
	// One address that is not there must not keep the mail from the others.
	var refused []error
	for _, address := range to {
		err := final(c.Rcpt(address))
		if err != nil && !errors.Is(err, ErrRefused) {
			return err
		}
		if err != nil {
			refused = append(refused, err)
		}
	}
	if len(refused) == len(to) {
		return errors.Join(refused...)
	}
	w, err := c.Data()
	if err != nil {
		return final(err)
	}
	if _, err := w.Write(body); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return final(err)
	}
	_ = c.Quit() // it has the mail
	if len(refused) > 0 {
		return fmt.Errorf("%d of %d addresses: %w", len(refused), len(to), errors.Join(refused...))
	}
	return nil
}

// final makes ErrRefused of a reply to the mail itself by which the server will stand.
func final(err error) error {
	if reply, ok := errors.AsType[*textproto.Error](err); ok && reply.Code >= 500 {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return err
}
