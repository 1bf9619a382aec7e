package ragrpc

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
)

// talkPage is how many talks a page of the view all has.
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
	open, err := i.Talks.OpenTalks(ctx, caller.Tenant, i.Now())
	if err != nil {
		return nil, err
	}
	view := views[req.GetView()]
	list := rag.Select(open, view, caller.Account)
	res := &storebotv1.ListConversationsResponse{Counts: countsProto(rag.CountInbox(open, caller.Account))}
	if view == rag.ViewAll {
		last, err := parseTalkPage(req.GetPageToken())
		if err != nil {
			return nil, err
		}
		if list, err = i.Talks.Talks(ctx, caller.Tenant, last, talkPage+1, i.Now()); err != nil {
			return nil, err
		}
		if len(list) > talkPage {
			list = list[:talkPage]
			res.NextPageToken = talkPageToken(list[talkPage-1])
		}
	}
	for _, t := range list {
		res.Conversations = append(res.Conversations, talkProto(t, caller.Account))
	}
	return res, nil
}

func talkPageToken(t rag.Talk) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(t.CreatedAt.UnixMicro(), 10) + " " + t.ID.String()))
}

func parseTalkPage(token string) (t rag.Talk, err error) {
	if token == "" {
		return t, nil
	}
	bad := &tenant.FieldError{Path: "page_token", Rule: "page_token", Message: "is not one that a page gave; begin with the first page"}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return t, bad
	}
	at, id, _ := strings.Cut(string(raw), " ")
	us, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return t, bad
	}
	t.CreatedAt = time.UnixMicro(us)
	if t.ID, err = uuid.Parse(id); err != nil {
		return t, bad
	}
	return t, nil
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
	if err := i.sendChanged(ctx, stream, nil, false); err != nil {
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
			err = i.sendChanged(ctx, stream, list, all)
		case <-all.C:
			err = i.sendChanged(ctx, stream, nil, true)
		case <-beat.C:
			err = stream.Send(&storebotv1.WatchInboxResponse{Event: &storebotv1.WatchInboxResponse_Heartbeat{Heartbeat: &storebotv1.Heartbeat{}}})
		}
		if err != nil {
			return err
		}
	}
}

func (i *Inbox) sendChanged(ctx context.Context, stream storebotv1connect.InboxServiceWatchInboxServerStream, list []uuid.UUID, all bool) error {
	caller := tenant.CallerFrom(ctx)
	open, err := i.Talks.OpenTalks(ctx, caller.Tenant, i.Now())
	if err != nil {
		return err
	}
	changed := &storebotv1.InboxChanged{All: all, Counts: countsProto(rag.CountInbox(open, caller.Account))}
	for _, c := range list {
		changed.ConversationIds = append(changed.ConversationIds, c.String())
	}
	return stream.Send(&storebotv1.WatchInboxResponse{Event: &storebotv1.WatchInboxResponse_Changed{Changed: changed}})
}
