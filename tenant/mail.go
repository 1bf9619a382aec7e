package tenant

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

const (
	// mailsAtOnce bounds the mails on their way; more are refused, so that a
	// flood of requests ends up nowhere.
	mailsAtOnce = 16
	mailTime    = 30 * time.Second
)

// Mails reports whether links are sent by mail.
func (s *Service) Mails() bool { return s.mailer != nil && s.publicURL != "" }

// mail runs send behind the caller's back: how long it takes, and whether it
// does anything, tells the caller nothing. It reports whether a mail is on its way at all.
func (s *Service) mail(ctx context.Context, send func(context.Context) error) bool {
	select {
	case s.mailing <- struct{}{}:
	default:
		s.log.WarnContext(ctx, "a mail was not sent: too many are on their way")
		return false
	}
	go func() {
		defer func() { <-s.mailing }()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), mailTime)
		defer cancel()
		if err := send(ctx); err != nil {
			s.log.WarnContext(ctx, "a mail was not sent", "error", err)
		}
	}()
	return true
}

// FinishMails returns when no mail is on its way, and none goes after. Call it
// last: these mails are stored nowhere. Error: ctx ended while some were.
func (s *Service) FinishMails(ctx context.Context) error {
	for ended := range mailsAtOnce {
		select {
		case s.mailing <- struct{}{}:
		case <-ctx.Done():
			return fmt.Errorf("%d mails were still on their way: %w", mailsAtOnce-ended, ctx.Err())
		}
	}
	return nil
}

func resetMail(language, link string) (subject, text string) {
	switch language {
	case "zh-Hant":
		return "設定新的 Storebot 密碼", "您好：\n\n有人要求為這個電子郵件地址設定新的 Storebot 密碼。請在 30 分鐘內開啟以下連結：\n\n" + link +
			"\n\n若不是您本人提出，請忽略這封信，您的密碼不會改變。\n"
	case "zh-Hans":
		return "设置新的 Storebot 密码", "您好：\n\n有人要求为这个邮箱设置新的 Storebot 密码。请在 30 分钟内打开以下链接：\n\n" + link +
			"\n\n如果不是您本人操作，请忽略这封邮件，您的密码不会改变。\n"
	}
	return "Choose a new Storebot password", "Hello,\n\nsomebody asked for a new Storebot password for this e-mail address. Open this link within 30 minutes:\n\n" + link +
		"\n\nIf it was not you, ignore this mail: your password stays as it is.\n"
}

// receiptMail tells what was deleted, table by table as an export names them.
func receiptMail(r Receipt) (subject, text string) {
	var rows strings.Builder
	for _, table := range slices.Sorted(maps.Keys(r.Rows)) {
		if n := r.Rows[table]; n > 0 {
			fmt.Fprintf(&rows, "%s: %d\n", table, n)
		}
	}
	at, total := r.At.UTC().Format("2006-01-02 15:04 UTC"), r.Total()
	switch r.Language {
	case "zh-Hant":
		return "「" + r.Name + "」的資料已全部刪除", fmt.Sprintf("您好：\n\n「%s」的所有資料已於 %s 刪除，共 %d 筆，無法復原。留下的只有這份清單的筆數與時間。\n\n編號：%s\n\n%s", r.Name, at, total, r.Tenant, rows.String())
	case "zh-Hans":
		return "“" + r.Name + "”的数据已全部删除", fmt.Sprintf("您好：\n\n“%s”的所有数据已于 %s 删除，共 %d 条，无法恢复。留下的只有这份清单的条数与时间。\n\n编号：%s\n\n%s", r.Name, at, total, r.Tenant, rows.String())
	}
	return "Everything of " + r.Name + " is deleted", fmt.Sprintf("Hello,\n\neverything that was stored of %s was deleted at %s: %d rows, and it cannot be brought back. What is left is this list's numbers and time.\n\nNumber: %s\n\n%s", r.Name, at, total, r.Tenant, rows.String())
}

func invitationMail(shop Tenant, by, link string) (subject, text string) {
	switch shop.Language {
	case "zh-Hant":
		return "邀請您加入「" + shop.Name + "」", "您好：\n\n" + by + " 邀請您一起管理「" + shop.Name + "」的 Storebot 後台。請在 7 天內開啟以下連結：\n\n" + link + "\n"
	case "zh-Hans":
		return "邀请您加入“" + shop.Name + "”", "您好：\n\n" + by + " 邀请您一起管理“" + shop.Name + "”的 Storebot 后台。请在 7 天内打开以下链接：\n\n" + link + "\n"
	}
	return "Join " + shop.Name + " on Storebot", "Hello,\n\n" + by + " asks you to work in the Storebot console of " + shop.Name + ". Open this link within 7 days:\n\n" + link + "\n"
}
