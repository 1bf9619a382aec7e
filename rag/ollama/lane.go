package ollama

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// A lane is the way to one model: its queue, its breaker, and what is known of
// the model that stands under its name.
type lane struct {
	name    string
	queue   *queue
	breaker *breaker
	load    func(context.Context) error // makes the server load the model
	warming atomic.Bool
	faults  atomic.Int64 // failures so far: after one, the server may be another

	mu       sync.Mutex
	digest   string
	checked  time.Time
	checkedN int64 // value of faults at that time
}

func (s *Server) newLane(name string, slots, backgroundMax int, load func(context.Context) error) *lane {
	return &lane{
		name: name,
		queue: &queue{name: name, slots: slots, backgroundMax: backgroundMax, limit: s.cfg.QueueLimit,
			wait: [2]time.Duration{live: s.cfg.QueueWait, background: s.cfg.BatchWait}},
		breaker: &breaker{after: s.cfg.OpenAfter, openFor: s.cfg.OpenFor, now: s.cfg.Now, state: Closed},
		load:    load,
	}
}

// do is the one gate: breaker, queue, slot, call, verdict. The error of call is
// a *fault, or the context's.
func (s *Server) do(ctx context.Context, l *lane, u urgency, call func(context.Context) error) error {
	leave, err := s.admit(ctx, l, u)
	if err != nil {
		return err
	}
	defer leave()
	err = call(ctx)
	s.record(ctx, l, err)
	return err
}

// admit waits for a slot and returns how to give it back.
func (s *Server) admit(ctx context.Context, l *lane, u urgency) (leave func(), err error) {
	if err := s.pass(l); err != nil {
		return nil, err
	}
	leave, err = l.queue.enter(ctx, u)
	if err != nil {
		s.counts.rejected.Add(1)
		return nil, err
	}
	// The server may have failed while this request waited.
	if err := s.pass(l); err != nil {
		leave()
		return nil, err
	}
	s.counts.requests.Add(1)
	return leave, nil
}

func (s *Server) pass(l *lane) error {
	probe, err := l.breaker.allow()
	if probe {
		s.warm(l)
	}
	if err != nil {
		s.counts.rejected.Add(1)
	}
	return err
}

// record is the verdict on one call. A caller who went away says nothing about
// the server; one whose time ran out does, and the model may have to be loaded
// without anybody waiting: the server gives a load up when its client is gone.
func (s *Server) record(ctx context.Context, l *lane, err error) {
	var f *fault
	errors.As(err, &f)
	switch {
	case err == nil:
		s.counts.completed.Add(1)
		l.breaker.success()
	case f != nil && f.broken:
		s.fail(l, err)
	case errors.Is(ctx.Err(), context.Canceled) && !errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		// The caller left. A cause that is a deadline says that it waited too long.
		s.counts.cancelled.Add(1)
	case f != nil:
		// The server answers, only not this request.
		s.counts.failed.Add(1)
		s.last.set(err, s.cfg.Now())
	case ctx.Err() != nil:
		s.fail(l, fmt.Errorf("%s: the caller's time ran out: %w", l.name, ctx.Err()))
		s.warm(l)
	default:
		// The caller's own emit failed: the server did its part.
		s.counts.completed.Add(1)
		l.breaker.success()
	}
}

func (s *Server) fail(l *lane, err error) {
	l.faults.Add(1)
	s.counts.failed.Add(1)
	s.last.set(err, s.cfg.Now())
	if l.breaker.failure() {
		s.cfg.Log.Warn("ollama: breaker opened", "lane", l.name, "error", err)
	}
}

// Warm starts loading the configured models in the background, so that the
// first shopper need not wait for that.
func (s *Server) Warm() {
	s.warm(s.embed)
	s.warm(s.chat)
}

// warm asks the server to load the lane's model, in the background and at most
// once at a time, and tells the breaker how that went.
func (s *Server) warm(l *lane) {
	if !l.warming.CompareAndSwap(false, true) {
		return
	}
	s.work.Go(func() {
		ctx, cancel := context.WithTimeout(s.ctx, s.cfg.LoadWithin)
		defer cancel()
		err := s.reach(ctx)
		if err == nil {
			err = l.load(ctx)
		}
		// Before the verdict: a caller who finds a warm-up running may count on a
		// verdict that is still to come.
		l.warming.Store(false)
		if err != nil {
			s.fail(l, err)
			return
		}
		if state, _ := l.breaker.read(); state != Closed {
			s.cfg.Log.Info("ollama: breaker closed", "lane", l.name)
		}
		l.breaker.success()
	})
}

// reach tells a dead server from one that loads slowly.
func (s *Server) reach(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, asideWithin)
	defer cancel()
	if _, err := s.api.Version(ctx); err != nil {
		return judge(err, "")
	}
	return nil
}

// asideWithin bounds requests that need no model: version and lists.
const asideWithin = 2 * time.Second
