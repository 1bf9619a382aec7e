package tenant

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A process that stops waits for mails on their way, as long as it may, and sends no more.
func TestMailsOnTheirWayAreAwaited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := mailing()
		var sent atomic.Int32
		slow := func(context.Context) error { time.Sleep(3 * time.Second); sent.Add(1); return nil }
		for range 2 {
			if !s.mail(t.Context(), slow) {
				t.Fatal("a mail is refused")
			}
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := s.FinishMails(short); !errors.Is(err, context.DeadlineExceeded) || sent.Load() != 0 {
			t.Errorf("after a second: %v, %d sent", err, sent.Load())
		}
		time.Sleep(3 * time.Second) // of the bubble's clock
		synctest.Wait()             // both are sent now

		s = mailing()
		s.mail(t.Context(), slow)
		if err := s.FinishMails(t.Context()); err != nil || sent.Load() != 3 {
			t.Errorf("%v, %d sent", err, sent.Load())
		}
		if s.mail(t.Context(), slow) {
			t.Error("a mail sets off after the last")
		}
	})
}

// mailing is a service that can mail, and nothing else.
func mailing() *Service {
	return &Service{log: slog.New(slog.DiscardHandler), mailing: make(chan struct{}, mailsAtOnce)}
}
