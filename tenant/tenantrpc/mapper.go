package tenantrpc

import (
	"bytes"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"
)

func meToProto(me tenant.Me) *storebotv1.Me {
	return &storebotv1.Me{
		Email: me.Email, Role: string(me.Role),
		TenantId: me.Tenant.ID.String(), TenantSlug: me.Tenant.Slug, ShopName: me.Tenant.Name,
		Language: me.Tenant.Language, TimeZone: me.Tenant.TimeZone,
	}
}

// sessionsToProto marks the session whose hash is current.
func sessionsToProto(sessions []tenant.Session, current []byte) []*storebotv1.Session {
	out := make([]*storebotv1.Session, len(sessions))
	for i, s := range sessions {
		out[i] = &storebotv1.Session{
			Id: s.ID(), UserAgent: s.UserAgent,
			CreatedAt: timestamp(s.CreatedAt), LastSeenAt: timestamp(s.LastSeenAt),
			Current: bytes.Equal(s.Hash[:], current),
		}
	}
	return out
}

func shopToProto(s tenant.Shop) *storebotv1.Tenant {
	return &storebotv1.Tenant{
		Id: s.ID.String(), Slug: s.Slug, Name: s.Name, Language: s.Language, TimeZone: s.TimeZone,
		PublishableKey: s.Key, AllowedOrigins: s.AllowedOrigins, SeenOnSiteAt: timestamp(s.SeenOnSiteAt),
		RetentionDays: int32(s.RetentionDays), DeleteAt: timestamp(s.DeleteAt),
	}
}

// timestamp leaves the zero time, which stands for never, unset.
func timestamp(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

func visitToProto(v tenant.Visit) *storebotv1.Visit {
	return &storebotv1.Visit{
		AdminEmail: v.AdminEmail, Reason: v.Reason,
		CreatedAt: timestamp(v.CreatedAt), ExpiresAt: timestamp(v.ExpiresAt), EndedAt: timestamp(v.EndedAt),
	}
}

func invitationToProto(i tenant.Invitation) *storebotv1.Invitation {
	return &storebotv1.Invitation{
		Id: i.ID.String(), Email: i.Email, Role: string(i.Role), InvitedBy: i.InvitedBy,
		CreatedAt: timestamp(i.CreatedAt), ExpiresAt: timestamp(i.ExpiresAt),
	}
}

func usageToProto(u tenant.Usage) *storebotv1.Usage {
	return &storebotv1.Usage{MessagesMonth: u.Messages, Entries: u.Entries, ModelSeconds: u.ModelSeconds, StorageBytes: u.Storage}
}

func quotaToProto(q tenant.Quota) *storebotv1.Quota {
	return &storebotv1.Quota{MessagesMonth: q.Messages, Entries: q.Entries, ModelSeconds: q.ModelSeconds, StorageBytes: q.Storage}
}

func quotaFromProto(q *storebotv1.Quota) tenant.Quota {
	return tenant.Quota{Messages: q.MessagesMonth, Entries: q.Entries, ModelSeconds: q.ModelSeconds, Storage: q.StorageBytes}
}
