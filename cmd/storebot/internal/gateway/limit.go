package gateway

import (
	"context"
	"fmt"
	"time"

	"storebot/rag"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// Limits are how often one address or one shopper may call; each is a burst
// and the number that comes back in the time it names. The streams are those
// open at one time. Zero: not limited.
type Limits struct {
	AskPerShopper   int `help:"Questions a minute from one conversation." default:"30" env:"STOREBOT_LIMIT_ASK_PER_SHOPPER"`
	AskPerAddress   int `help:"Questions a minute from one network address, to one shop." default:"120" env:"STOREBOT_LIMIT_ASK_PER_ADDRESS"`
	StartPerAddress int `help:"New conversations a minute from one network address, in one shop." default:"60" env:"STOREBOT_LIMIT_START_PER_ADDRESS"`
	ReadPerAddress  int `help:"Reads a minute from one network address, in one shop." default:"600" env:"STOREBOT_LIMIT_READ_PER_ADDRESS"`
	ContactPerHour  int `help:"Contacts left and persons asked for, an hour, from one network address, in one shop." default:"20" env:"STOREBOT_LIMIT_CONTACT_PER_HOUR"`
	LogInPerAddress int `help:"Log-ins a minute from one network address." default:"20" env:"STOREBOT_LIMIT_LOG_IN_PER_ADDRESS"`
	LogInPerEmail   int `help:"Log-ins an hour for one e-mail address." default:"30" env:"STOREBOT_LIMIT_LOG_IN_PER_EMAIL"`
	SignUpPerHour   int `help:"Sign-ups an hour from one network address." default:"10" env:"STOREBOT_LIMIT_SIGN_UP_PER_HOUR"`
	ResetPerAddress int `help:"Password resets asked for an hour, from one network address." default:"20" env:"STOREBOT_LIMIT_RESET_PER_ADDRESS"`
	ResetPerEmail   int `help:"Password resets asked for an hour, for one e-mail address." default:"5" env:"STOREBOT_LIMIT_RESET_PER_EMAIL"`
	PasswordPerHour int `help:"Password changes tried an hour by one person." default:"20" env:"STOREBOT_LIMIT_PASSWORD_PER_HOUR"`
	InvitePerTenant int `help:"Invitations an hour by one shop." default:"20" env:"STOREBOT_LIMIT_INVITE_PER_TENANT"`
	ExportPerTenant int `help:"Exports of everything an hour by one shop." default:"6" env:"STOREBOT_LIMIT_EXPORT_PER_TENANT"`
	TryPerTenant    int `help:"Try-out questions a minute in one shop's console." default:"120" env:"STOREBOT_LIMIT_TRY_PER_TENANT"`

	StreamsPerAddress int `help:"Streams open at one time from one network address, in one shop." default:"200" env:"STOREBOT_LIMIT_STREAMS_PER_ADDRESS"`
}

type limitClass int

const (
	limitNone limitClass = iota
	limitRead
	limitStart
	limitAsk
	limitContact
	limitLogIn
	limitSignUp
	limitTry
	limitReset
	limitPassword
	limitInvite
	limitExport
)

// limiter holds a token bucket for each key, in bounded memory: the key asked
// longest ago is forgotten first.
type limiter struct {
	limits  Limits
	now     func() time.Time
	buckets *lru.Cache[string, *rate.Limiter]
	streams streams
}

const maxBuckets = 1 << 17

func newLimiter(l Limits, now func() time.Time) *limiter {
	c, err := lru.New[string, *rate.Limiter](maxBuckets)
	if err != nil {
		panic(err) // only a size below one
	}
	return &limiter{limits: l, now: now, buckets: c}
}

// allow takes one from key's bucket of n in each period.
func (l *limiter) allow(key string, n int, per time.Duration) error {
	if n <= 0 {
		return nil
	}
	b, ok := l.buckets.Get(key)
	if !ok {
		fresh := rate.NewLimiter(rate.Limit(float64(n)/per.Seconds()), n)
		if old, loaded, _ := l.buckets.PeekOrAdd(key, fresh); loaded {
			b = old
		} else {
			b = fresh
		}
	}
	now := l.now()
	r := b.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return &rateError{retryAfter: wait}
	}
	return nil
}

