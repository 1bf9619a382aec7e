package ragrpc

import (
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"

	"github.com/google/uuid"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

var outcomes = map[storebotv1.Outcome]string{
	storebotv1.Outcome_OUTCOME_SOLVED:     rag.Solved,
	storebotv1.Outcome_OUTCOME_NOT_SOLVED: rag.NotSolved,
	storebotv1.Outcome_OUTCOME_NO_ANSWER:  rag.NoAnswer,
	storebotv1.Outcome_OUTCOME_SPAM:       rag.Spam,
}

var outcomeProtos = map[string]storebotv1.Outcome{}

func init() {
	for p, outcome := range outcomes {
		outcomeProtos[outcome] = p
	}
}

func talkProto(t rag.Talk, me uuid.UUID) *storebotv1.Conversation {
	c := &storebotv1.Conversation{
		Id: t.ID.String(), State: states[t.State], Since: timestamppb.New(t.Since), Reason: reasons[t.Reason],
		Owner: staffProto(t.Owner, t.OwnerEmail), Mine: t.Owner != uuid.Nil && t.Owner == me,
		WaitingSince: timeProto(t.WaitingSince), DueAt: timeProto(t.DueAt), Overdue: t.Overdue, Unread: int32(t.Unread),
		LastAuthor: t.LastAuthor, LastText: t.LastText, LastAt: timestamppb.New(t.LastAt),
		Language: t.Language, Origin: t.Origin, Outcome: outcomeProtos[t.Outcome], CreatedAt: timestamppb.New(t.CreatedAt),
	}
	if t.Contact != nil {
		c.Contact = contactProto(t.Contact)
	}
	return c
}

func staffProto(account uuid.UUID, email string) *storebotv1.StaffMember {
	if account == uuid.Nil {
		return nil
	}
	return &storebotv1.StaffMember{AccountId: account.String(), Email: email}
}

func contactProto(c *rag.Contact) *storebotv1.Contact {
	return &storebotv1.Contact{Name: c.Name, Reach: c.Reach, Note: c.Note, CreatedAt: timestamppb.New(c.CreatedAt)}
}

func countsProto(c rag.InboxCounts) *storebotv1.InboxCounts {
	return &storebotv1.InboxCounts{Waiting: int32(c.Waiting), Mine: int32(c.Mine), Overdue: int32(c.Overdue), Unread: int32(c.Unread)}
}

func lineProto(l rag.Line) *storebotv1.Line {
	out := &storebotv1.Line{
		Id: l.ID.String(), Author: l.Author, Text: l.Text, CreatedAt: timestamppb.New(l.CreatedAt), Staff: staffProto(l.StaffID, l.StaffEmail),
		Event: l.Note, Decision: decisions[l.Decision], Reason: l.Reason, Confidence: l.Confidence, Engine: l.Engine,
		Interrupted: l.Interrupted, Rating: int32(l.Rating),
	}
	for _, s := range l.Sources {
		out.Sources = append(out.Sources, &storebotv1.LineSource{EntryId: s.Entry.String(), Question: s.Question})
	}
	if l.Author == "bot" {
		out.Total = durationpb.New(l.Total)
	}
	return out
}

func pastProto(p rag.PastHandOver) *storebotv1.PastHandOver {
	out := &storebotv1.PastHandOver{
		Reason: reasons[p.Reason], AskedAt: timestamppb.New(p.AskedAt), TakenAt: timeProto(p.TakenAt), EndedAt: timeProto(p.EndedAt), EndedAs: p.EndedAs,
	}
	if p.FirstReply > 0 {
		out.FirstReply = durationpb.New(p.FirstReply)
	}
	return out
}
