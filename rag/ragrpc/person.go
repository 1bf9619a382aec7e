package ragrpc

import (
	"context"
	"math"
	"time"
	"unicode/utf8"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// People is what the shopper's methods need of the people behind the bot.
type People interface {
	// RequestPerson hands a conversation over; reason is one of rag's Handed
	// constants or "", when the last reply tells. Error: rag.ErrNotFound.
	RequestPerson(ctx context.Context, id tenant.ID, c rag.Conversation, reason string, now time.Time) (rag.Standing, error)
	// LeaveContact stores how the shopper can be reached, once a client key, and
	// hands the conversation over. Errors: rag.ErrNotFound, rag.ErrKeyReused.
	LeaveContact(ctx context.Context, id tenant.ID, c rag.Conversation, contact rag.Contact, now time.Time) (rag.Standing, error)
	// After returns a conversation's hold, and its staff and system messages past
	// a position in order, some at a time. Error: rag.ErrNotFound.
	After(ctx context.Context, id tenant.ID, conversation uuid.UUID, position int) (rag.Hold, []rag.Message, error)
	// Stand tells what a hold means to the shopper.
	Stand(ctx context.Context, id tenant.ID, c rag.Conversation, h rag.Hold, now time.Time) (rag.Standing, error)
}

// minReach is in runes; what is left of it when hidden characters are gone.
const minReach = 3

var states = map[rag.State]storebotv1.ConversationState{
	rag.ByBot:   storebotv1.ConversationState_CONVERSATION_STATE_BOT,
	rag.Waiting: storebotv1.ConversationState_CONVERSATION_STATE_WAITING,
	rag.ByStaff: storebotv1.ConversationState_CONVERSATION_STATE_STAFF,
	rag.Closed:  storebotv1.ConversationState_CONVERSATION_STATE_CLOSED,
}

var reasons = map[string]storebotv1.HandOverReason{
	rag.HandedAsked:            storebotv1.HandOverReason_HAND_OVER_REASON_ASKED,
	rag.HandedMissingKnowledge: storebotv1.HandOverReason_HAND_OVER_REASON_MISSING_KNOWLEDGE,
	rag.HandedPolicy:           storebotv1.HandOverReason_HAND_OVER_REASON_POLICY,
	rag.HandedToolFailure:      storebotv1.HandOverReason_HAND_OVER_REASON_TOOL_FAILURE,
	rag.HandedLimit:            storebotv1.HandOverReason_HAND_OVER_REASON_LIMIT,
	rag.HandedStaff:            storebotv1.HandOverReason_HAND_OVER_REASON_STAFF,
}

var availabilities = map[rag.Availability]storebotv1.Availability{
	rag.UnknownHours: storebotv1.Availability_AVAILABILITY_UNKNOWN,
	rag.OpenNow:      storebotv1.Availability_AVAILABILITY_OPEN,
	rag.ClosedNow:    storebotv1.Availability_AVAILABILITY_CLOSED,
}

// shopperReasons are those that the shopper's side may know better.
var shopperReasons = map[storebotv1.HandOverReason]string{
	storebotv1.HandOverReason_HAND_OVER_REASON_TOOL_FAILURE: rag.HandedToolFailure,
	storebotv1.HandOverReason_HAND_OVER_REASON_LIMIT:        rag.HandedLimit,
}

// ListMessages implements ShopperServiceHandler. The position is read first: what
// is said between it and the messages comes by Watch.
func (s *Shopper) ListMessages(ctx context.Context, req *storebotv1.ListMessagesRequest) (*storebotv1.ListMessagesResponse, error) {
	id, conv, err := s.conversation(ctx, req.GetConversationToken())
	if err != nil {
		return nil, err
	}
	hold, _, err := s.People.After(ctx, id, conv.ID, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	messages, err := s.Conversations.Messages(ctx, id, conv.ID)
	if err != nil {
		return nil, err
	}
	standing, err := s.People.Stand(ctx, id, conv, hold, s.Now())
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListMessagesResponse{Position: int32(hold.Position), HandOver: standingProto(standing)}
	for _, m := range messages {
		if m.Position <= hold.Position {
			res.Messages = append(res.Messages, messageProto(m))
		}
	}
	return res, nil
}

// RequestPerson implements ShopperServiceHandler.
func (s *Shopper) RequestPerson(ctx context.Context, req *storebotv1.RequestPersonRequest) (*storebotv1.RequestPersonResponse, error) {
	id, conv, err := s.conversation(ctx, req.GetConversationToken())
	if err != nil {
		return nil, err
	}
	standing, err := s.People.RequestPerson(ctx, id, conv, shopperReasons[req.GetReason()], s.Now())
	if err != nil {
		return nil, err
	}
	return &storebotv1.RequestPersonResponse{HandOver: standingProto(standing)}, nil
}

// LeaveContact implements ShopperServiceHandler.
func (s *Shopper) LeaveContact(ctx context.Context, req *storebotv1.LeaveContactRequest) (*storebotv1.LeaveContactResponse, error) {
	id, conv, err := s.conversation(ctx, req.GetConversationToken())
	if err != nil {
		return nil, err
	}
	c := rag.Contact{
		Name: rag.Clean(req.GetName()), Reach: rag.Clean(req.GetReach()), Note: rag.Clean(req.GetNote()), Consent: rag.Clean(req.GetConsent()),
	}
	if utf8.RuneCountInString(c.Reach) < minReach {
		return nil, &tenant.FieldError{Path: "reach", Rule: "string.min_len",
			Message: "is too short to reach anybody; write an e-mail address, a telephone number or a messenger name"}
	}
	if key := req.GetClientKey(); key != "" {
		if c.ClientKey, err = uuid.Parse(key); err != nil {
			return nil, err // the contract's rules have checked it
		}
	}
	standing, err := s.People.LeaveContact(ctx, id, conv, c, s.Now())
	if err != nil {
		return nil, err
	}
	return &storebotv1.LeaveContactResponse{HandOver: standingProto(standing)}, nil
}

func messageProto(m rag.Message) *storebotv1.Message {
	out := &storebotv1.Message{
		Id: m.ID.String(), Author: m.Author, Text: m.Text, Decision: decisions[m.Decision],
		CreatedAt: timestamppb.New(m.CreatedAt), Rating: int32(m.Rating), Event: m.Note, Position: int32(m.Position),
	}
	for i := range m.Sources {
		out.Sources = append(out.Sources, match(i+1, &m.Sources[i]))
	}
	out.Products = cardsProto(m.Products)
	return out
}

func standingProto(s rag.Standing) *storebotv1.HandOver {
	h := &storebotv1.HandOver{
		State: states[s.State], Since: timestamppb.New(s.Since), Availability: availabilities[s.Availability],
		OpensAt: timeProto(s.OpensAt), TypicalWaitN: int32(s.N), Ahead: int32(s.Ahead), Text: s.Text, ConsentText: s.Consent,
	}
	if s.Typical > 0 {
		h.TypicalWait = durationpb.New(s.Typical)
	}
	return h
}
