package insight

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func close2(a, b, by float64) bool { return math.Abs(a-b) <= by }

// 200 calls an hour of three minutes are ten Erlangs. Of the textbook example fourteen
// agents let 17.4 % wait and answer 88.8 % within twenty seconds.
func TestErlangC(t *testing.T) {
	q := Queue{PerHour: 200, Handle: 3 * time.Minute}
	if p := 1 - q.ServiceLevel(14, 0); !close2(p, .1741, .0001) {
		t.Errorf("%v wait", p)
	}
	if p := q.ServiceLevel(14, 20*time.Second); !close2(p, .8884, .0001) {
		t.Errorf("%v within 20 s", p)
	}
	if n, ok := q.Staff(.8, 20*time.Second); n != 14 || !ok {
		t.Errorf("%d, %v", n, ok)
	}
	if p := q.ServiceLevel(10, time.Hour); p != 0 {
		t.Errorf("a queue that grows for ever serves %v", p)
	}
	// One server is M/M/1: a share of load waits.
	if p := (Queue{PerHour: 5, Handle: 6 * time.Minute}).ServiceLevel(1, 0); !close2(p, .5, 1e-12) {
		t.Errorf("M/M/1: %v", p)
	}
}

// Endless patience is the limit of a long one, and none is Erlang B: who cannot be
// served at once is lost. B(10, 10) is 0.2146.
func TestErlangAHasErlangBAndCAtItsEnds(t *testing.T) {
	c, a := Queue{PerHour: 200, Handle: 3 * time.Minute}, Queue{PerHour: 200, Handle: 3 * time.Minute, Patience: 100_000 * time.Hour}
	for n := 11; n < 20; n++ {
		for _, wait := range []time.Duration{time.Second, 20 * time.Second, 3 * time.Minute} {
			if x, y := c.ServiceLevel(n, wait), a.ServiceLevel(n, wait); !close2(x, y, 1e-3) {
				t.Errorf("%d within %s: C %v, A %v", n, wait, x, y)
			}
		}
	}
	lost := Queue{PerHour: 200, Handle: 3 * time.Minute, Patience: time.Millisecond}
	if p := 1 - lost.ServiceLevel(10, time.Hour); !close2(p, .2146, .0002) {
		t.Errorf("B(10, 10): %v", p)
	}
}

// What the formula says is what happens when the queue is played.
func TestErlangAIsWhatAPlayedQueueDoes(t *testing.T) {
	for i, c := range []struct {
		q    Queue
		n    int
		wait time.Duration
	}{
		{Queue{PerHour: 30, Handle: 5 * time.Minute, Patience: 4 * time.Minute}, 3, time.Minute},
		{Queue{PerHour: 90, Handle: 4 * time.Minute, Patience: 10 * time.Minute}, 5, 2 * time.Minute}, // overloaded
		{Queue{PerHour: 2, Handle: 6 * time.Minute, Patience: 30 * time.Minute}, 1, 20 * time.Second},
	} {
		if got, want := c.q.ServiceLevel(c.n, c.wait), play(c.q, c.n, c.wait, 400_000, uint64(i)); !close2(got, want, .006) {
			t.Errorf("%+v, %d people: %v, played %v", c.q, c.n, got, want)
		}
	}
}

// play runs a queue, first come first served, and returns the share served within wait.
func play(q Queue, n int, wait time.Duration, arrivals int, seed uint64) float64 {
	r := rand.New(rand.NewPCG(seed, 4))
	free := make([]float64, n) // when each is free, in hours
	now, within := 0.0, 0
	for range arrivals {
		now += r.ExpFloat64() / q.PerHour
		first := 0
		for i := range free {
			if free[i] < free[first] {
				first = i
			}
		}
		waits := math.Max(0, free[first]-now)
		if waits > r.ExpFloat64()*q.Patience.Hours() {
			continue // left before; takes nobody's time
		}
		free[first] = now + waits + r.ExpFloat64()*q.Handle.Hours()
		if waits <= wait.Hours() {
			within++
		}
	}
	return float64(within) / float64(arrivals)
}

func TestMoreStaffServeMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := Queue{
			PerHour: rapid.Float64Range(0, 400).Draw(t, "per hour"), Handle: time.Duration(rapid.Int64Range(1, 3600).Draw(t, "handle")) * time.Second,
			Patience: time.Duration(rapid.Int64Range(0, 7200).Draw(t, "patience")) * time.Second,
		}
		n, wait := rapid.IntRange(0, 60).Draw(t, "n"), time.Duration(rapid.Int64Range(0, 3600).Draw(t, "wait"))*time.Second
		less, more, longer := q.ServiceLevel(n, wait), q.ServiceLevel(n+1, wait), q.ServiceLevel(n, wait+time.Minute)
		if !(less >= 0 && less <= 1+1e-9) || more < less-1e-9 || longer < less-1e-9 {
			t.Fatalf("%+v, %d: %v; one more %v, a minute more %v", q, n, less, more, longer)
		}
	})
}
