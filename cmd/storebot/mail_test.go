package main

import (
	"io"
	"mime/quotedprintable"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant/mail/mailtest"

	"connectrpc.com/connect/v2"
)

// Who forgot the password chooses a new one by a link that comes by mail, once.
func TestAForgottenPassword(t *testing.T) {
	option, _ := database(t)
	smtp := mailtest.Serve(t, nil)
	_, base := serving(t, option, "--smtp-url", "smtp://"+smtp.Address, "--mail-from", "bot@storebot.example", "--public-url", "https://bot.example/")
	signUp(t, base, "owner@shop.example")
	accounts := storebotv1connect.NewAccountServiceClient(newBrowser(t, base, "").client())
	res, err := accounts.RequestPasswordReset(t.Context(), &storebotv1.RequestPasswordResetRequest{Email: "Owner@shop.example"})
	if err != nil || !res.GetMails() {
		t.Fatalf("asked for a link: %v, %v", res, err)
	}
	var letter string
	select {
	case letter = <-smtp.Data:
	case <-time.After(30 * time.Second):
		t.Fatal("no mail came")
	}
	head, body, _ := strings.Cut(letter, "\r\n\r\n")
	text, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(body)))
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`https://bot\.example/console/reset#(\S+)`).FindSubmatch(text)
	if !strings.Contains(head, "To: <owner@shop.example>") || link == nil {
		t.Fatalf("the mail is %s\n%s", head, text)
	}
	change := func(password string) error {
		_, err := accounts.ResetPassword(t.Context(), &storebotv1.ResetPasswordRequest{Token: string(link[1]), Password: password})
		return err
	}
	if err := change("another long password"); err != nil {
		t.Fatalf("the link: %v", err)
	}
	if err := change("a third long password"); err == nil {
		t.Error("the link worked twice")
	}
	_, err = accounts.LogIn(t.Context(), &storebotv1.LogInRequest{Email: "owner@shop.example", Password: "a long enough password"})
	if connect.CodeOf(err) != connect.CodeUnauthenticated {
		t.Errorf("the old password: %v", err)
	}
	if _, err := accounts.LogIn(t.Context(), &storebotv1.LogInRequest{Email: "owner@shop.example", Password: "another long password"}); err != nil {
		t.Errorf("the new password: %v", err)
	}
}

// Ctrl-C ends no mail that is on its way.
func TestAMailOnItsWayIsSentBeforeTheEnd(t *testing.T) {
	option, _ := database(t)
	speak := make(chan struct{})
	smtp := mailtest.ServeFrom(t, speak, nil)
	p, base := serving(t, option, "--smtp-url", "smtp://"+smtp.Address, "--mail-from", "bot@storebot.example", "--public-url", "https://bot.example/")
	signUp(t, base, "owner@shop.example")
	accounts := storebotv1connect.NewAccountServiceClient(newBrowser(t, base, "").client())
	if _, err := accounts.RequestPasswordReset(t.Context(), &storebotv1.RequestPasswordResetRequest{Email: "owner@shop.example"}); err != nil {
		t.Fatal(err)
	}
	within := time.After(30 * time.Second)
	select {
	case <-smtp.Met:
	case <-within:
		t.Fatal("no mail set off")
	}
	p.Interrupt()
	for { // until it takes no more requests
		conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
		if err != nil {
			break
		}
		conn.Close()
	}
	close(speak)
	select {
	case letter := <-smtp.Data:
		if !strings.Contains(letter, "To: <owner@shop.example>") {
			t.Errorf("the mail is %s", letter)
		}
	case <-within:
		t.Errorf("the mail did not come:\n%s", p.Output())
	}
	if status := p.Wait(); status != 0 {
		t.Errorf("status %d:\n%s", status, p.Output())
	}
}
