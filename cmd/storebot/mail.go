package main

import (
	"context"
	"fmt"
	"strings"

	"storebot/tenant/mail"

	"github.com/prometheus/client_golang/prometheus"
)

// mailFlags say how mails leave, if any do.
type mailFlags struct {
	SMTPURL   string `name:"smtp-url" env:"STOREBOT_SMTP_URL" placeholder:"URL" help:"Mail server, smtp://user:password@host:587 or smtps://…; no mail is sent without it."`
	MailFrom  string `env:"STOREBOT_MAIL_FROM" placeholder:"ADDRESS" help:"Sender of mails; needed with --smtp-url."`
	PublicURL string `name:"public-url" env:"STOREBOT_PUBLIC_URL" placeholder:"URL" help:"Where people reach the console, for links in mails."`
}

// open returns the sender; nil when no mail is sent.
func (f mailFlags) open() (*mail.Sender, error) {
	if f.SMTPURL == "" {
		return nil, nil
	}
	if f.MailFrom == "" || f.PublicURL == "" {
		return nil, fmt.Errorf("mail is configured by --smtp-url: it needs --mail-from and --public-url as well")
	}
	return mail.Open(f.SMTPURL, f.MailFrom)
}

func (f mailFlags) base() string { return strings.TrimRight(f.PublicURL, "/") }

// letters sends what a person asked for at this moment, such as a link to a new
// password: it is not stored, and asked for again if it does not come.
type letters struct{ sender *mail.Sender }

// SendMail implements tenant.Mailer.
func (l letters) SendMail(ctx context.Context, to, subject, text string) error {
	return l.sender.Send(ctx, mail.Message{To: []string{to}, Subject: subject, Text: text})
}

// countMails registers the counts of mails.
func countMails(reg prometheus.Registerer, s *mail.Sender) {
	for name, read := range map[string]func(mail.Stats) int64{
		"sent": func(s mail.Stats) int64 { return s.Sent }, "failed": func(s mail.Stats) int64 { return s.Failed },
	} {
		reg.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "storebot_mails_" + name + "_total", Help: "Mails that were " + name + ".",
		}, func() float64 { return float64(read(s.Stats())) }))
	}
}
