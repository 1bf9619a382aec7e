package ragrpc

import (
	"context"
	"encoding/binary"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
)

// talkPage is how many talks a page has.
const talkPage = 50

var views = map[storebotv1.InboxView]rag.InboxView{
	storebotv1.InboxView_INBOX_VIEW_WAITING: rag.ViewWaiting,
	storebotv1.InboxView_INBOX_VIEW_MINE:    rag.ViewMine,
	storebotv1.InboxView_INBOX_VIEW_OVERDUE: rag.ViewOverdue,
	storebotv1.InboxView_INBOX_VIEW_ALL:     rag.ViewAll,
}

// ListConversations implements InboxServiceHandler.
func (i *Inbox) ListConversations(ctx context.Context, req *storebotv1.ListConversationsRequest) (*storebotv1.ListConversationsResponse, error) {
	caller := tenant.CallerFrom(ctx)
	b := i.boards.join(caller.Tenant)
	defer i.boards.leave(caller.Tenant)
	open, err := b.read(ctx, i.Talks, caller.Tenant, i.Now, nil, true, 0)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListConversationsResponse{Counts: countsProto(rag.CountInbox(open, caller.Account))}
	var list []rag.Talk
	if view := views[req.GetView()]; view == rag.ViewAll {
		list, res.NextPageToken, err = i.pageOfAll(ctx, req.GetPageToken())
	} else {
		list, res.NextPageToken, err = i.pageOfOpen(ctx, open, view, req.GetPageToken())
	}
	if err != nil {
		return nil, err
	}
	for _, t := range list {
		res.Conversations = append(res.Conversations, talkProto(t, caller.Account))
	}
	return res, nil
}

func (i *Inbox) pageOfAll(ctx context.Context, token string) (list []rag.Talk, next string, err error) {
	of := pageOf(tenant.CallerFrom(ctx).Tenant, rag.ViewAll)
	times, id, err := parseTalkPage(of, token, 1)
	if err != nil {
		return nil, "", err
	}
	last := rag.Talk{CreatedAt: times[0]}
	last.ID = id
	list, err = i.Talks.Talks(ctx, tenant.CallerFrom(ctx).Tenant, last, talkPage+1, i.Now())
	if err != nil || len(list) <= talkPage {
		return list, "", err
	}
	list = list[:talkPage]
	return list, talkPageToken(of, list[talkPage-1].ID, list[talkPage-1].CreatedAt), nil
}

func (i *Inbox) pageOfOpen(ctx context.Context, open []rag.OpenTalk, view rag.InboxView, token string) (list []rag.Talk, next string, err error) {
	caller := tenant.CallerFrom(ctx)
	of := pageOf(caller.Tenant, view)
	times, id, err := parseTalkPage(of, token, 2)
	if err != nil {
		return nil, "", err
	}
	chosen := rag.Select(open, view, caller.Account, rag.OpenTalk{ID: id, WaitingSince: times[0], Since: times[1]})
	if len(chosen) > talkPage {
		chosen = chosen[:talkPage]
		last := chosen[talkPage-1]
		next = talkPageToken(of, last.ID, last.WaitingSince, last.Since)
	}
	ids := make([]uuid.UUID, len(chosen))
	for n, t := range chosen {
		ids[n] = t.ID
	}
	if len(ids) == 0 {
		return nil, "", nil
	}
	list, err = i.Talks.TalksOf(ctx, caller.Tenant, ids, i.Now())
	return list, next, err
}

// A pageOf says whose page a token is of: another view, or another shop, orders
// other talks.
func pageOf(id tenant.ID, view rag.InboxView) int64 {
	return int64(binary.BigEndian.Uint32(id.UUID[12:]))<<8 | int64(view)
}

// talkPageToken names the last talk of a page by what talks are ordered by.
func talkPageToken(of int64, id uuid.UUID, times ...time.Time) string {
	parts := []int64{of}
	for _, t := range times {
		us := int64(0)
		if !t.IsZero() {
			us = t.UnixMicro()
		}
		parts = append(parts, us)
	}
	return writeToken(append(parts, idParts(id)...)...)
}

