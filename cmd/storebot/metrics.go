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

// registerState registers what an installation knows of itself.
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
	gauge("storebot_index_shops", "Shops in memory.", func() float64 { return float64(in.cache.Stats().Shops) })
	gauge("storebot_index_bytes", "Memory that the shops' knowledge takes.", func() float64 { return float64(in.cache.Stats().Bytes) })
	counter("storebot_index_load_errors_total", "Shops that could not be loaded.", func() float64 { return float64(in.cache.Stats().LoadErrors) })
	counter("storebot_index_check_errors_total", "Version checks that failed: the database was away.", func() float64 { return float64(in.cache.Stats().CheckErrors) })
	counter("storebot_index_lexical_only_total", "Questions answered without a vector that should have had one.", func() float64 { return float64(in.cache.Stats().LexicalOnly) })
}
