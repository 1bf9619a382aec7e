package ollama

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ollama/ollama/api"

	"storebot/rag"
)

// recheck is how long the model list is believed: a model pulled anew under
// the same name is noticed within this time.
const recheck = 10 * time.Second

// current returns the digest of the model under name on the server, from the
// list of at most recheck ago; a list older than the lane's last failure is not
// believed. Errors are faults.
func (s *Server) current(ctx context.Context, l *lane, name string) (string, error) {
	faults, now := l.faults.Load(), time.Now()
	l.mu.Lock()
	digest, fresh := l.digest, l.digest != "" && l.checkedN == faults && now.Sub(l.checked) < recheck
	l.mu.Unlock()
	if fresh {
		return digest, nil
	}
	aside, cancel := context.WithTimeout(ctx, asideWithin)
	defer cancel()
	list, err := s.api.List(aside)
	if err != nil {
		return "", judge(err, name)
	}
	found := pick(list, name)
	if found == nil {
		return "", &fault{err: missing(name)}
	}
	if found.RemoteHost != "" {
		return "", &fault{err: fmt.Errorf("%w: model %q runs on %s and not here: shoppers' texts would leave this server; choose a local model",
			rag.ErrModelUnavailable, name, found.RemoteHost)}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.digest, l.checked, l.checkedN = found.Digest, now, faults
	return found.Digest, nil
}

// pick finds a model in the server's list as the server itself resolves names:
// without a tag it means latest.
func pick(list *api.ListResponse, name string) *api.ListModelResponse {
	want := tagged(name)
	for i := range list.Models {
		if strings.EqualFold(tagged(list.Models[i].Name), want) {
			return &list.Models[i]
		}
	}
	return nil
}

func tagged(name string) string {
	if strings.Contains(name[strings.LastIndex(name, "/")+1:], ":") {
		return name
	}
	return name + ":latest"
}
