package insight

import (
	"math"
	"time"
)

// A Queue is people who wait for staff: Erlang A, which is M/M/n+M. Shoppers come at
// random at a steady rate, each takes a staff member an exponential time, and each who
// waits leaves after an exponential patience.
//
// Sources: C. Palm, 1957; O. Garnett, A. Mandelbaum and M. Reiman, Designing a Call Center with
// Impatient Customers, M&SOM 4 (2002). With endless patience it is Erlang C.
type Queue struct {
	PerHour  float64       // arrivals
	Handle   time.Duration // mean of what one takes
	Patience time.Duration // mean; 0: endless
}

// maxStaff bounds what is looked for; a shop that needs more has a workforce planner.
const maxStaff = 500

// huge is where relative weights are scaled down, far from overflowing.
const huge = 1e200

// ServiceLevel returns the share of arrivals that n people serve within wait. Those who
// leave unserved count as not served.
//
// With c = nμ/θ, the factor by which impatience lets a queue drain, exp(-θV) of the wait V
// behind j others is Beta(c, j+1) distributed: it is a product of independent
// Beta(c+i, 1), one for each departure. A shopper in that place is served within t with the expectation of
// exp(-θV) over V <= t, which is c/(c+j+1) of the Beta(c+1, j+1) tail beyond exp(-θt).
func (q Queue) ServiceLevel(n int, wait time.Duration) float64 {
	arrivals, served := q.PerHour, float64(time.Hour)/float64(q.Handle)
	if arrivals <= 0 {
		return 1
	}
	if n <= 0 {
		return 0
	}
	load, staff := arrivals/served, float64(n)
	// The states of the queue relative to the one with n people in it.
	sum, state := 1.0, 1.0
	for k := n; k > 0; k-- { // below n
		state *= float64(k) / load
		if sum += state; sum > huge {
			return 1 // somebody is free for all but one in more than there are atoms
		}
	}
	free := sum - 1
	if q.Patience <= 0 {
		if load >= staff {
			return 0
		}
		sum += load / staff / (1 - load/staff)
		waiting := (sum - free) / sum
		return 1 - waiting*math.Exp(-(staff-load)*float64(wait)/float64(q.Handle))
	}
	leave := float64(time.Hour) / float64(q.Patience)
	c := staff * served / leave
	x := math.Exp(-float64(wait) / float64(q.Patience))
	// term is the logarithm of the j-th of the finite sum for the Beta distribution
	// at x with a whole second parameter; below is that sum.
	term := (c + 1) * math.Log(x)
	below, within := math.Exp(term), 0.0
	state = 1
	for j := 0; ; j++ {
		within += state * c / (c + float64(j) + 1) * (1 - math.Min(below, 1))
		drain := staff*served + float64(j+1)*leave
		state *= arrivals / drain
		if state < 1e-12*sum && arrivals < drain {
			break
		}
		sum += state
		term += math.Log((1 - x) * (c + 1 + float64(j)) / float64(j+1))
		below += math.Exp(term)
		if sum > huge { // an overload that only leaving ends
			state, sum, free, within = state/huge, sum/huge, free/huge, within/huge
		}
	}
	return (free + within) / sum
}

// Staff returns the fewest people that serve the share level within wait; ok is false
// when maxStaff cannot.
func (q Queue) Staff(level float64, wait time.Duration) (n int, ok bool) {
	for n = 0; n <= maxStaff; n++ {
		if q.ServiceLevel(n, wait) >= level {
			return n, true
		}
	}
	return maxStaff, false
}
