package ollama

import "sync/atomic"

// Stats are counts since the server was made by New.
type Stats struct {
	Requests     int64 // sent to the server
	Completed    int64
	Failed       int64 // the server failed or refused, or the caller's time ran out
	Cancelled    int64 // the caller went away
	Rejected     int64 // never sent: breaker open, queue full, waited too long
	Interrupted  int64 // answers that broke off after their first words
	Truncated    int64 // answers that reached their limit of tokens
	BreakerTrips int64
	Texts        int64 // embedded
	TextsRefused int64 // given a zero vector (passage) or ErrTextRefused (query)
	TokensRead   int64 // of prompts, as the server counted them
	TokensMade   int64 // of answers

	ChatRunning, ChatWaiting   int
	EmbedRunning, EmbedWaiting int
}

type counters struct {
	requests, completed, failed, cancelled, rejected atomic.Int64
	interrupted, truncated, texts, refused           atomic.Int64
	tokensRead, tokensMade                           atomic.Int64
}

// Stats reads the counts; it asks the server nothing.
func (s *Server) Stats() Stats {
	c := &s.counts
	_, chatTrips := s.chat.breaker.read()
	_, embedTrips := s.embed.breaker.read()
	out := Stats{
		Requests: c.requests.Load(), Completed: c.completed.Load(), Failed: c.failed.Load(),
		Cancelled: c.cancelled.Load(), Rejected: c.rejected.Load(),
		Interrupted: c.interrupted.Load(), Truncated: c.truncated.Load(), BreakerTrips: chatTrips + embedTrips,
		Texts: c.texts.Load(), TextsRefused: c.refused.Load(),
		TokensRead: c.tokensRead.Load(), TokensMade: c.tokensMade.Load(),
	}
	out.ChatRunning, out.ChatWaiting = s.chat.queue.depth()
	out.EmbedRunning, out.EmbedWaiting = s.embed.queue.depth()
	return out
}
