package ragrpc

import (
	"github.com/google/uuid"
	"google.golang.org/protobuf/types/known/timestamppb"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
)

var entryStates = map[storebotv1.EntryState]rag.EntryState{
	storebotv1.EntryState_ENTRY_STATE_DRAFT:     rag.Drafted,
	storebotv1.EntryState_ENTRY_STATE_PUBLISHED: rag.Published,
}

var stateNumbers = map[rag.EntryState]storebotv1.EntryState{
	rag.Drafted:   storebotv1.EntryState_ENTRY_STATE_DRAFT,
	rag.Published: storebotv1.EntryState_ENTRY_STATE_PUBLISHED,
}

var standings = map[storebotv1.Standing]rag.Validity{
	storebotv1.Standing_STANDING_DRAFT:     rag.ValidityDraft,
	storebotv1.Standing_STANDING_SCHEDULED: rag.Scheduled,
	storebotv1.Standing_STANDING_LIVE:      rag.Live,
	storebotv1.Standing_STANDING_EXPIRED:   rag.Expired,
}

var usedFilters = map[storebotv1.UsedFilter]rag.UsedFilter{
	storebotv1.UsedFilter_USED_FILTER_NEVER:     rag.NeverUsed,
	storebotv1.UsedFilter_USED_FILTER_UNHELPFUL: rag.Unhelpful,
}

var orders = map[storebotv1.EntryOrder]rag.EntryOrder{
	storebotv1.EntryOrder_ENTRY_ORDER_MOST_USED:    rag.MostUsed,
	storebotv1.EntryOrder_ENTRY_ORDER_LAST_UPDATED: rag.LastUpdated,
}

var changeKinds = map[rag.ChangeKind]storebotv1.ChangeKind{
	rag.Creating:   storebotv1.ChangeKind_CHANGE_KIND_CREATE,
	rag.Editing:    storebotv1.ChangeKind_CHANGE_KIND_EDIT,
	rag.Stating:    storebotv1.ChangeKind_CHANGE_KIND_STATE,
	rag.Sorting:    storebotv1.ChangeKind_CHANGE_KIND_CATEGORY,
	rag.Deleting:   storebotv1.ChangeKind_CHANGE_KIND_DELETE,
	rag.Importing:  storebotv1.ChangeKind_CHANGE_KIND_IMPORT,
	rag.Restoring:  storebotv1.ChangeKind_CHANGE_KIND_RESTORE,
	rag.TakingBack: storebotv1.ChangeKind_CHANGE_KIND_UNDO,
}

func content(c *storebotv1.EntryContent, by uuid.UUID) rag.Content {
	out := rag.Content{
		Question: c.GetQuestion(), Answer: c.GetAnswer(), Category: c.GetCategory(), Language: c.GetLanguage(), Phrasings: c.GetPhrasings(),
		Terms: rag.Terms{State: entryStates[c.GetState()]}, By: by,
	}
	if at := c.GetValidFrom(); at != nil {
		out.Terms.From = at.AsTime()
	}
	if at := c.GetValidUntil(); at != nil {
		out.Terms.Until = at.AsTime()
	}
	return out
}

func contentProto(c rag.Content) *storebotv1.EntryContent {
	return &storebotv1.EntryContent{
		Question: c.Question, Answer: c.Answer, Category: c.Category, Language: c.Language, Phrasings: c.Phrasings,
		State: stateNumbers[c.Terms.State], ValidFrom: timeProto(c.Terms.From), ValidUntil: timeProto(c.Terms.Until),
	}
}

func entryProto(e *rag.Entry) *storebotv1.Entry {
	return &storebotv1.Entry{
		Id: e.ID.String(), Question: e.Question, Answer: e.Answer, Category: e.Category, Language: e.Language,
		Phrasings: e.Phrasings, UpdatedAt: timestamppb.New(e.UpdatedAt),
		State: stateNumbers[e.Terms.State], ValidFrom: timeProto(e.Terms.From), ValidUntil: timeProto(e.Terms.Until),
		Usage: &storebotv1.EntryUsage{
			Conversations: int32(e.Usage.Conversations), Helpful: int32(e.Usage.Helpful), Unhelpful: int32(e.Usage.Unhelpful),
			LastUsedAt: timeProto(e.Usage.LastUsed),
		},
		Etag: e.ETag(),
	}
}

// MeanwhileProto is the change that an overwriting was refused for.
func MeanwhileProto(e *rag.MeanwhileError) *storebotv1.ChangedMeanwhile {
	return &storebotv1.ChangedMeanwhile{WrittenAt: timestamppb.New(e.At), Kind: changeKinds[e.Kind], By: e.By, FileName: e.File}
}
