package main

import (
	"context"
	"time"
)

// rollUpEvery is how often quarters that are over are counted. A report counts
// by itself what is missing; this keeps it from having much to count.
const rollUpEvery = 5 * time.Minute

// rollUp counts every shop's figures until ctx ends, beginning at once.
func (in *installation) rollUp(ctx context.Context) {
	tick := time.NewTicker(rollUpEvery)
	defer tick.Stop()
	for {
		if err := in.insight.RollUpAll(ctx); err != nil && ctx.Err() == nil {
			in.log.Error("count the figures; reports count what is missing by themselves", "err", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
