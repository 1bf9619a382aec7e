package gateway

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/uuid"
	"google.golang.org/protobuf/proto"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/lexical"
	"storebot/rag/starter"
	"storebot/tenant"
)

// TestEveryStarterPackAnswersItsOwnQuestions fills in each pack, saves it as a merchant
// does, and asks for every entry its question and all its phrasings.
func TestEveryStarterPackAnswersItsOwnQuestions(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	for _, language := range []string{"en", "zh-Hant", "zh-Hans"} {
		for _, trade := range starter.Trades {
			t.Run(language+"/"+string(trade), func(t *testing.T) {
				s := w.newShop(t)
				ask[*storebotv1.UpdateTenantResponse](t, w, s, storebotv1connect.TenantServiceUpdateTenantProcedure,
					&storebotv1.UpdateTenantRequest{Name: "Shop", Language: language, TimeZone: "UTC"})
				pack := w.startWith(t, s, string(trade), language)
				saved := ask[*storebotv1.ListEntriesResponse](t, w, s, storebotv1connect.KnowledgeServiceListEntriesProcedure,
					&storebotv1.ListEntriesRequest{PageSize: 200})
				byQuestion := map[string]*storebotv1.Entry{}
				for _, e := range saved.GetEntries() {
					if e.GetId() != s.entry.String() {
						byQuestion[e.GetQuestion()] = e
					}
				}
				if len(byQuestion) != len(pack) {
					t.Fatalf("%d entries were saved of a pack of %d", len(byQuestion), len(pack))
				}
				for _, given := range pack {
					e := byQuestion[given.GetQuestion()]
					if e == nil {
						t.Errorf("%q was not saved", given.GetQuestion())
						continue
					}
					for _, text := range append([]string{e.GetQuestion(), e.GetAnswer(), e.GetCategory()}, e.GetPhrasings()...) {
						inItsScript(t, text, language)
					}
					for _, text := range append([]string{given.GetQuestion()}, given.GetPhrasings()...) {
						w.answersWith(t, s, text, e)
					}
				}
			})
		}
	}
}

// startWith saves a pack of which every fact is given, and returns it as it was offered.
func (w *world) startWith(t *testing.T, s *shop, trade, language string) []*storebotv1.StarterEntry {
	t.Helper()
	pack := ask[*storebotv1.GetStarterPackResponse](t, w, s, storebotv1connect.OnboardingServiceGetStarterPackProcedure,
		&storebotv1.GetStarterPackRequest{Trade: trade, Language: language}).GetEntries()
	stage, named := &storebotv1.StageStarterPackRequest{Trade: trade, Language: language}, map[string]bool{}
	for _, e := range pack {
		for _, fact := range e.GetFacts() {
			if !named[fact] {
				named[fact] = true
				stage.Facts = append(stage.Facts, &storebotv1.StarterFact{Name: fact, Text: "(1234)"})
			}
		}
	}
	staged := ask[*storebotv1.StageStarterPackResponse](t, w, s, storebotv1connect.OnboardingServiceStageStarterPackProcedure, stage).GetImportId()
	ask[*storebotv1.CommitImportResponse](t, w, s, storebotv1connect.KnowledgeServiceCommitImportProcedure,
		&storebotv1.CommitImportRequest{ImportId: staged, OnChange: storebotv1.OnChange_ON_CHANGE_SKIP})
	// The job's part: no worker runs in this world.
	for {
		m, err := w.knowledge.Step(t.Context(), s.id, uuid.MustParse(staged))
		if err != nil {
			t.Fatal(err)
		}
		if m.State != rag.Running {
			break
		}
	}
	m := ask[*storebotv1.GetImportResponse](t, w, s, storebotv1connect.KnowledgeServiceGetImportProcedure,
		&storebotv1.GetImportRequest{ImportId: staged}).GetImport()
	if m.GetState() != storebotv1.ImportState_IMPORT_STATE_DONE || int(m.GetCreatedRows()) != len(pack) {
		t.Fatalf("of %d entries: %v", len(pack), m)
	}
	return pack
}

// answersWith asks text, and wants e first, in an answer or among what is offered.
func (w *world) answersWith(t *testing.T, s *shop, text string, e *storebotv1.Entry) {
	t.Helper()
	got, err := w.call(t, s.member(tenant.Owner), storebotv1connect.KnowledgeServiceTryQuestionProcedure, &storebotv1.TryQuestionRequest{Question: text})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	first, decision := "", storebotv1.Decision_DECISION_UNSPECIFIED
	for _, message := range got {
		shopper := message.(*storebotv1.TryQuestionResponse).GetShopper()
		if m := shopper.GetMatch(); m.GetNumber() == 1 {
			first = m.GetQuestion()
		}
		if done := shopper.GetDone(); done != nil {
			decision = done.GetDecision()
			if sources := done.GetSources(); len(sources) > 0 && first == "" {
				first = sources[0].GetQuestion()
			}
		}
	}
	if first != e.GetQuestion() || decision == storebotv1.Decision_DECISION_ABSTAIN {
		t.Errorf("%q finds %q (%v), not %q", text, first, decision, e.GetQuestion())
	}
}

// inItsScript says that text has no gap left and no letter that its language does not have.
func inItsScript(t *testing.T, text, language string) {
	t.Helper()
	if text == "" || strings.ContainsAny(text, "{}") {
		t.Errorf("%q has a gap", text)
	}
	han := strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	detected := lexical.Language(text)
	if language == "en" && han || strings.HasPrefix(detected, "zh-") && detected != language {
		t.Errorf("%q is in %s, not in %s", text, detected, language)
	}
}

// ask calls as the shop's owner a method that answers with one T.
func ask[T proto.Message](t *testing.T, w *world, s *shop, procedure string, req proto.Message) T {
	t.Helper()
	got, err := w.call(t, s.member(tenant.Owner), procedure, req)
	if err != nil {
		t.Fatalf("%s: %v", procedure, err)
	}
	return got[0].(T)
}
