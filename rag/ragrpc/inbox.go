package ragrpc

import (
	"context"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/live"
	"storebot/tenant"

	"github.com/google/uuid"
)

// Talks is what the inbox reads.
type Talks interface {
	// OpenTalks returns every talk that waits or is a person's, in no order.
	OpenTalks(ctx context.Context, id tenant.ID, now time.Time) ([]rag.OpenTalk, error)
	// OpenTalksOf is OpenTalks of some conversations; one that is not open is left out.
	OpenTalksOf(ctx context.Context, id tenant.ID, conversations []uuid.UUID, now time.Time) ([]rag.OpenTalk, error)
	// TalksOf returns the conversations in their order, without those that are no more.
	TalksOf(ctx context.Context, id tenant.ID, conversations []uuid.UUID, now time.Time) ([]rag.Talk, error)
	// Talks returns at most limit talks, the newest first, that began before last;
	// from the newest for a zero last.
	Talks(ctx context.Context, id tenant.ID, last rag.Talk, limit int, now time.Time) ([]rag.Talk, error)
	// Talk returns one. Error: rag.ErrNotFound.
	Talk(ctx context.Context, id tenant.ID, conversation uuid.UUID, now time.Time) (rag.Talk, error)
	// Read returns all that was said, noted and left in a conversation.
	Read(ctx context.Context, id tenant.ID, conversation uuid.UUID) (rag.Record, error)
}

// Deeds is what people do in a conversation. Each returns rag.ErrNotFound for
// one that is not there.
type Deeds interface {
	// Do applies TakeOver, HandBack or Close; what is so already stays so.
	Do(ctx context.Context, id tenant.ID, conversation uuid.UUID, d rag.Deed) (rag.Hold, error)
	// Reply writes to the shopper, once a key, and takes over. Error: rag.ErrKeyReused.
	Reply(ctx context.Context, id tenant.ID, conversation, by, key uuid.UUID, text string) (rag.Line, error)
	// AddNote writes for staff alone, once a key. Error: rag.ErrKeyReused.
	AddNote(ctx context.Context, id tenant.ID, conversation, by, key uuid.UUID, text string) (rag.Line, error)
	MarkRead(ctx context.Context, id tenant.ID, conversation uuid.UUID) error
	Typing(ctx context.Context, id tenant.ID, conversation uuid.UUID) error
}

// Suggestions is what suggesting a reply needs.
type Suggestions interface {
	// LastQuestion returns what the shopper said last; "" when nothing. Error: rag.ErrNotFound.
	LastQuestion(ctx context.Context, id tenant.ID, conversation uuid.UUID) (string, error)
}

// Inbox serves InboxService.
type Inbox struct {
	Talks    Talks
	Deeds    Deeds
	Asked    Suggestions
	Opening  Opening
	Mail     MailState
	Answerer *rag.Answerer
	Shops    Shops
	Hub      *live.Hub
	Now      func() time.Time

	boards boards
}

var _ storebotv1connect.InboxServiceHandler = (*Inbox)(nil)

// TakeOver implements InboxServiceHandler.
func (i *Inbox) TakeOver(ctx context.Context, req *storebotv1.TakeOverRequest) (*storebotv1.TakeOverResponse, error) {
	c, err := i.do(ctx, req.GetId(), rag.Deed{Kind: rag.TakeOver, By: tenant.CallerFrom(ctx).Account})
	if err != nil {
		return nil, err
	}
	return &storebotv1.TakeOverResponse{Conversation: c}, nil
}

// HandBack implements InboxServiceHandler.
func (i *Inbox) HandBack(ctx context.Context, req *storebotv1.HandBackRequest) (*storebotv1.HandBackResponse, error) {
	c, err := i.do(ctx, req.GetId(), rag.Deed{Kind: rag.HandBack, By: tenant.CallerFrom(ctx).Account})
	if err != nil {
		return nil, err
	}
	return &storebotv1.HandBackResponse{Conversation: c}, nil
}

// CloseConversation implements InboxServiceHandler.
func (i *Inbox) CloseConversation(ctx context.Context, req *storebotv1.CloseConversationRequest) (*storebotv1.CloseConversationResponse, error) {
	c, err := i.do(ctx, req.GetId(), rag.Deed{Kind: rag.Close, By: tenant.CallerFrom(ctx).Account, Result: outcomes[req.GetOutcome()]})
	if err != nil {
		return nil, err
	}
	return &storebotv1.CloseConversationResponse{Conversation: c}, nil
}

