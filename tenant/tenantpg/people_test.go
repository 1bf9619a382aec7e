package tenantpg_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"storebot/tenant"
)

// invite returns the secret of an invitation to the caller's shop.
func (b *bench) invite(t testing.TB, by tenant.Caller, email string, role tenant.Role) string {
	t.Helper()
	_, token, _, err := b.Invite(t.Context(), by.Tenant, by.Account, email, role)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestAnInvitationLetsInOnce(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	me, _, owner := b.signUp(t, teaShop())
	token := b.invite(t, owner, " Ann@Shop.example ", tenant.Manager)
	invited, err := b.Invitation(ctx, token)
	if err != nil || invited.Email != "ann@shop.example" || invited.Role != tenant.Manager || invited.InvitedBy != email || invited.ShopName != "Ming Tea" {
		t.Errorf("Invitation = %+v, %v", invited, err)
	}
	if _, _, err := b.AcceptInvitation(ctx, token, "short", ""); len(tenant.Fields(err)) != 1 {
		t.Errorf("a short password: %v", err)
	}
	ann, session, err := b.AcceptInvitation(ctx, token, "three blue herons", "Browser/2")
	if err != nil || ann.Role != tenant.Manager || ann.Tenant.ID != me.Tenant.ID {
		t.Fatalf("AcceptInvitation = %+v, %v", ann, err)
	}
	if caller, err := b.CallerBySession(ctx, session); err != nil || caller.Role != tenant.Manager {
		t.Errorf("the session: %+v, %v", caller, err)
	}
	for name, dead := range map[string]string{
		"used": token, "empty": "", "made up": "in_" + token[3:40] + "AAAAAA", "session": session, "prefix": "in_",
	} {
		if _, _, err := b.AcceptInvitation(ctx, dead, "three blue herons", ""); !errors.Is(err, tenant.ErrLinkInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, _, err := b.Invite(ctx, me.Tenant.ID, owner.Account, "ann@shop.example", tenant.Agent); !errors.Is(err, tenant.ErrAlreadyMember) {
		t.Errorf("inviting a member: %v", err)
	}
}

func TestInvitationsEnd(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	_, _, owner := b.signUp(t, teaShop())
	first := b.invite(t, owner, "ann@shop.example", tenant.Agent)
	second := b.invite(t, owner, "ANN@shop.example", tenant.Manager)
	if _, err := b.Invitation(ctx, first); !errors.Is(err, tenant.ErrLinkInvalid) {
		t.Errorf("an invitation that was replaced: %v", err)
	}
	list, err := b.Invitations(ctx, owner.Tenant)
	if err != nil || len(list) != 1 || list[0].Role != tenant.Manager {
		t.Fatalf("Invitations = %+v, %v", list, err)
	}
	if err := b.RevokeInvitation(ctx, tenant.NewID(), list[0].ID); !errors.Is(err, tenant.ErrNotFound) {
		t.Errorf("revoked by another shop: %v", err)
	}
	b.exec(t, `UPDATE identity.invitation SET expires_at = now() - interval '1 second'`)
	if _, err := b.Invitation(ctx, second); !errors.Is(err, tenant.ErrLinkInvalid) {
		t.Errorf("an expired invitation: %v", err)
	}
	third := b.invite(t, owner, "ann@shop.example", tenant.Agent)
	list, _ = b.Invitations(ctx, owner.Tenant)
	if err := b.RevokeInvitation(ctx, owner.Tenant, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Invitation(ctx, third); !errors.Is(err, tenant.ErrLinkInvalid) {
		t.Errorf("a revoked invitation: %v", err)
	}
}

// Who has an account already proves it; nobody gets into it by an invitation.
func TestAnInvitationToAnAccount(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	_, _, owner := b.signUp(t, teaShop())
	other := teaShop()
	other.Email, other.Password = "ann@shop.example", "three blue herons"
	b.signUp(t, other)
	token := b.invite(t, owner, "ann@shop.example", tenant.Agent)
	if _, _, err := b.AcceptInvitation(ctx, token, "a password of mine", ""); !errors.Is(err, tenant.ErrBadCredentials) {
		t.Errorf("another password: %v", err)
	}
	me, _, err := b.AcceptInvitation(ctx, token, "three blue herons", "")
	if err != nil || me.Tenant.ID != owner.Tenant || me.Role != tenant.Agent {
		t.Errorf("AcceptInvitation = %+v, %v", me, err)
	}
	people, err := b.Members(ctx, owner.Tenant)
	if err != nil || len(people) != 2 {
		t.Fatalf("Members = %+v, %v", people, err)
	}
	if _, err := b.MakeResetLink(ctx, owner.Tenant, people[1].Account); !errors.Is(err, tenant.ErrWorksElsewhere) {
		t.Errorf("an owner's reset link for somebody who works elsewhere: %v", err)
	}
}

// The shop never loses its last owner, also when two go at the same moment.
func TestTheLastOwnerStays(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	_, _, owner := b.signUp(t, teaShop())
	if err := b.RemoveMember(ctx, owner.Tenant, owner.Account); !errors.Is(err, tenant.ErrLastOwner) {
		t.Errorf("removing the last owner: %v", err)
	}
	if err := b.SetRole(ctx, owner.Tenant, owner.Account, tenant.Agent); !errors.Is(err, tenant.ErrLastOwner) {
		t.Errorf("making the last owner an agent: %v", err)
	}
	for range 5 {
		_, session, err := b.AcceptInvitation(ctx, b.invite(t, owner, "ann@shop.example", tenant.Owner), "three blue herons", "")
		if err != nil {
			t.Fatal(err)
		}
		second, err := b.CallerBySession(ctx, session)
		if err != nil {
			t.Fatal(err)
		}
		var both sync.WaitGroup
		both.Go(func() { _ = b.RemoveMember(ctx, owner.Tenant, owner.Account) })
		both.Go(func() { _ = b.RemoveMember(ctx, owner.Tenant, second.Account) })
		both.Wait()
		people, err := b.Members(ctx, owner.Tenant)
		if err != nil || len(people) != 1 || people[0].Role != tenant.Owner {
			t.Fatalf("after both left at once: %+v, %v", people, err)
		}
		if people[0].Account != owner.Account {
			return // the first owner is gone: enough was tried
		}
		if _, err := b.CallerBySession(ctx, session); !errors.Is(err, tenant.ErrUnauthenticated) {
			t.Errorf("the session of who was removed: %v", err)
		}
		b.exec(t, `DELETE FROM identity.account WHERE email = 'ann@shop.example'`)
	}
}

// A link to a new password is bound to its purpose, works once, and ends every
// session of the account.
func TestResetPassword(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	_, session, owner := b.signUp(t, teaShop())
	link := func() string {
		t.Helper()
		token, err := b.MakeResetLink(ctx, owner.Tenant, owner.Account)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	token, older := link(), link()
	invitation := b.invite(t, owner, "ann@shop.example", tenant.Agent)
	for name, dead := range map[string]string{
		"empty": "", "null": "null", "prefix": "rs_", "session": session, "invitation": invitation,
		"invitation as reset": "rs_" + invitation[3:], "made up": "rs_" + tenant.NewKey()[3:], "with a line's end": token + "\n",
	} {
		if err := b.ResetPassword(ctx, dead, "three blue herons"); !errors.Is(err, tenant.ErrLinkInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := b.ResetPassword(ctx, token, "short"); len(tenant.Fields(err)) != 1 {
		t.Errorf("a short password: %v", err)
	}
	if err := b.ResetPassword(ctx, token, "three blue herons"); err != nil {
		t.Fatal(err)
	}
	for name, dead := range map[string]string{"used": token, "made before": older} {
		if err := b.ResetPassword(ctx, dead, "four green herons"); !errors.Is(err, tenant.ErrLinkInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := b.CallerBySession(ctx, session); !errors.Is(err, tenant.ErrUnauthenticated) {
		t.Errorf("a session from before: %v", err)
	}
	if _, _, err := b.LogIn(ctx, email, secret, ""); !errors.Is(err, tenant.ErrBadCredentials) {
		t.Errorf("the old password: %v", err)
	}
	if _, _, err := b.LogIn(ctx, email, "three blue herons", ""); err != nil {
		t.Errorf("the new password: %v", err)
	}
	expired := link()
	b.exec(t, `UPDATE identity.reset SET created_at = now() - interval '31 minutes', expires_at = now() - interval '1 minute' WHERE used_at IS NULL`)
	if err := b.ResetPassword(ctx, expired, "four green herons"); !errors.Is(err, tenant.ErrLinkInvalid) {
		t.Errorf("expired: %v", err)
	}
}

// postbox is a Mailer that keeps what it is given.
type postbox struct{ mails chan [3]string }

func (p postbox) SendMail(_ context.Context, to, subject, text string) error {
	p.mails <- [3]string{to, subject, text}
	return nil
}

// A reset that is asked for goes to the account's own address; for an unknown
// one nothing is sent, and nothing of it shows.
func TestRequestPasswordReset(t *testing.T) {
	b := setUp(t)
	_, _, owner := b.signUp(t, teaShop())
	if b.RequestPasswordReset(t.Context(), email) {
		t.Error("without a mailer it says that mails are sent")
	}
	box := postbox{make(chan [3]string, 8)}
	b.mailer, b.url = box, "https://bot.example"
	b.Service = b.server()
	for _, address := range []string{"nobody@shop.example", "no address", " MEI@shop.example "} {
		if !b.RequestPasswordReset(t.Context(), address) {
			t.Errorf("%q is answered otherwise", address)
		}
	}
	mail := <-box.mails
	_, token, found := strings.Cut(mail[2], "https://bot.example/console/reset#")
	if mail[0] != email || !found {
		t.Fatalf("the mail: %q", mail)
	}
	token, _, _ = strings.Cut(token, "\n")
	if err := b.ResetPassword(t.Context(), token, "three blue herons"); err != nil {
		t.Errorf("the mailed link: %v", err)
	}
	if _, _, mailed, err := b.Invite(t.Context(), owner.Tenant, owner.Account, "ann@shop.example", tenant.Agent); err != nil || !mailed {
		t.Errorf("Invite: %v, %v", mailed, err)
	}
	if mail := <-box.mails; mail[0] != "ann@shop.example" || !strings.Contains(mail[2], "https://bot.example/console/join#in_") {
		t.Errorf("the mail: %q", mail)
	}
	if len(box.mails) != 0 {
		t.Errorf("a mail to an unknown address: %q", <-box.mails)
	}
}

func TestChangePassword(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	_, session, owner := b.signUp(t, teaShop())
	_, other, err := b.LogIn(ctx, email, secret, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.ChangePassword(ctx, owner.Account, owner.Session, "not it at all", "three blue herons"); !errors.Is(err, tenant.ErrBadCredentials) {
		t.Errorf("a wrong current password: %v", err)
	}
	if err := b.ChangePassword(ctx, owner.Account, owner.Session, secret, "password12"); len(tenant.Fields(err)) != 1 {
		t.Errorf("a common new password: %v", err)
	}
	if err := b.ChangePassword(ctx, owner.Account, owner.Session, secret, "three blue herons"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.CallerBySession(ctx, session); err != nil {
		t.Errorf("the session that asked: %v", err)
	}
	if _, err := b.CallerBySession(ctx, other); !errors.Is(err, tenant.ErrUnauthenticated) {
		t.Errorf("another session: %v", err)
	}
}

// Counts of several processes add up, and each learns how a shop stands.
func TestUsageOfTwoServers(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	_, _, owner := b.signUp(t, teaShop())
	second := b.server()
	b.exec(t, `INSERT INTO identity.quota (tenant_id, messages_month) VALUES ($1, 5)`, owner.Tenant.UUID)
	for range 3 {
		if err := errors.Join(b.AllowQuestion(owner.Tenant), second.AllowQuestion(owner.Tenant)); err != nil {
			t.Fatal(err)
		}
		b.CountAnswer(owner.Tenant, time.Second)
		second.CountAnswer(owner.Tenant, 0)
	}
	b.TellCounts(ctx)
	second.TellCounts(ctx)
	if err := second.AllowQuestion(owner.Tenant); !errors.Is(err, tenant.ErrQuotaExceeded) {
		t.Errorf("6 of 5: %v", err)
	}
	if err := b.AllowQuestion(owner.Tenant); err != nil {
		t.Errorf("3 of 5, before it heard of the other's: %v", err)
	}
	b.CountAnswer(owner.Tenant, 0)
	b.TellCounts(ctx)
	if err := b.AllowQuestion(owner.Tenant); !errors.Is(err, tenant.ErrQuotaExceeded) {
		t.Errorf("7 of 5: %v", err)
	}
	usage, quota, err := b.Usage(ctx, owner.Tenant)
	if err != nil || usage.Messages != 7 || usage.ModelSeconds != 3 || *quota.Messages != 5 {
		t.Errorf("Usage = %+v, %+v, %v", usage, quota, err)
	}
	b.clock = b.clock.AddDate(0, 1, 0)
	if err := b.AllowQuestion(owner.Tenant); err != nil {
		t.Errorf("in the next month: %v", err)
	}
}
