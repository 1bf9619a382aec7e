package ragrpc

import (
	"context"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/confidence"
	"storebot/tenant"
)

// AnsweringSettings keeps how shops answer.
type AnsweringSettings interface {
	Report(ctx context.Context, id tenant.ID) (rag.AnsweringReport, error)
	// Update holds for every question that is asked after it returned.
	Update(ctx context.Context, id tenant.ID, to rag.Answering) error
}

// Answering serves AnsweringService.
type Answering struct {
	Settings AnsweringSettings
	Model    bool // a model that writes is configured
}

var _ storebotv1connect.AnsweringServiceHandler = (*Answering)(nil)

// GetAnswering implements AnsweringServiceHandler.
func (a *Answering) GetAnswering(ctx context.Context, _ *storebotv1.GetAnsweringRequest) (*storebotv1.GetAnsweringResponse, error) {
	report, err := a.Settings.Report(ctx, tenant.CallerFrom(ctx).Tenant)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.GetAnsweringResponse{
		Answering: answering(report.Answering),
		Questions: int32(report.Questions), Labels: int32(report.Labels), Checks: int32(report.Checks),
		RatingsMissing: int32(report.Missing),
		ChecksMissing:  int32((report.Missing + confidence.CheckWeight - 1) / confidence.CheckWeight),

		ProductAnswers: int32(report.Products.Given), ProductRated: int32(report.Products.Rated), ProductHelped: int32(report.Products.Helped),

		DefaultEn:     defaultTexts("en"),
		DefaultZhHant: defaultTexts("zh-Hant"),
		DefaultZhHans: defaultTexts("zh-Hans"),
		Model:         a.Model,
	}
	for _, l := range report.Levels {
		level := &storebotv1.StrictnessLevel{
			Strictness: strictnesses[l.Name], TargetPrecision: l.Target, Threshold: l.Threshold, Learned: l.Learned,
			AnsweredShare: l.AnsweredShare, Labels: int32(l.Labels),
		}
		if l.Labels > 0 {
			level.Precision, level.PrecisionLow, level.PrecisionHigh = float64(l.Right)/float64(l.Labels), l.Low, l.High
		}
		res.Levels = append(res.Levels, level)
	}
	return res, nil
}

// UpdateAnswering implements AnsweringServiceHandler.
func (a *Answering) UpdateAnswering(ctx context.Context, req *storebotv1.UpdateAnsweringRequest) (*storebotv1.UpdateAnsweringResponse, error) {
	to := rag.Answering{
		Tone: rag.Plain, Budget: time.Duration(req.GetAnswering().GetAnswerBudgetMs()) * time.Millisecond,
		Texts: rag.FixedTexts{},
	}
	for name, s := range strictnesses {
		if s == req.GetAnswering().GetStrictness() {
			to.Strictness = name
		}
	}
	if req.GetAnswering().GetTone() == storebotv1.Tone_TONE_WARM {
		to.Tone = rag.Warm
	}
	for language, texts := range map[string]*storebotv1.FixedTexts{
		"en": req.GetAnswering().GetEn(), "zh-Hant": req.GetAnswering().GetZhHant(), "zh-Hans": req.GetAnswering().GetZhHans(),
	} {
		own := map[rag.FixedText]string{}
		for name, field := range fields(texts) {
			if text := rag.Plaintext(*field); text != "" {
				own[name] = text
			}
		}
		if len(own) > 0 {
			to.Texts[language] = own
		}
	}
	if err := a.Settings.Update(ctx, tenant.CallerFrom(ctx).Tenant, to); err != nil {
		return nil, err
	}
	return &storebotv1.UpdateAnsweringResponse{Answering: answering(to)}, nil
}

// strictnesses are the contract's names of the levels.
var strictnesses = map[string]storebotv1.Strictness{
	"very_sure": storebotv1.Strictness_STRICTNESS_VERY_SURE,
	"sure":      storebotv1.Strictness_STRICTNESS_SURE,
	"relaxed":   storebotv1.Strictness_STRICTNESS_RELAXED,
}

// fields are where each fixed text stands in the contract's message; nil has none.
func fields(t *storebotv1.FixedTexts) map[rag.FixedText]*string {
	if t == nil {
		return nil
	}
	return map[rag.FixedText]*string{
		rag.TextGreeting: &t.Greeting, rag.TextThanks: &t.Thanks, rag.TextGoodbye: &t.Goodbye, rag.TextRobot: &t.Robot,
		rag.TextPerson: &t.Person, rag.TextAbuse: &t.Abuse, rag.TextWordless: &t.Wordless, rag.TextAbstain: &t.Abstain,
		rag.TextNoKnowledge: &t.NoKnowledge, rag.TextClarify: &t.Clarify,
	}
}

func fixedTexts(of map[rag.FixedText]string) *storebotv1.FixedTexts {
	t := &storebotv1.FixedTexts{}
	for name, field := range fields(t) {
		*field = of[name]
	}
	return t
}

// defaultTexts are what is said in a language without words of the merchant's own.
func defaultTexts(language string) *storebotv1.FixedTexts {
	return fixedTexts(rag.DefaultTexts[language])
}

func answering(a rag.Answering) *storebotv1.Answering {
	out := &storebotv1.Answering{
		Strictness: strictnesses[a.Strictness], Tone: storebotv1.Tone_TONE_PLAIN, AnswerBudgetMs: int32(a.Budget.Milliseconds()),
		En: fixedTexts(a.Texts["en"]), ZhHant: fixedTexts(a.Texts["zh-Hant"]), ZhHans: fixedTexts(a.Texts["zh-Hans"]),
	}
	if a.Tone == rag.Warm {
		out.Tone = storebotv1.Tone_TONE_WARM
	}
	return out
}
