package gateway

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics counts calls. The zero value and nil count nothing.
type Metrics struct {
	calls *prometheus.CounterVec
	took  *prometheus.HistogramVec
}

// NewMetrics registers the gateway's metrics with reg.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	m := &Metrics{
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "storebot_calls_total", Help: "RPC calls by procedure and code.",
		}, []string{"procedure", "code"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "storebot_call_seconds", Help: "Duration of RPC calls.",
			Buckets: []float64{.0005, .001, .002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"procedure"}),
	}
	reg.MustRegister(m.calls, m.took)
	return m
}

func (m *Metrics) call(procedure, code string, took time.Duration) {
	if m == nil || m.calls == nil {
		return
	}
	m.calls.WithLabelValues(procedure, code).Inc()
	m.took.WithLabelValues(procedure).Observe(took.Seconds())
}
