package tenantrpc

import (
	"context"
	"encoding/base64"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"
)

// Installation is what the program knows of itself.
type Installation interface {
	// State says how the installation is, in the contract's words.
	State(ctx context.Context) (*storebotv1.GetStateResponse, error)
	// RetryJob has a job tried again. Errors: tenant.ErrNotFound.
	RetryJob(ctx context.Context, id int64) error
}

// Platform is PlatformService. Use NewPlatform.
type Platform struct {
	platform     *tenant.Platform
	installation Installation
	cfg          Config
}

var _ storebotv1connect.PlatformServiceHandler = (*Platform)(nil)

// NewPlatform returns the handler of PlatformService.
func NewPlatform(platform *tenant.Platform, installation Installation, cfg Config) *Platform {
	return &Platform{platform, installation, cfg}
}

// OpenLink uses a one-time link up and signs in.
func (p *Platform) OpenLink(ctx context.Context, req *storebotv1.OpenLinkRequest) (*storebotv1.OpenLinkResponse, error) {
	admin, token, err := p.platform.OpenLink(ctx, req.GetToken(), req.GetPassword(), userAgent(ctx))
	if err != nil {
		return nil, err
	}
	if err := setAdminCookie(ctx, token, p.cfg.Secure); err != nil {
		return nil, err
	}
	return &storebotv1.OpenLinkResponse{Admin: &storebotv1.Admin{Email: admin.Email}}, nil
}

// LogInAdmin starts an admin's session.
func (p *Platform) LogInAdmin(ctx context.Context, req *storebotv1.LogInAdminRequest) (*storebotv1.LogInAdminResponse, error) {
	admin, token, err := p.platform.LogIn(ctx, req.GetEmail(), req.GetPassword(), userAgent(ctx))
	if err != nil {
		return nil, err
	}
	if err := setAdminCookie(ctx, token, p.cfg.Secure); err != nil {
		return nil, err
	}
	return &storebotv1.LogInAdminResponse{Admin: &storebotv1.Admin{Email: admin.Email}}, nil
}

