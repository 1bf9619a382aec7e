package main

import (
	"testing"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
)

// A merchant is an owner who is logged in at the console.
type merchant struct {
	*browser
	knowledge storebotv1connect.KnowledgeServiceClient
	me        *storebotv1.Me
}

// signUp makes a shop as anybody may, whose widget may stand on the server's
// own pages.
func signUp(t *testing.T, base, email string) merchant {
	t.Helper()
	m := merchant{browser: newBrowser(t, base, "")}
	m.knowledge = storebotv1connect.NewKnowledgeServiceClient(m.client())
	res, err := storebotv1connect.NewAccountServiceClient(m.client()).SignUp(t.Context(), &storebotv1.SignUpRequest{
		ShopName: "Shop of " + email, Email: email, Password: "a long enough password", Language: "en", TimeZone: "Asia/Taipei",
	})
	if err != nil {
		t.Fatalf("sign up: %v", err)
	}
	m.me = res.GetMe()
	_, err = storebotv1connect.NewTenantServiceClient(m.client()).SetAllowedOrigins(t.Context(), &storebotv1.SetAllowedOriginsRequest{AllowedOrigins: []string{base}})
	if err != nil {
		t.Fatalf("allow the origin: %v", err)
	}
	return m
}

// visit is a shopper's browser on a page with this shop's widget.
func (m merchant) visit(t *testing.T) *browser {
	t.Helper()
	res, err := storebotv1connect.NewTenantServiceClient(m.client()).GetTenant(t.Context(), &storebotv1.GetTenantRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return newBrowser(t, m.base, res.GetTenant().GetPublishableKey())
}

// upload stages and commits a sheet of valid rows and returns the import's id.
func (m merchant) upload(t *testing.T, content []byte) string {
	t.Helper()
	staged, err := m.knowledge.StageImport(t.Context(), &storebotv1.StageImportRequest{FileName: "faq.csv", Content: content})
	if err != nil {
		t.Fatalf("stage: %v", err)
	}
	id := staged.GetImport().GetId()
	if id == "" || staged.GetImport().GetInvalidRows() > 0 {
		t.Fatalf("staged %v", staged)
	}
	if _, err := m.knowledge.CommitImport(t.Context(), &storebotv1.CommitImportRequest{ImportId: id, OnChange: storebotv1.OnChange_ON_CHANGE_OVERWRITE}); err != nil {
		t.Fatalf("commit: %v", err)
	}
	return id
}

// uploaded is upload, and waits for the end.
func (m merchant) uploaded(t *testing.T, content []byte) {
	t.Helper()
	id := m.upload(t, content)
	eventually(t, "the import is done", func() bool {
		res, err := m.knowledge.GetImport(t.Context(), &storebotv1.GetImportRequest{ImportId: id})
		if err != nil || res.GetImport().GetState() == storebotv1.ImportState_IMPORT_STATE_FAILED {
			t.Fatalf("import: %v, %v", res, err)
		}
		return res.GetImport().GetState() == storebotv1.ImportState_IMPORT_STATE_DONE
	})
}
