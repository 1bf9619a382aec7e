package gateway

import (
	"errors"
	"testing"
	"time"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connectproto"
	"google.golang.org/protobuf/proto"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"
)

// Who would overwrite what a colleague changed since is refused, and told who it was; who
// says nothing of what they began with is not asked.
func TestNobodyOverwritesAColleagueUnseen(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	must := func(role tenant.Role, procedure string, req proto.Message) proto.Message {
		t.Helper()
		got, err := w.call(t, s.member(role), procedure, req)
		if err != nil {
			t.Fatalf("%s: %v", procedure, err)
		}
		return got[0]
	}
	refused := func(procedure string, req proto.Message) {
		t.Helper()
		_, err := w.call(t, s.member(tenant.Owner), procedure, req)
		ce, ok := errors.AsType[*connect.Error](err)
		if !ok || ce.Code() != connect.CodeAborted || len(ce.Details()) != 2 {
			t.Fatalf("%s: %v", procedure, err)
		}
		var told [2]proto.Message
		for i, d := range ce.Details() {
			if told[i], err = connectproto.UnmarshalErrorDetail(d); err != nil {
				t.Fatal(err)
			}
		}
		if p, ok := told[0].(*storebotv1.Problem); !ok || p.GetReason() != "changed_meanwhile" {
			t.Errorf("%s: %v", procedure, told[0])
		}
		change, _ := told[1].(*storebotv1.ChangedMeanwhile)
		if change.GetBy() != string(tenant.Manager)+"@"+s.canary+".example" || change.GetKind() != storebotv1.ChangeKind_CHANGE_KIND_EDIT || time.Since(change.GetWrittenAt().AsTime()).Abs() > time.Minute {
			t.Errorf("%s: told of %v", procedure, change)
		}
	}

	entry := func() *storebotv1.Entry {
		t.Helper()
		return must(tenant.Agent, storebotv1connect.KnowledgeServiceGetEntryProcedure, &storebotv1.GetEntryRequest{Id: s.entry.String()}).(*storebotv1.GetEntryResponse).GetEntry()
	}
	write := func(answer, etag string) *storebotv1.UpdateEntryRequest {
		return &storebotv1.UpdateEntryRequest{Id: s.entry.String(), Etag: etag, Content: &storebotv1.EntryContent{Question: "q", Answer: answer}}
	}
	seen := entry().GetEtag()
	must(tenant.Manager, storebotv1connect.KnowledgeServiceUpdateEntryProcedure, write("hers", seen))
	refused(storebotv1connect.KnowledgeServiceUpdateEntryProcedure, write("his", seen))
	refused(storebotv1connect.KnowledgeServiceRestoreRevisionProcedure,
		&storebotv1.RestoreRevisionRequest{EntryId: s.entry.String(), RevisionId: s.revision.String(), Etag: seen})
	if got := entry(); got.GetAnswer() != "hers" {
		t.Errorf("%q stands there", got.GetAnswer())
	}
	must(tenant.Owner, storebotv1connect.KnowledgeServiceUpdateEntryProcedure, write("his", ""))

	product := func() *storebotv1.Product {
		t.Helper()
		return must(tenant.Agent, storebotv1connect.ProductServiceGetProductProcedure, &storebotv1.GetProductRequest{Id: s.product.String()}).(*storebotv1.GetProductResponse).GetProduct()
	}
	save := func(name, etag string) *storebotv1.SaveProductRequest {
		p := product()
		p.Name = name
		return &storebotv1.SaveProductRequest{Product: p, Etag: etag}
	}
	seen = product().GetEtag()
	must(tenant.Manager, storebotv1connect.ProductServiceSaveProductProcedure, save("hers", seen))
	refused(storebotv1connect.ProductServiceSaveProductProcedure, save("his", seen))
	refused(storebotv1connect.ProductServiceRestoreProductRevisionProcedure,
		&storebotv1.RestoreProductRevisionRequest{ProductId: s.product.String(), RevisionId: s.productRevision.String(), Etag: seen})
	if got := product(); got.GetName() != "hers" {
		t.Errorf("%q stands there", got.GetName())
	}
	must(tenant.Owner, storebotv1connect.ProductServiceSaveProductProcedure, save("his", ""))
}
