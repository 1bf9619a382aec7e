package ragpg_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

// BenchmarkWriteTurn stores turns from 1, 16 and 256 callers at once.
func BenchmarkWriteTurn(b *testing.B) {
	for _, callers := range []int{1, 16, 256} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) {
			d := newDesk(b)
			before := d.Stats()
			var left atomic.Int64
			left.Store(int64(b.N))
			b.ResetTimer()
			var wait sync.WaitGroup
			for range callers {
				wait.Go(func() {
					for left.Add(-1) >= 0 {
						if _, _, err := d.WriteTurn(b.Context(), d.shop, d.turn("How long does it take?")); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wait.Wait()
			b.StopTimer()
			after := d.Stats()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
			b.ReportMetric(float64(after.Turns-before.Turns)/float64(after.Commits-before.Commits), "turns/commit")
		})
	}
}
