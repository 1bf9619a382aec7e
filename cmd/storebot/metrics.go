package main

import (
	"storebot/rag"

	"github.com/prometheus/client_golang/prometheus"
)

// countReplies registers the count of stored replies by decision and reason,
// degraded ones (model_unavailable, model_slow, unsupported) among them.
func countReplies(reg prometheus.Registerer) func(rag.Decision, string) {
	replies := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "storebot_replies_total", Help: "Stored replies by decision and reason.",
	}, []string{"decision", "reason"})
	reg.MustRegister(replies)
	return func(d rag.Decision, reason string) { replies.WithLabelValues(string(d), reason).Inc() }
}

// registerState registers what an installation knows of itself, and of the
// model server if there is one.
func registerState(reg prometheus.Registerer, in *installation) {
	gauge := func(name, help string, read func() float64) {
		reg.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, read))
	}
	counter := func(name, help string, read func() float64) {
		reg.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, read))
	}
	counter("storebot_writer_commits_total", "Group commits of conversations and turns.", func() float64 { return float64(in.writer.Stats().Commits) })
	counter("storebot_writer_turns_total", "Conversations and turns stored.", func() float64 { return float64(in.writer.Stats().Turns) })
	gauge("storebot_writer_waiting", "Writes that wait for a commit.", func() float64 { return float64(in.writer.Stats().Waiting) })
	counter("storebot_shop_old_total", "Readings of shops' settings that failed: what was read last served.", func() float64 { return float64(in.shops.Old()) })
	gauge("storebot_index_shops", "Shops in memory.", func() float64 { return float64(in.cache.Stats().Shops) })
	gauge("storebot_index_bytes", "Memory that the shops' knowledge takes.", func() float64 { return float64(in.cache.Stats().Bytes) })
	counter("storebot_index_load_errors_total", "Shops that could not be loaded.", func() float64 { return float64(in.cache.Stats().LoadErrors) })
	counter("storebot_index_check_errors_total", "Version checks that failed: the database was away.", func() float64 { return float64(in.cache.Stats().CheckErrors) })
	counter("storebot_index_lexical_only_total", "Questions answered without a vector that should have had one.", func() float64 { return float64(in.cache.Stats().LexicalOnly) })
	server := in.models.server
	if server == nil {
		return
	}
	gauge("storebot_model_up", "1 if every configured model can be asked, 0 if one cannot.", in.models.up)
	gauge("storebot_model_waiting", "Requests that wait for the model.", func() float64 {
		return float64(server.Stats().ChatWaiting + server.Stats().EmbedWaiting)
	})
	counter("storebot_model_requests_total", "Requests to the model server.", func() float64 { return float64(server.Stats().Requests) })
	counter("storebot_model_failed_total", "Requests that failed.", func() float64 { return float64(server.Stats().Failed) })
	counter("storebot_model_rejected_total", "Requests refused early: the queue was full or the breaker open.", func() float64 { return float64(server.Stats().Rejected) })
	counter("storebot_model_interrupted_total", "Answers that broke off.", func() float64 { return float64(server.Stats().Interrupted) })
	counter("storebot_model_breaker_trips_total", "Times that a circuit breaker opened.", func() float64 { return float64(server.Stats().BreakerTrips) })
	counter("storebot_model_texts_refused_total", "Texts that the embedding model could not embed.", func() float64 { return float64(server.Stats().TextsRefused) })
}
