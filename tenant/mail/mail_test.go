package mail

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"net/smtp"
	"strings"
	"testing"

	"storebot/tenant/mail/mailtest"
)

func open(t *testing.T, s mailtest.Server) *Sender {
	t.Helper()
	sender, err := Open("smtp://"+s.Address, "Storebot <bot@shop.example>")
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

func TestAMailArrivesWhole(t *testing.T) {
	s := mailtest.Serve(t, nil)
	sender := open(t, s)
	subject, text := "有人在等您\r\nBcc: thief@evil.example", "茶行的客人想找真人。\n.\nhttps://shop.example/console/inbox/1\n"
	if err := sender.Send(t.Context(), Message{To: []string{"mei@shop.example", "jun@shop.example"}, Subject: subject, Text: text}); err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(strings.NewReader(<-s.Data))
	if err != nil {
		t.Fatal(err)
	}
	got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || got != subject || m.Header.Get("Bcc") != "" {
		t.Errorf("subject %q, %v, Bcc %q", got, err, m.Header.Get("Bcc"))
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if want := strings.ReplaceAll(text, "\n.\n", "\n..\n") + ".\n"; err != nil || strings.ReplaceAll(string(body), "\r\n", "\n") != want {
		t.Errorf("text %q, %v, want %q", body, err, want)
	}
	var said []string
	for line := range s.Said {
		said = append(said, line)
	}
	if all := strings.Join(said, "\n"); !strings.Contains(all, "RCPT TO:<mei@shop.example>") || !strings.Contains(all, "RCPT TO:<jun@shop.example>") || !strings.Contains(all, "MAIL FROM:<bot@shop.example>") {
		t.Errorf("said %q", said)
	}
	if got := sender.Stats(); got != (Stats{Sent: 1}) {
		t.Errorf("counted %+v", got)
	}
}

func TestWhatKeepsAMailFromBeingSent(t *testing.T) {
	to := Message{To: []string{"mei@shop.example"}, Subject: "s", Text: "t"}
	for _, c := range []struct {
		name    string
		replies map[string]string
		message Message
		refused bool
	}{
		{"no such person", map[string]string{"RCPT": "550 no such user"}, to, true},
		{"come back later", map[string]string{"RCPT": "451 greylisted"}, to, false},
		{"not this text", map[string]string{"DATA": "554 spam"}, to, true},
		{"a wrong password", map[string]string{"AUTH": "535 wrong"}, to, false},
		{"an address with a line break", nil, Message{To: []string{"a@b.example\r\nBcc: c@d.example"}}, true},
		{"a name beside the address", nil, Message{To: []string{"Mei <mei@shop.example>"}}, true},
	} {
		sender := open(t, mailtest.Serve(t, c.replies))
		if c.replies["AUTH"] != "" {
			sender.auth = smtp.PlainAuth("", "bot", "secret", sender.host)
		}
		err := sender.Send(t.Context(), c.message)
		if err == nil || errors.Is(err, ErrRefused) != c.refused || strings.Contains(err.Error(), "Bcc") {
			t.Errorf("%s: %v, want refused: %v", c.name, err, c.refused)
		}
		if got := sender.Stats(); got != (Stats{Failed: 1}) {
			t.Errorf("%s: counted %+v", c.name, got)
		}
	}
}

// Whoever the server knows gets the mail, and the sender hears that not all did.
func TestOneRefusedAddressKeepsNobodyElseFromTheMail(t *testing.T) {
	s := mailtest.Serve(t, map[string]string{"RCPT TO:<gone@shop.example>": "550 no such user"})
	err := open(t, s).Send(t.Context(), Message{To: []string{"gone@shop.example", "mei@shop.example"}, Subject: "s", Text: "t"})
	if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "1 of 2 addresses") {
		t.Errorf("%v, want ErrRefused of one address", err)
	}
	select {
	case <-s.Data:
	default:
		t.Error("the other address got nothing")
	}
}

func TestAServerThatHangsIsLeft(t *testing.T) {
	s := mailtest.Serve(t, map[string]string{"MAIL": "hang"})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for line := range s.Said {
			if strings.HasPrefix(line, "MAIL") {
				cancel()
			}
		}
	}()
	if err := open(t, s).Send(ctx, Message{To: []string{"mei@shop.example"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want canceled", err)
	}
}

func TestAddressesOfServers(t *testing.T) {
	for _, url := range []string{"", "shop.example", "http://shop.example", "smtp://", "smtp://user:secret@:25", "smtp://u:secret@%zz"} {
		if _, err := Open(url, "bot@shop.example"); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("Open(%q) = %v", url, err)
		}
	}
	if _, err := Open("smtp://shop.example", "nobody"); err == nil {
		t.Error("a sender without an address")
	}
	s, err := Open("smtps://user:secret@shop.example", "bot@shop.example")
	if err != nil || s.address != "shop.example:465" || !s.wrapped || s.plain {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err = Open("smtp://shop.example", "bot@shop.example"); err != nil || s.address != "shop.example:587" || s.plain {
		t.Errorf("%+v, %v", s, err)
	}
}

// A server elsewhere that offers no TLS is sent nothing.
func TestNothingIsSentInTheOpen(t *testing.T) {
	s := mailtest.Serve(t, nil)
	sender := open(t, s)
	sender.plain = false
	if err := sender.Send(t.Context(), Message{To: []string{"mei@shop.example"}}); err == nil || !strings.Contains(err.Error(), "no TLS") {
		t.Errorf("%v", err)
	}
	for line := range s.Said {
		if !strings.HasPrefix(line, "EHLO") {
			t.Errorf("said %q", line)
		}
	}
}
