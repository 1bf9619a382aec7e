package gateway

import (
	"fmt"
	"strings"
	"testing"

	"connectrpc.com/connect/v2"
	"google.golang.org/protobuf/proto"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"
)

// Whoever changes, restores, deletes or brings back a product is the session's account:
// every member sees it, and only who may change products may bring a version back.
func TestAProductSaysWhoChangedIt(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	ask := func(role tenant.Role, procedure string, req proto.Message) (proto.Message, error) {
		t.Helper()
		got, err := w.call(t, s.member(role), procedure, req)
		if err != nil {
			return nil, err
		}
		return got[0], nil
	}
	must := func(role tenant.Role, procedure string, req proto.Message) proto.Message {
		t.Helper()
		got, err := ask(role, procedure, req)
		if err != nil {
			t.Fatalf("%s: %v", procedure, err)
		}
		return got
	}
	id := s.product.String()
	list := &storebotv1.ListProductRevisionsRequest{ProductId: id}
	past := func() (found *storebotv1.ListProductRevisionsResponse, told string) {
		t.Helper()
		found = must(tenant.Agent, storebotv1connect.ProductServiceListProductRevisionsProcedure, list).(*storebotv1.ListProductRevisionsResponse)
		var out []string
		for _, r := range found.GetRevisions() {
			by, _, _ := strings.Cut(r.GetBy(), "@")
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s by %s %s", strings.TrimPrefix(r.GetKind().String(), "CHANGE_KIND_"), by, r.GetFileName())))
		}
		return found, strings.Join(out, ", ")
	}
	before, told := past()
	if want := "EDIT by manager, CREATE by owner"; told != want {
		t.Fatalf("its past is %s, want %s", told, want)
	}
	back := &storebotv1.RestoreProductRevisionRequest{ProductId: id, RevisionId: before.GetRevisions()[1].GetId()}
	if _, err := ask(tenant.Agent, storebotv1connect.ProductServiceRestoreProductRevisionProcedure, back); connect.CodeOf(err) != connect.CodePermissionDenied {
		t.Errorf("an agent restores: %v", err)
	}
	restored := must(tenant.Owner, storebotv1connect.ProductServiceRestoreProductRevisionProcedure, back).(*storebotv1.RestoreProductRevisionResponse)
	if restored.GetProduct().Stock != nil || restored.GetChange() == "" {
		t.Errorf("restored %+v", restored)
	}
	must(tenant.Manager, storebotv1connect.KnowledgeServiceUndoChangeProcedure, &storebotv1.UndoChangeRequest{ChangeId: restored.GetChange()})
	gone := must(tenant.Owner, storebotv1connect.ProductServiceDeleteProductsProcedure, &storebotv1.DeleteProductsRequest{Ids: []string{id}}).(*storebotv1.DeleteProductsResponse)
	if _, err := ask(tenant.Agent, storebotv1connect.ProductServiceListProductRevisionsProcedure, list); connect.CodeOf(err) != connect.CodeNotFound {
		t.Errorf("a deleted product has a past: %v", err)
	}
	undone := must(tenant.Owner, storebotv1connect.KnowledgeServiceUndoChangeProcedure, &storebotv1.UndoChangeRequest{ChangeId: gone.GetChange()}).(*storebotv1.UndoChangeResponse)
	if undone.GetRestored() != 1 {
		t.Errorf("brought back %+v", undone)
	}
	if _, told = past(); told != "UNDO by owner, DELETE by owner, UNDO by manager, RESTORE by owner, EDIT by manager, CREATE by owner" {
		t.Errorf("its past is %s", told)
	}
	must(tenant.Manager, storebotv1connect.ProductServiceSaveProductProcedure, &storebotv1.SaveProductRequest{Product: &storebotv1.Product{Id: id, Sku: "elsewhere", Name: "Tea"}})
	must(tenant.Manager, storebotv1connect.ProductServiceSaveProductProcedure, &storebotv1.SaveProductRequest{Product: &storebotv1.Product{Sku: s.canary, Name: "Another"}})
	_, err := ask(tenant.Owner, storebotv1connect.ProductServiceRestoreProductRevisionProcedure, back)
	if fields := problemOf(t, err).GetFields(); connect.CodeOf(err) != connect.CodeInvalidArgument || len(fields) != 1 || fields[0].GetPath() != "product.sku" {
		t.Errorf("a SKU that is taken: %v, %v", err, fields)
	}
}