// rateError is tenant.ErrRateLimited with the time after which it is worth
// trying again.
type rateError struct{ retryAfter time.Duration }

func (e *rateError) Error() string { return fmt.Sprintf("rate limited for %s", e.retryAfter) }
func (e *rateError) Unwrap() error { return tenant.ErrRateLimited }

// limitRate holds a caller to the method's class. What is counted by address
// is known before the message; a conversation or an e-mail address is in it.
func limitRate(l *limiter) connect.ServerInterceptor {
	return func(next connect.ServerFunc) connect.ServerFunc {
		return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) error {
			c := tenant.CallerFrom(ctx)
			class := policy[spec.Procedure].limit
			if err := l.byCaller(class, c); err != nil {
				return err
			}
			if policy[spec.Procedure].time == endless {
				release, err := l.streams.hold(c, l.limits.StreamsPerAddress)
				if err != nil {
					return err
				}
				defer release()
			}
			if class == limitAsk || class == limitLogIn || class == limitReset {
				stream = &limitedStream{ServerStream: stream, l: l, class: class, tenant: c.Tenant}
			}
			return next(ctx, spec, stream)
		}
	}
}

func (l *limiter) byCaller(class limitClass, c tenant.Caller) error {
	here := c.Tenant.String() + " " + c.Address
	switch class {
	case limitRead:
		return l.allow("read "+here, l.limits.ReadPerAddress, time.Minute)
	case limitStart:
		return l.allow("start "+here, l.limits.StartPerAddress, time.Minute)
	case limitAsk:
		return l.allow("ask "+here, l.limits.AskPerAddress, time.Minute)
	case limitContact:
		return l.allow("contact "+here, l.limits.ContactPerHour, time.Hour)
	case limitLogIn:
		return l.allow("login "+c.Address, l.limits.LogInPerAddress, time.Minute)
	case limitSignUp:
		return l.allow("signup "+c.Address, l.limits.SignUpPerHour, time.Hour)
	case limitReset:
		return l.allow("reset "+c.Address, l.limits.ResetPerAddress, time.Hour)
	case limitPassword:
		return l.allow("password "+c.Account.String(), l.limits.PasswordPerHour, time.Hour)
	case limitInvite:
		return l.allow("invite "+c.Tenant.String(), l.limits.InvitePerTenant, time.Hour)
	case limitExport:
		return l.allow("export "+c.Tenant.String(), l.limits.ExportPerTenant, time.Hour)
	case limitTry:
		return l.allow("try "+c.Tenant.String(), l.limits.TryPerTenant, time.Minute)
	}
	return nil
}

type limitedStream struct {
	connect.ServerStream
	l      *limiter
	class  limitClass
	tenant tenant.ID
}

func (s *limitedStream) Receive(msg any) error {
	if err := s.ServerStream.Receive(msg); err != nil {
		return err
	}
	switch m := msg.(type) {
	case interface{ GetConversationToken() string }:
		// What opens the conversation is counted, not how it is spelt.
		id, hash, err := rag.ConversationToken(m.GetConversationToken()).Parse()
		if err != nil {
			return err
		}
		return s.l.allow("shopper "+s.tenant.String()+" "+id.String()+" "+string(hash), s.l.limits.AskPerShopper, time.Minute)
	case interface{ GetToken() string }:
		// A link's secret opens one thing; a password behind it can be guessed at
		// no oftener than at the log-in.
		return s.l.allow("link "+m.GetToken(), s.l.limits.LogInPerEmail, time.Hour)
	case interface{ GetEmail() string }:
		email, err := tenant.NormalizeEmail(m.GetEmail())
		if err != nil {
			return nil // no account has it, and its sender's address is counted
		}
		if s.class == limitReset {
			return s.l.allow("reset email "+email, s.l.limits.ResetPerEmail, time.Hour)
		}
		return s.l.allow("email "+email, s.l.limits.LogInPerEmail, time.Hour)
	}
	return nil
}