func (i *Inbox) do(ctx context.Context, name string, d rag.Deed) (*storebotv1.Conversation, error) {
	conversation, err := parse(name)
	if err != nil {
		return nil, err
	}
	if _, err := i.Deeds.Do(ctx, tenant.CallerFrom(ctx).Tenant, conversation, d); err != nil {
		return nil, err
	}
	return i.talk(ctx, conversation)
}

func (i *Inbox) talk(ctx context.Context, conversation uuid.UUID) (*storebotv1.Conversation, error) {
	caller := tenant.CallerFrom(ctx)
	t, err := i.Talks.Talk(ctx, caller.Tenant, conversation, i.Now())
	if err != nil {
		return nil, err
	}
	return talkProto(t, caller.Account), nil
}

// Reply implements InboxServiceHandler.
func (i *Inbox) Reply(ctx context.Context, req *storebotv1.ReplyRequest) (*storebotv1.ReplyResponse, error) {
	conversation, line, err := write(ctx, req, i.Deeds.Reply)
	if err != nil {
		return nil, err
	}
	c, err := i.talk(ctx, conversation)
	if err != nil {
		return nil, err
	}
	line.StaffEmail = c.GetOwner().GetEmail()
	return &storebotv1.ReplyResponse{Line: lineProto(line), Conversation: c}, nil
}

// AddNote implements InboxServiceHandler.
func (i *Inbox) AddNote(ctx context.Context, req *storebotv1.AddNoteRequest) (*storebotv1.AddNoteResponse, error) {
	_, line, err := write(ctx, req, i.Deeds.AddNote)
	if err != nil {
		return nil, err
	}
	return &storebotv1.AddNoteResponse{Line: lineProto(line)}, nil
}

type written interface {
	GetId() string
	GetClientKey() string
	GetText() string
}

// write cleans and stores what a member writes.
func write(ctx context.Context, req written, store func(ctx context.Context, id tenant.ID, conversation, by, key uuid.UUID, text string) (rag.Line, error)) (uuid.UUID, rag.Line, error) {
	conversation, err := parse(req.GetId())
	if err != nil {
		return conversation, rag.Line{}, err
	}
	key, err := uuid.Parse(req.GetClientKey())
	if err != nil {
		return conversation, rag.Line{}, err // the contract's rules have checked it
	}
	text := rag.Clean(req.GetText())
	if text == "" {
		return conversation, rag.Line{}, &tenant.FieldError{Path: "text", Rule: "string.min_len", Message: "is empty; write something"}
	}
	caller := tenant.CallerFrom(ctx)
	line, err := store(ctx, caller.Tenant, conversation, caller.Account, key, text)
	return conversation, line, err
}

// SetTyping implements InboxServiceHandler.
func (i *Inbox) SetTyping(ctx context.Context, req *storebotv1.SetTypingRequest) (*storebotv1.SetTypingResponse, error) {
	conversation, err := parse(req.GetId())
	if err != nil {
		return nil, err
	}
	return &storebotv1.SetTypingResponse{}, i.Deeds.Typing(ctx, tenant.CallerFrom(ctx).Tenant, conversation)
}

// MarkRead implements InboxServiceHandler.
func (i *Inbox) MarkRead(ctx context.Context, req *storebotv1.MarkReadRequest) (*storebotv1.MarkReadResponse, error) {
	conversation, err := parse(req.GetId())
	if err != nil {
		return nil, err
	}
	return &storebotv1.MarkReadResponse{}, i.Deeds.MarkRead(ctx, tenant.CallerFrom(ctx).Tenant, conversation)
}

// SuggestReply implements InboxServiceHandler.
func (i *Inbox) SuggestReply(ctx context.Context, req *storebotv1.SuggestReplyRequest) (*storebotv1.SuggestReplyResponse, error) {
	conversation, err := parse(req.GetId())
	if err != nil {
		return nil, err
	}
	id := tenant.CallerFrom(ctx).Tenant
	question, err := i.Asked.LastQuestion(ctx, id, conversation)
	if err != nil {
		return nil, err
	}
	shop, err := i.Shops.Shop(ctx, id)
	if err != nil {
		return nil, err
	}
	list, err := i.Answerer.Suggest(ctx, shop, question)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.SuggestReplyResponse{Question: question}
	for _, s := range list {
		out := &storebotv1.Suggestion{Text: s.Text, Model: s.Model}
		if s.Entry != nil {
			out.EntryId, out.EntryQuestion = s.Entry.ID.String(), s.Entry.Question
		}
		res.Suggestions = append(res.Suggestions, out)
	}
	return res, nil
}
