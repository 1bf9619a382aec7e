package ragjob

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"storebot/rag"
	"storebot/tenant"
	"storebot/tenant/mail"
)

const noticeQueue = "notice"

// noticeTries is how often a mail is tried, over some hours.
const noticeTries = 10

// Notices is where what staff are to be told is kept.
type Notices interface {
	// Notice returns one that is still to be told. Error: rag.ErrNotFound when it
	// is told, or there is nothing to tell any more.
	Notice(ctx context.Context, id tenant.ID, notice uuid.UUID) (rag.Notice, error)
	// Noticed notes that it was sent (failure ""), or why not; final says that it is not tried again.
	Noticed(ctx context.Context, id tenant.ID, notice uuid.UUID, failure string, final bool) error
}

// A Mailer sends a mail. Error: mail.ErrRefused for one that will never be taken.
type Mailer interface {
	Send(ctx context.Context, m mail.Message) error
}

type noticeArgs struct {
	Tenant uuid.UUID `json:"tenant"`
	Notice uuid.UUID `json:"notice"`
}

func (noticeArgs) Kind() string { return "notice" }
func (noticeArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: noticeQueue, UniqueOpts: once, MaxAttempts: noticeTries}
}

// Notice has a notice sent by mail, once tx is committed.
func (q *Queue) Notice(ctx context.Context, tx pgx.Tx, id tenant.ID, notice uuid.UUID) error {
	return q.insert(ctx, tx, noticeArgs{Tenant: id.UUID, Notice: notice})
}

// A noticeWorker sends mails to staff. A process that can send none leaves them
// to one that can.
type noticeWorker struct {
	river.WorkerDefaults[noticeArgs]
	notices Notices
	mailer  Mailer // nil: this process sends none
	console string // where the console is reached
}

func (w *noticeWorker) Work(ctx context.Context, job *river.Job[noticeArgs]) error {
	if w.mailer == nil {
		return river.JobSnooze(pause)
	}
	id := tenant.ID{UUID: job.Args.Tenant}
	n, err := w.notices.Notice(ctx, id, job.Args.Notice)
	switch {
	case errors.Is(err, rag.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	subject, text := n.Text(w.console)
	sent := w.mailer.Send(ctx, mail.Message{To: n.To, Subject: subject, Text: text})
	if sent == nil {
		return w.notices.Noticed(ctx, id, job.Args.Notice, "", true)
	}
	refused := errors.Is(sent, mail.ErrRefused)
	if err := w.notices.Noticed(ctx, id, job.Args.Notice, sent.Error(), refused || job.Attempt >= noticeTries); err != nil {
		return errors.Join(sent, err)
	}
	if refused {
		return river.JobCancel(fmt.Errorf("notice %s: %w", job.Args.Notice, sent))
	}
	return fmt.Errorf("notice %s: %w", job.Args.Notice, sent)
}
