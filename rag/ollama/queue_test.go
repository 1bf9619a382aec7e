package ollama

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"storebot/rag"
)

func testQueue(slots, backgroundMax, limit int) *queue {
	return &queue{name: "test", slots: slots, backgroundMax: backgroundMax, limit: limit, wait: [2]time.Duration{live: time.Second, background: time.Minute}}
}

func TestLiveGoesBeforeBackground(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := testQueue(1, 1, 8)
		leave, err := q.enter(t.Context(), live)
		if err != nil {
			t.Fatal(err)
		}
		var order []urgency
		wait := func(u urgency) {
			leave, err := q.enter(t.Context(), u)
			if err != nil {
				t.Error(err)
				return
			}
			order = append(order, u)
			leave()
		}
		go wait(background)
		go wait(background)
		synctest.Wait()
		go wait(live)
		synctest.Wait()
		leave()
		synctest.Wait()
		if len(order) != 3 || order[0] != live {
			t.Errorf("order %v, want the live one first", order)
		}
		if running, waiting := q.depth(); running != 0 || waiting != 0 {
			t.Errorf("%d run and %d wait at the end", running, waiting)
		}
	})
}

func TestBackgroundLeavesASlotFree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := testQueue(2, 1, 8)
		first, err := q.enter(t.Context(), background)
		if err != nil {
			t.Fatal(err)
		}
		second := make(chan func(), 1)
		go func() {
			leave, err := q.enter(t.Context(), background)
			if err != nil {
				t.Error(err)
			}
			second <- leave
		}()
		synctest.Wait()
		if len(second) != 0 {
			t.Fatal("background took both slots")
		}
		start := time.Now()
		leave, err := q.enter(t.Context(), live)
		if err != nil || time.Since(start) != 0 {
			t.Fatalf("a live request waited %s, %v", time.Since(start), err)
		}
		leave()
		first()
		(<-second)()
	})
}

func TestQueueRejectsEarly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := testQueue(1, 1, 1)
		leave, err := q.enter(t.Context(), live)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(400 * time.Millisecond) // virtual time: a slot is held this long
		leave()
		leave, err = q.enter(t.Context(), live)
		if err != nil {
			t.Fatal(err)
		}

		// One slot takes 400 ms: who has 100 ms is told so at once.
		short, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		start := time.Now()
		if _, err := q.enter(short, live); !errors.Is(err, rag.ErrModelUnavailable) || time.Since(start) != 0 {
			t.Errorf("got %v after %s, want %v at once", err, time.Since(start), rag.ErrModelUnavailable)
		}

		// One may wait; the next finds the queue full.
		failed := make(chan error, 1)
		go func() {
			_, err := q.enter(t.Context(), live)
			failed <- err
		}()
		synctest.Wait()
		if _, err := q.enter(t.Context(), live); !errors.Is(err, rag.ErrModelUnavailable) {
			t.Errorf("a full queue: got %v", err)
		}

		// The one that waits gives up after the queue's own time.
		start = time.Now()
		if err := <-failed; !errors.Is(err, rag.ErrModelUnavailable) || time.Since(start) != time.Second {
			t.Errorf("got %v after %s, want %v after 1s", err, time.Since(start), rag.ErrModelUnavailable)
		}
		leave()
	})
}

func TestCancelledWaiterLeavesTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := testQueue(1, 1, 8)
		leave, err := q.enter(t.Context(), live)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error, 1)
		go func() {
			_, err := q.enter(ctx, live)
			failed <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		leave()
		leave() // twice gives one slot back
		again, err := q.enter(t.Context(), live)
		if err != nil {
			t.Fatal(err)
		}
		if running, waiting := q.depth(); running != 1 || waiting != 0 {
			t.Errorf("%d run and %d wait, want 1 and 0", running, waiting)
		}
		again()
	})
}

// A waiter that gives up in the moment in which it gets its slot passes it on.
func TestSlotGivenToOneWhoLeftIsNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := testQueue(1, 1, 8)
		if _, err := q.enter(t.Context(), live); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error, 1)
		go func() {
			_, err := q.enter(ctx, live)
			failed <- err
		}()
		synctest.Wait()
		q.mu.Lock()
		cancel()
		q.running[live]-- // as leave does, while the waiter cannot take itself off
		q.grant()
		q.mu.Unlock()
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if running, waiting := q.depth(); running != 0 || waiting != 0 {
			t.Errorf("%d run and %d wait, want none", running, waiting)
		}
	})
}
