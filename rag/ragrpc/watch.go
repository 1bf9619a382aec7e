package ragrpc

import (
	"context"
	"errors"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/tenant"
)

// How often a stream says that it lives, and how soon it tries again to read
// what the database could not give.
const (
	heartbeatEvery = 15 * time.Second
	readAgain      = 2 * time.Second
)

// Watch implements ShopperServiceHandler. What wakes it says nothing: it sends
// what is stored past the position that the client has, so that nothing is lost and
// nothing comes twice.
func (s *Shopper) Watch(ctx context.Context, req *storebotv1.WatchRequest, stream storebotv1connect.ShopperServiceWatchServerStream) error {
	id, conv, err := s.conversation(ctx, req.GetConversationToken())
	if err != nil {
		return err
	}
	watch := s.Hub.WatchConversation(id, conv.ID) // before the first reading: what comes after it wakes
	defer watch.Stop()
	w := shopperWatch{s: s, tenant: id, conv: conv, stream: stream, position: int(req.GetAfter())}
	if err := w.read(ctx); err != nil {
		return err
	}
	watch.Seen(w.hold.Position)
	beat := time.NewTimer(heartbeatEvery)
	defer beat.Stop()
	pause := heartbeatEvery
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-watch.Done():
			return nil // the client comes again, and here or elsewhere goes on
		case <-watch.Wake():
			pause, err = w.woken(ctx, watch.Typing())
		case <-beat.C:
			if pause == readAgain {
				pause, err = w.woken(ctx, false)
			} else {
				err = stream.Send(&storebotv1.WatchResponse{Event: &storebotv1.WatchResponse_Heartbeat{Heartbeat: &storebotv1.Heartbeat{}}})
			}
		}
		if err != nil {
			return err
		}
		beat.Reset(pause)
	}
}

type shopperWatch struct {
	s        *Shopper
	tenant   tenant.ID
	conv     rag.Conversation
	stream   storebotv1connect.ShopperServiceWatchServerStream
	position int
	hold     rag.Hold // as sent last
}

// woken reads and sends, and returns when to go on: a database that is away
// does not end the stream.
func (w *shopperWatch) woken(ctx context.Context, typing bool) (time.Duration, error) {
	before := w.position
	switch err := w.read(ctx); {
	case errors.Is(err, rag.ErrStorage):
		return readAgain, w.stream.Send(&storebotv1.WatchResponse{Event: &storebotv1.WatchResponse_Heartbeat{Heartbeat: &storebotv1.Heartbeat{}}})
	case err != nil:
		return 0, err
	}
	if typing && w.position == before {
		return heartbeatEvery, w.stream.Send(&storebotv1.WatchResponse{Event: &storebotv1.WatchResponse_Typing{Typing: &storebotv1.Typing{}}})
	}
	return heartbeatEvery, nil
}

// read sends what is past the position: the messages, then the hold if it
// changed. A widget listens no more once no person has the conversation: by
// then it has all that a person said.
func (w *shopperWatch) read(ctx context.Context) error {
	for {
		hold, list, err := w.s.People.After(ctx, w.tenant, w.conv.ID, w.position)
		if err != nil {
			return err
		}
		for _, m := range list {
			if err := w.stream.Send(&storebotv1.WatchResponse{Event: &storebotv1.WatchResponse_Message{Message: messageProto(m)}}); err != nil {
				return err
			}
			w.position = m.Position
		}
		if len(list) == 0 || w.position >= hold.Position {
			return w.stand(ctx, hold)
		}
	}
}

// stand sends where the conversation stands, unless that was sent last.
func (w *shopperWatch) stand(ctx context.Context, hold rag.Hold) error {
	before := w.hold
	w.hold = hold
	if before.State == hold.State && before.Since.Equal(hold.Since) {
		return nil
	}
	standing, err := w.s.People.Stand(ctx, w.tenant, w.conv, hold, w.s.Now())
	if err != nil {
		w.hold = before
		return err
	}
	return w.stream.Send(&storebotv1.WatchResponse{Event: &storebotv1.WatchResponse_HandOver{HandOver: standingProto(standing)}})
}
