package main

import (
	"context"
	"strings"

	"storebot/rag/encoder"
	"storebot/rag/lexical"
	"storebot/rag/ragrpc"
	"storebot/tenant"
)

// State says which engine answers a tenant now; it implements ragrpc.Engine.
func (in *installation) State(ctx context.Context, id tenant.ID) (ragrpc.EngineState, error) {
	size, err := in.knowledge.Size(ctx, id)
	if err != nil {
		return ragrpc.EngineState{}, err
	}
	s := ragrpc.EngineState{Embedder: size.Model, Entries: size.Entries, Phrasings: size.Phrasings, Pending: size.Pending, Model: "off"}
	status, ok := in.models.look(ctx)
	if !ok {
		return s, nil
	}
	s.ChatModel, s.Model = status.Chat.Name, "ok"
	var notices []string
	for _, p := range status.Problems {
		if p.Broken {
			s.Model = "degraded"
		}
		notices = append(notices, p.What+"; "+p.Cure+".")
	}
	if in.models.flags.remote() && (s.Embedder == lexical.Model || s.Embedder == encoder.Model) && s.Model == "ok" {
		notices = append(notices, "The entries are being embedded with "+in.models.flags.EmbedModel+"; until then the built-in engine searches.")
	}
	s.Notice = strings.Join(notices, " ")
	return s, nil
}