// LogOutAdmin ends the session that asks.
func (p *Platform) LogOutAdmin(ctx context.Context, _ *storebotv1.LogOutAdminRequest) (*storebotv1.LogOutAdminResponse, error) {
	caller, err := admin(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.platform.LogOut(ctx, caller.Session); err != nil {
		return nil, err
	}
	if err := setAdminCookie(ctx, "", p.cfg.Secure); err != nil {
		return nil, err
	}
	return &storebotv1.LogOutAdminResponse{}, nil
}

// GetAdmin returns who asks.
func (p *Platform) GetAdmin(ctx context.Context, _ *storebotv1.GetAdminRequest) (*storebotv1.GetAdminResponse, error) {
	caller, err := admin(ctx)
	if err != nil {
		return nil, err
	}
	return &storebotv1.GetAdminResponse{Admin: &storebotv1.Admin{Email: caller.Email}}, nil
}

const defaultPage = 50

// pageSize is n, or the usual size when n is 0.
func pageSize(n int32) int {
	if n == 0 {
		return defaultPage
	}
	return int(n)
}

// ListTenants returns a page of shops. The page token is the last slug.
func (p *Platform) ListTenants(ctx context.Context, req *storebotv1.ListTenantsRequest) (*storebotv1.ListTenantsResponse, error) {
	if _, err := admin(ctx); err != nil {
		return nil, err
	}
	after, err := base64.RawURLEncoding.DecodeString(req.GetPageToken())
	if err != nil || !utf8.Valid(after) || slices.Contains(after, 0) {
		return nil, &tenant.FieldError{Path: "page_token", Rule: "page_token", Message: "is none that this list gave; go back to the first page"}
	}
	size := pageSize(req.GetPageSize())
	rows, total, err := p.platform.Rows(ctx, tenant.RowQuery{Search: req.GetSearch(), Status: req.GetStatus(), After: string(after), Limit: size + 1})
	if err != nil {
		return nil, err
	}
	out := &storebotv1.ListTenantsResponse{Total: total}
	if len(rows) > size {
		rows = rows[:size]
		out.NextPageToken = base64.RawURLEncoding.EncodeToString([]byte(rows[size-1].Slug))
	}
	for _, r := range rows {
		out.Tenants = append(out.Tenants, rowToProto(r))
	}
	return out, nil
}

func rowToProto(r tenant.Row) *storebotv1.TenantRow {
	status := string(r.Status)
	if !r.DeleteAt.IsZero() {
		status = "deleting"
	}
	return &storebotv1.TenantRow{
		Id: r.ID.String(), Slug: r.Slug, Name: r.Name, Status: status, CreatedAt: timestamp(r.CreatedAt), DeleteAt: timestamp(r.DeleteAt),
		Usage: usageToProto(r.Usage), Quota: quotaToProto(r.Quota), Members: int32(r.Members),
		MemberSeenAt: timestamp(r.MemberSeenAt), AskedAt: timestamp(r.AskedAt),
		DeletedAt: timestamp(r.Deleted.At), DeletedRows: r.Deleted.Total(),
	}
}

// onTenant reads who asks and which shop is meant; a text that is no id names none.
func onTenant(ctx context.Context, id string) (by string, named tenant.ID, err error) {
	caller, err := admin(ctx)
	if err != nil {
		return "", tenant.ID{}, err
	}
	if named, err = tenant.ParseID(id); err != nil {
		return "", tenant.ID{}, tenant.ErrNotFound
	}
	return caller.Email, named, nil
}

// SuspendTenant refuses every credential of a shop.
func (p *Platform) SuspendTenant(ctx context.Context, req *storebotv1.SuspendTenantRequest) (*storebotv1.SuspendTenantResponse, error) {
	by, id, err := onTenant(ctx, req.GetTenantId())
	if err != nil {
		return nil, err
	}
	if err := p.platform.Suspend(ctx, by, id, req.GetReason()); err != nil {
		return nil, err
	}
	return &storebotv1.SuspendTenantResponse{}, nil
}

// ResumeTenant undoes SuspendTenant.
func (p *Platform) ResumeTenant(ctx context.Context, req *storebotv1.ResumeTenantRequest) (*storebotv1.ResumeTenantResponse, error) {
	by, id, err := onTenant(ctx, req.GetTenantId())
	if err != nil {
		return nil, err
	}
	if err := p.platform.Resume(ctx, by, id, req.GetReason()); err != nil {
		return nil, err
	}
	return &storebotv1.ResumeTenantResponse{}, nil
}

// SetQuota replaces what a shop may use.
func (p *Platform) SetQuota(ctx context.Context, req *storebotv1.SetQuotaRequest) (*storebotv1.SetQuotaResponse, error) {
	by, id, err := onTenant(ctx, req.GetTenantId())
	if err != nil {
		return nil, err
	}
	if err := p.platform.SetQuota(ctx, by, id, quotaFromProto(req.GetQuota()), req.GetReason()); err != nil {
		return nil, err
	}
	return &storebotv1.SetQuotaResponse{}, nil
}

// EnterTenant opens a shop's console to read.
func (p *Platform) EnterTenant(ctx context.Context, req *storebotv1.EnterTenantRequest) (*storebotv1.EnterTenantResponse, error) {
	by, id, err := onTenant(ctx, req.GetTenantId())
	if err != nil {
		return nil, err
	}
	life := time.Hour
	if req.GetTime() != nil {
		life = req.GetTime().AsDuration()
	}
	token, expires, err := p.platform.Enter(ctx, by, id, req.GetReason(), life)
	if err != nil {
		return nil, err
	}
	if err := setCookie(ctx, token, p.cfg.Secure); err != nil {
		return nil, err
	}
	return &storebotv1.EnterTenantResponse{ExpiresAt: timestamp(expires)}, nil
}

// MakeAccountResetLink makes a link to a new password for a person.
func (p *Platform) MakeAccountResetLink(ctx context.Context, req *storebotv1.MakeAccountResetLinkRequest) (*storebotv1.MakeAccountResetLinkResponse, error) {
	caller, err := admin(ctx)
	if err != nil {
		return nil, err
	}
	token, err := p.platform.MakeResetLink(ctx, caller.Email, req.GetEmail(), req.GetReason())
	if err != nil {
		return nil, err
	}
	return &storebotv1.MakeAccountResetLinkResponse{Token: token, ExpiresAt: timestamp(time.Now().Add(tenant.ResetLife))}, nil
}

// ListAudit returns a page of the audit, the last first.
func (p *Platform) ListAudit(ctx context.Context, req *storebotv1.ListAuditRequest) (*storebotv1.ListAuditResponse, error) {
	if _, err := admin(ctx); err != nil {
		return nil, err
	}
	var before int64
	if token := req.GetPageToken(); token != "" {
		var err error
		if before, err = strconv.ParseInt(token, 10, 64); err != nil || before <= 0 {
			return nil, &tenant.FieldError{Path: "page_token", Rule: "page_token", Message: "is none that this list gave; go back to the first page"}
		}
	}
	size := pageSize(req.GetPageSize())
	lines, err := p.platform.Audit(ctx, tenant.AuditQuery{Slug: req.GetSlug(), Admin: req.GetAdmin(), Before: before, Limit: size + 1})
	if err != nil {
		return nil, err
	}
	out := &storebotv1.ListAuditResponse{}
	if len(lines) > size {
		lines = lines[:size]
		out.NextPageToken = strconv.FormatInt(lines[size-1].Number, 10)
	}
	for _, l := range lines {
		out.Rows = append(out.Rows, &storebotv1.AuditRow{
			At: timestamp(l.At), Admin: l.Admin, Act: l.Act.Act, TenantSlug: l.Slug, Reason: l.Reason, Detail: l.Detail,
		})
	}
	return out, nil
}

// GetState says how the installation is.
func (p *Platform) GetState(ctx context.Context, _ *storebotv1.GetStateRequest) (*storebotv1.GetStateResponse, error) {
	if _, err := admin(ctx); err != nil {
		return nil, err
	}
	return p.installation.State(ctx)
}

// RetryJob has a job tried again; the audit has it before it is done.
func (p *Platform) RetryJob(ctx context.Context, req *storebotv1.RetryJobRequest) (*storebotv1.RetryJobResponse, error) {
	caller, err := admin(ctx)
	if err != nil {
		return nil, err
	}
	act := tenant.Act{Admin: caller.Email, Act: "retry_job", Reason: req.GetReason(), Detail: strconv.FormatInt(req.GetId(), 10)}
	if err := p.platform.Note(ctx, act); err != nil {
		return nil, err
	}
	if err := p.installation.RetryJob(ctx, req.GetId()); err != nil {
		return nil, err
	}
	return &storebotv1.RetryJobResponse{}, nil
}
