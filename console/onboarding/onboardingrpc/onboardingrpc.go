// Package onboardingrpc answers OnboardingService: it maps the set-up and the
// starter packs onto the contract and decides nothing.
package onboardingrpc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"storebot/console/onboarding"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/rag/starter"
	"storebot/tenant"
)

// Store keeps how far shops are.
type Store interface {
	// Facts returns tenant.ErrNotFound for a shop that is not there.
	Facts(ctx context.Context, id tenant.ID) (onboarding.Facts, error)
	Pass(ctx context.Context, id tenant.ID, step onboarding.Step) error
}

// Imports takes sheets in, as ragrpc.Imports does.
type Imports interface {
	Stage(ctx context.Context, id tenant.ID, name string, file io.ReaderAt, size int64, opts sheet.Options) (rag.Import, error)
}

// Service serves OnboardingService.
type Service struct {
	store   Store
	imports Imports
}

var _ storebotv1connect.OnboardingServiceHandler = (*Service)(nil)

// New returns a Service over store; imports takes the filled packs in.
func New(store Store, imports Imports) *Service { return &Service{store, imports} }

// GetOnboarding implements OnboardingServiceHandler.
func (s *Service) GetOnboarding(ctx context.Context, _ *storebotv1.GetOnboardingRequest) (*storebotv1.GetOnboardingResponse, error) {
	o, err := s.onboarding(ctx, tenant.CallerFrom(ctx).Tenant)
	return &storebotv1.GetOnboardingResponse{Onboarding: o}, err
}

// PassStep implements OnboardingServiceHandler.
func (s *Service) PassStep(ctx context.Context, req *storebotv1.PassStepRequest) (*storebotv1.PassStepResponse, error) {
	id := tenant.CallerFrom(ctx).Tenant
	for step, proto := range steps {
		if proto == req.GetStep() {
			if err := s.store.Pass(ctx, id, step); err != nil {
				return nil, err
			}
		}
	}
	o, err := s.onboarding(ctx, id)
	return &storebotv1.PassStepResponse{Onboarding: o}, err
}

func (s *Service) onboarding(ctx context.Context, id tenant.ID) (*storebotv1.Onboarding, error) {
	facts, err := s.store.Facts(ctx, id)
	if err != nil {
		return nil, err
	}
	o := &storebotv1.Onboarding{Current: steps[facts.Current()]}
	for _, p := range facts.Progress() {
		o.Steps = append(o.Steps, &storebotv1.OnboardingProgress{Step: steps[p.Step], Done: p.Done, Passed: p.Passed})
	}
	return o, nil
}

var steps = map[onboarding.Step]storebotv1.OnboardingStep{
	onboarding.Shop:     storebotv1.OnboardingStep_ONBOARDING_STEP_SHOP,
	onboarding.Entries:  storebotv1.OnboardingStep_ONBOARDING_STEP_ENTRIES,
	onboarding.Try:      storebotv1.OnboardingStep_ONBOARDING_STEP_TRY,
	onboarding.Page:     storebotv1.OnboardingStep_ONBOARDING_STEP_PAGE,
	onboarding.Baseline: storebotv1.OnboardingStep_ONBOARDING_STEP_BASELINE,
}

// GetStarterPack implements OnboardingServiceHandler.
func (s *Service) GetStarterPack(_ context.Context, req *storebotv1.GetStarterPackRequest) (*storebotv1.GetStarterPackResponse, error) {
	entries, err := starter.Entries(starter.Trade(req.GetTrade()), req.GetLanguage())
	if err != nil {
		return nil, err
	}
	res := &storebotv1.GetStarterPackResponse{}
	for _, e := range entries {
		res.Entries = append(res.Entries, &storebotv1.StarterEntry{
			Question: e.Question, Answer: e.Answer, Category: e.Category, Phrasings: e.Phrasings, Facts: e.Facts(),
		})
	}
	return res, nil
}

// StageStarterPack implements OnboardingServiceHandler.
func (s *Service) StageStarterPack(ctx context.Context, req *storebotv1.StageStarterPackRequest) (*storebotv1.StageStarterPackResponse, error) {
	facts, place := map[string]string{}, map[string]int{}
	for i, f := range req.GetFacts() {
		facts[f.GetName()], place[f.GetName()] = f.GetText(), i
	}
	entries, err := starter.Fill(starter.Trade(req.GetTrade()), req.GetLanguage(), facts)
	var wrong *starter.FactError
	switch {
	case errors.As(err, &wrong):
		return nil, &tenant.FieldError{
			Path: fmt.Sprintf("facts[%d]", place[wrong.Fact]), Rule: "fact." + wrong.Rule,
			Message: fmt.Sprintf("the fact %s cannot be taken: it is %s for this trade's pack", wrong.Fact, strings.ReplaceAll(wrong.Rule, "_", " ")),
		}
	case err != nil:
		return nil, err
	case len(entries) == 0:
		return nil, &rag.InputError{Code: "no_facts", Message: "no fact of the shop was given", Cure: "fill in at least one; an entry is made of each"}
	}
	var file bytes.Buffer
	err = sheet.WriteCSV(&file, func(yield func(sheet.Row, error) bool) {
		for _, e := range entries {
			if !yield(sheet.Row{Question: e.Question, Answer: e.Answer, Category: e.Category, Language: req.GetLanguage(), Phrasings: e.Phrasings}, nil) {
				return
			}
		}
	})
	if err != nil {
		return nil, err
	}
	m, err := s.imports.Stage(ctx, tenant.CallerFrom(ctx).Tenant, "starter-"+req.GetTrade()+".csv", bytes.NewReader(file.Bytes()), int64(file.Len()), sheet.Options{})
	if err != nil {
		return nil, err
	}
	return &storebotv1.StageStarterPackResponse{ImportId: m.ID.String()}, nil
}
