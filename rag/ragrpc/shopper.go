package ragrpc

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/live"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"github.com/google/uuid"
)

// Conversations is what the shopper's methods need of storage.
type Conversations interface {
	rag.History
	// Start stores a new conversation and returns the token that opens it.
	Start(ctx context.Context, id tenant.ID, c rag.Conversation) (rag.ConversationToken, error)
	// Open returns rag.ErrNotFound for a token that opens nothing in this tenant.
	Open(ctx context.Context, id tenant.ID, token rag.ConversationToken) (rag.Conversation, error)
	// Messages returns a conversation's messages, oldest first.
	Messages(ctx context.Context, id tenant.ID, conversation uuid.UUID) ([]rag.Message, error)
	// Rate returns rag.ErrNotFound unless message is a reply of the conversation.
	Rate(ctx context.Context, id tenant.ID, conversation, message uuid.UUID, rating int) error
}

// Shops is what the shopper's methods need of the shop itself.
type Shops interface {
	Shop(ctx context.Context, id tenant.ID) (rag.Shop, error)
	// Suggestions returns at most n questions that the shop answers in language.
	Suggestions(ctx context.Context, id tenant.ID, language string, n int) ([]rag.Suggestion, error)
	// Face returns how the widget looks.
	Face(ctx context.Context, id tenant.ID) (rag.Face, error)
}

// Shopper serves ShopperService.
type Shopper struct {
	Answerer      *rag.Answerer
	Conversations Conversations
	People        People
	Hub           *live.Hub
	Shops         Shops
	Visits        Visits
	Identities    Identities
	Seen          func(ctx context.Context, id tenant.ID) error // the widget was opened on one of the shop's pages
	Log           *slog.Logger
	Now           func() time.Time
}

var _ storebotv1connect.ShopperServiceHandler = (*Shopper)(nil)

const suggestions = 4

// GetWidget implements ShopperServiceHandler.
func (s *Shopper) GetWidget(ctx context.Context, req *storebotv1.GetWidgetRequest) (*storebotv1.GetWidgetResponse, error) {
	id := tenant.CallerFrom(ctx).Tenant
	shop, err := s.Shops.Shop(ctx, id)
	if err != nil {
		return nil, err
	}
	language := supported(req.GetLanguage(), shop.Language)
	face, err := s.Shops.Face(ctx, id)
	if err != nil {
		return nil, err
	}
	list, err := s.Shops.Suggestions(ctx, id, language, suggestions)
	if err != nil {
		// The widget opens without them: it is the questions to come that matter.
		s.Log.WarnContext(ctx, "suggest questions", "tenant", id, "err", err)
	}
	// The shop's chat page of its own is none of the pages that its owner put the widget on.
	if !req.GetPreview() && slices.Contains(face.Origins, tenant.CallerFrom(ctx).Origin) {
		s.seen(ctx, id)
	}
	if info, ok := connect.CallInfoForServerContext(ctx); ok {
		info.ResponseHeader().Set("Cache-Control", "private, max-age=60")
	}
	res := &storebotv1.GetWidgetResponse{ShopName: shop.Name, Language: language, Greeting: shop.Welcome(language), Origins: face.Origins,
		Look: &storebotv1.Look{Color: face.Look.Color, Side: face.Look.Side, Label: face.Look.Label}}
	for _, suggestion := range list {
		res.Suggestions = append(res.Suggestions, suggestion.Question)
		res.Answers = append(res.Answers, suggestion.Answer)
	}
	return res, nil
}

// seenPatience is how long the shopper may wait for what is of use to the
// merchant alone.
const seenPatience = 100 * time.Millisecond

func (s *Shopper) seen(ctx context.Context, id tenant.ID) {
	ctx, stop := context.WithTimeout(ctx, seenPatience)
	defer stop()
	if err := s.Seen(ctx, id); err != nil {
		// The next visit notes it.
		s.Log.WarnContext(ctx, "note that the widget was seen", "tenant", id, "err", err)
	}
}

// supported returns the product's language nearest to the page's.
func supported(page, shop string) string {
	l := strings.ToLower(page)
	switch {
	case strings.HasPrefix(l, "en"):
		return "en"
	case strings.HasPrefix(l, "zh-hans"), l == "zh-cn", l == "zh-sg":
		return "zh-Hans"
	case strings.HasPrefix(l, "zh"):
		return "zh-Hant"
	}
	return shop
}

// StartConversation implements ShopperServiceHandler.
func (s *Shopper) StartConversation(ctx context.Context, req *storebotv1.StartConversationRequest) (*storebotv1.StartConversationResponse, error) {
	c := tenant.CallerFrom(ctx)
	token, err := s.Conversations.Start(ctx, c.Tenant, rag.Conversation{Language: supported(req.GetLanguage(), ""), Origin: c.Origin})
	if err != nil {
		return nil, err
	}
	return &storebotv1.StartConversationResponse{ConversationToken: string(token)}, nil
}

// Ask implements ShopperServiceHandler.
func (s *Shopper) Ask(ctx context.Context, req *storebotv1.AskRequest, stream storebotv1connect.ShopperServiceAskServerStream) error {
	at := s.Now()
	id := tenant.CallerFrom(ctx).Tenant
	conv, err := s.Conversations.Open(ctx, id, rag.ConversationToken(req.GetConversationToken()))
	if err != nil {
		return err
	}
	shop, err := s.Shops.Shop(ctx, id)
	if err != nil {
		return err
	}
	key, err := uuid.Parse(req.GetClientKey())
	if err != nil {
		return err // the contract's rules have checked it
	}
	q := rag.Question{Conversation: conv.ID, ClientKey: key, Text: req.GetQuestion(), Language: conv.Language, At: at, History: s.Conversations, Retry: req.GetRetry(),
		Shown: func(ctx context.Context) (rag.Introduction, error) { return s.Visits.Introduction(ctx, id, conv.ID) }}
	return s.Answerer.Ask(ctx, shop, q, func(e rag.Event) error { return stream.Send(askResponse(e)) })
}

// Rate implements ShopperServiceHandler.
func (s *Shopper) Rate(ctx context.Context, req *storebotv1.RateRequest) (*storebotv1.RateResponse, error) {
	id, conv, err := s.open(ctx, req.GetConversationToken())
	if err != nil {
		return nil, err
	}
	message, err := uuid.Parse(req.GetMessageId())
	if err != nil {
		return nil, rag.ErrNotFound
	}
	return &storebotv1.RateResponse{}, s.Conversations.Rate(ctx, id, conv, message, int(req.GetRating()))
}

func (s *Shopper) open(ctx context.Context, token string) (tenant.ID, uuid.UUID, error) {
	id, conv, err := s.conversation(ctx, token)
	return id, conv.ID, err
}

func (s *Shopper) conversation(ctx context.Context, token string) (tenant.ID, rag.Conversation, error) {
	id := tenant.CallerFrom(ctx).Tenant
	conv, err := s.Conversations.Open(ctx, id, rag.ConversationToken(token))
	return id, conv, err
}
