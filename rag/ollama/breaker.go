package ollama

import (
	"fmt"
	"sync"
	"time"

	"storebot/rag"
)

// State of a breaker, as doctor, console and metrics show it.
type State string

// Closed lets requests through. Open rejects them at once. HalfOpen rejects
// them too while one probe of our own is under way: a shopper is not the probe.
const (
	Closed   State = "closed"
	Open     State = "open"
	HalfOpen State = "half-open"
)

// A breaker stops asking a server that fails, so that a shopper gets the stored
// answer at once in place of one more timeout (M. Nygard, Release It!, 2007).
type breaker struct {
	after   int // failures in a row that open it
	openFor time.Duration
	now     func() time.Time

	mu       sync.Mutex
	state    State
	failures int
	opened   time.Time
	trips    int64
}

// allow returns nil when a request may be sent. Otherwise it returns
// rag.ErrModelUnavailable, and probe when the caller shall start the one probe
// whose outcome goes to success or failure.
func (b *breaker) allow() (probe bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch b.state {
	case Closed:
		return false, nil
	case Open:
		if b.now().Sub(b.opened) >= b.openFor {
			b.state, probe = HalfOpen, true
		}
	}
	return probe, fmt.Errorf("%w: it failed %d times in a row and is being left alone for a moment", rag.ErrModelUnavailable, b.failures)
}

// success closes it, from any state.
func (b *breaker) success() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.state, b.failures = Closed, 0
}

// failure counts one, and tells whether the breaker opened by it.
func (b *breaker) failure() (opened bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failures++
	if b.state == Open || (b.state == Closed && b.failures < b.after) {
		return false
	}
	opened = b.state == Closed
	if opened {
		b.trips++
	}
	b.state, b.opened = Open, b.now()
	return opened
}

func (b *breaker) read() (state State, trips int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state, b.trips
}
