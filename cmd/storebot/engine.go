package main

import (
	"context"
	"slices"

	"storebot/rag/ollama"
	"storebot/rag/ragrpc"
	"storebot/tenant"
)

// State says which engine answers a tenant now; it implements ragrpc.Engine. What is
// wrong with the model server, where it stands and how it is mended is told to those
// who run it: by doctor and on the platform's page of the state.
func (in *installation) State(ctx context.Context, id tenant.ID) (ragrpc.EngineState, error) {
	size, err := in.knowledge.Size(ctx, id)
	if err != nil {
		return ragrpc.EngineState{}, err
	}
	s := ragrpc.EngineState{Embedder: size.Model, Entries: size.Entries, Phrasings: size.Phrasings, Pending: size.Pending, Wanted: in.models.target(), Model: "off"}
	status, ok := in.models.look(ctx)
	if !ok {
		return s, nil
	}
	s.ChatModel, s.Model = status.Chat.Name, "ok"
	if embed := status.Embed; embed.Name != "" {
		s.Down = s.Wanted == "" || !status.Reachable || !embed.Present || embed.Breaker != ollama.Closed
	}
	if s.Wanted == "" { // every phrasing lacks a vector of an embedder without a name
		s.Pending = 0
	}
	if slices.ContainsFunc(status.Problems, func(p ollama.Problem) bool { return p.Broken }) {
		s.Model = "degraded"
	}
	return s, nil
}
