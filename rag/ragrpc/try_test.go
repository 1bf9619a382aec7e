package ragrpc_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/ragrpc"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connectinprocess"

	storebotv1 "storebot/proto/gen/storebot/v1"
)

// shelf is a shop with one entry, which every question finds.
type shelf struct{ ragrpc.Shops }

func (shelf) Shop(_ context.Context, id tenant.ID) (rag.Shop, error) {
	return rag.Shop{ID: id, Language: "en"}, nil
}

func (shelf) Retrieve(context.Context, tenant.ID, string) (rag.Retrieval, error) {
	e := rag.Entry{Question: "Is it open?", Answer: "Yes."}
	return rag.Retrieval{Matches: []rag.Match{{Entry: &e, Phrasing: e.Question, Score: 1}}, Confidence: 1}, nil
}

// All of an answer on trial is with its reader before it is noted that one was asked: what
// keeps the note from being written takes nothing away.
func TestATrialIsNotedLast(t *testing.T) {
	broken := errors.New("the note is lost")
	var order []string
	server := connect.NewServer(func(next connect.ServerFunc) connect.ServerFunc {
		return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) error {
			return next(tenant.WithCaller(ctx, tenant.Caller{Kind: tenant.Member, Tenant: tenant.NewID()}), spec, heard{stream, &order})
		}
	})
	storebotv1connect.RegisterKnowledgeServiceHandler(server, &ragrpc.Knowledge{
		Answerer: &rag.Answerer{Retriever: shelf{}, Detect: func(string) string { return "en" }, Direct: .5, Unsure: .1},
		Shops:    shelf{}, Now: time.Now,
		Tried: func(context.Context, tenant.ID) error { order = append(order, "noted"); return broken },
	})
	client := storebotv1connect.NewKnowledgeServiceClient(connect.NewClient(connectinprocess.New(server)))
	stream, err := client.TryQuestion(t.Context(), &storebotv1.TryQuestionRequest{Question: "Is it open?"})
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	var last *storebotv1.TryQuestionResponse
	for {
		m, err := stream.Receive()
		if err != nil {
			if errors.Is(err, io.EOF) {
				t.Error("the note that failed is told nobody")
			}
			break
		}
		last = m
	}
	if items := last.GetEvidence().GetItems(); len(items) != 1 || items[0].GetAnswer() != "Yes." {
		t.Errorf("the last that was said is %v", last)
	}
	if n := len(order); n < 3 || slices.Index(order, "noted") != n-1 || order[n-2] != "evidence" {
		t.Errorf("said and noted in the order %q", order)
	}
}

// heard notes what is sent.
type heard struct {
	connect.ServerStream
	order *[]string
}

func (h heard) Send(msg any) error {
	what := "answer"
	if msg.(*storebotv1.TryQuestionResponse).GetEvidence() != nil {
		what = "evidence"
	}
	*h.order = append(*h.order, what)
	return h.ServerStream.Send(msg)
}