// parseTalkPage reads a token with n times; without a token all are zero.
func parseTalkPage(of int64, token string, n int) (times []time.Time, id uuid.UUID, err error) {
	times = make([]time.Time, n)
	parts, err := readToken(token, 1+n+4)
	if err != nil || token == "" {
		return times, id, err
	}
	if parts[0] != of {
		return nil, id, badToken()
	}
	for k, us := range parts[1 : 1+n] {
		if times[k], err = timeOf(us); err != nil {
			return nil, id, err
		}
	}
	id, err = idOf(parts[1+n:])
	return times, id, err
}

// GetConversation implements InboxServiceHandler.
func (i *Inbox) GetConversation(ctx context.Context, req *storebotv1.GetConversationRequest) (*storebotv1.GetConversationResponse, error) {
	conversation, err := parse(req.GetId())
	if err != nil {
		return nil, err
	}
	c, err := i.talk(ctx, conversation)
	if err != nil {
		return nil, err
	}
	record, err := i.Talks.Read(ctx, tenant.CallerFrom(ctx).Tenant, conversation)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.GetConversationResponse{Conversation: c}
	for _, l := range record.Lines {
		res.Lines = append(res.Lines, lineProto(l))
	}
	for _, k := range record.Contacts {
		res.Contacts = append(res.Contacts, contactProto(&k))
	}
	for _, p := range record.HandOvers {
		res.HandOvers = append(res.HandOvers, pastProto(p))
	}
	if record.Introduction != (rag.Introduction{}) {
		res.Introduction = &storebotv1.ShopperIntroduction{
			Shopper: record.Shopper, Sku: record.SKU, Title: record.Title, Price: record.Price,
		}
	}
	res.Satisfaction = int32(record.Satisfaction)
	return res, nil
}

// resync is how often an inbox is told to read everything anew, whatever was
// heard: so long a lost notification can stay unnoticed.
const resync = 60 * time.Second

// WatchInbox implements InboxServiceHandler.
func (i *Inbox) WatchInbox(ctx context.Context, _ *storebotv1.WatchInboxRequest, stream storebotv1connect.InboxServiceWatchInboxServerStream) error {
	caller := tenant.CallerFrom(ctx)
	watch := i.Hub.WatchInbox(caller.Tenant)
	defer watch.Stop()
	b := i.boards.join(caller.Tenant)
	defer i.boards.leave(caller.Tenant)
	changed := func(list []uuid.UUID, all, said bool, age time.Duration) error {
		open, err := b.read(ctx, i.Talks, caller.Tenant, i.Now, list, all, age)
		if err != nil {
			return err
		}
		return sendChanged(stream, list, said, rag.CountInbox(open, caller.Account))
	}
	if err := changed(nil, true, false, 0); err != nil {
		return err
	}
	beat, all := time.NewTicker(heartbeatEvery), time.NewTicker(resync)
	defer beat.Stop()
	defer all.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-watch.Done():
			return nil // the client comes again
		case <-watch.Wake():
			list, all := watch.Changed()
			err = changed(list, all, all, 0)
		case <-all.C:
			err = changed(nil, true, true, resync/2)
		case <-beat.C:
			err = stream.Send(&storebotv1.WatchInboxResponse{Event: &storebotv1.WatchInboxResponse_Heartbeat{Heartbeat: &storebotv1.Heartbeat{}}})
		}
		if err != nil {
			return err
		}
	}
}

func sendChanged(stream storebotv1connect.InboxServiceWatchInboxServerStream, list []uuid.UUID, all bool, counts rag.InboxCounts) error {
	changed := &storebotv1.InboxChanged{All: all, Counts: countsProto(counts)}
	for _, c := range list {
		changed.ConversationIds = append(changed.ConversationIds, c.String())
	}
	return stream.Send(&storebotv1.WatchInboxResponse{Event: &storebotv1.WatchInboxResponse_Changed{Changed: changed}})
}
