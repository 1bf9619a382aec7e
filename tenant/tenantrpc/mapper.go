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
		Greeting: s.Greeting, PublishableKey: s.Key, AllowedOrigins: s.AllowedOrigins, SeenOnSiteAt: timestamp(s.SeenOnSiteAt),
	}
}

// timestamp leaves the zero time, which stands for never, unset.
func timestamp(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}
