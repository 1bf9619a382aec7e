package main

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"storebot/cmd/storebot/internal/demo"
	"storebot/cmd/storebot/internal/proctest"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"

	"connectrpc.com/connect/v2"
)

// demoShop is a running demo as its user finds it: from what it prints.
type demoShop struct {
	*proctest.Process
	addr, base, login, password string
}

func startDemo(t *testing.T, data, addr string) demoShop {
	t.Helper()
	p := launch(t, "demo", "--data", data, "--addr", addr)
	d := demoShop{Process: p, addr: addr, base: p.Await("Storebot is ready: ")}
	d.login, d.password = p.Await("  Login "), p.Await("  Password ")
	if d.base != "http://"+addr {
		t.Errorf("ready at %s, want %s", d.base, addr)
	}
	if got := p.Await("  Console "); got != d.base+"/console/" {
		t.Errorf("console at %s", got)
	}
	if got := p.Await("  Demo shop "); got != d.base+"/demo/" {
		t.Errorf("demo shop at %s", got)
	}
	return d
}

var dataKey = regexp.MustCompile(`data-key="([^"]+)"`)

// visit opens the demo shop's page, which tells the shop's key.
func (d demoShop) visit(t *testing.T) *browser {
	t.Helper()
	b := newBrowser(t, d.base, "")
	status, body := b.get(t, "/demo/")
	key := dataKey.FindStringSubmatch(body)
	if status != 200 || key == nil {
		t.Fatalf("GET /demo/: %d\n%s", status, body)
	}
	b.key = key[1]
	return b
}

func (d demoShop) logIn(t *testing.T) {
	t.Helper()
	account := storebotv1connect.NewAccountServiceClient(newBrowser(t, d.base, "").client())
	res, err := account.LogIn(t.Context(), &storebotv1.LogInRequest{Email: d.login, Password: d.password})
	if err != nil || res.GetMe().GetTenantSlug() != demoSlug {
		t.Fatalf("log in: %v, %v", res, err)
	}
	me, err := account.WhoAmI(t.Context(), &storebotv1.WhoAmIRequest{})
	if err != nil || me.GetMe().GetEmail() != d.login {
		t.Errorf("who am I: %v, %v", me, err)
	}
	_, err = account.LogIn(t.Context(), &storebotv1.LogInRequest{Email: d.login, Password: "not this one"})
	if connect.CodeOf(err) != connect.CodeUnauthenticated {
		t.Errorf("with a wrong password: %v", err)
	}
}

// stop is Ctrl-C; nothing may be left of it.
func (d demoShop) stop(t *testing.T, data string) {
	t.Helper()
	d.Interrupt()
	if status := d.Wait(); status != 0 {
		t.Errorf("status %d after Ctrl-C:\n%s", status, d.Output())
	}
	if pid := postmaster(data); pid != 0 {
		t.Errorf("Postgres (process %d) runs after Ctrl-C", pid)
	}
	l, err := net.Listen("tcp", d.addr)
	if err != nil {
		t.Fatalf("the address is not free after Ctrl-C: %v", err)
	}
	l.Close()
}

// postmaster returns the process id of the Postgres that runs in a data folder,
// 0 if there is none.
func postmaster(data string) int {
	text, err := os.ReadFile(filepath.Join(data, "data", "pgdata", "postmaster.pid"))
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil || syscall.Kill(pid, 0) != nil {
		return 0
	}
	return pid
}

// folder returns a data folder whose Postgres ends with the test, come what may.
func folder(t *testing.T) string {
	t.Helper()
	data := proctest.Folder(t)
	t.Cleanup(func() {
		if pid := postmaster(data); pid != 0 {
			_ = syscall.Kill(pid, syscall.SIGQUIT)
			eventually(t, "the Postgres of a failed test ends", func() bool { return postmaster(data) == 0 })
		}
	})
	return data
}

// The demo from its first start to its end by kill -9, in the order in which a
// person would come across it.
func TestDemo(t *testing.T) {
	data := folder(t)
	d := startDemo(t, data, proctest.FreeAddr(t))
	b := d.visit(t)
	for _, path := range []string{"/readyz", "/healthz"} {
		if status, _ := b.get(t, path); status != 200 {
			t.Errorf("GET %s: %d", path, status)
		}
	}
	for language, text := range demo.Shop().Texts {
		for _, question := range text.Suggested {
			if a := b.talk(t, language).answered(t, question); a.done.GetDecision() != storebotv1.Decision_DECISION_DIRECT {
				t.Errorf("%s: the suggested question %q gets %v (%s), %q", language, question, a.done.GetDecision(), a.done.GetReason(), a.done.GetText())
			}
		}
	}
	for language, c := range map[string][2]string{
		"en":      {"how much does shipping cost in taiwan", "NT$100"},
		"zh-Hant": {"退貨期限是幾天", "14"},
		"zh-Hans": {"退货期限是几天", "14"},
	} {
		a := b.talk(t, language).answered(t, c[0])
		if a.done.GetDecision() != storebotv1.Decision_DECISION_DIRECT || !strings.Contains(a.done.GetText(), c[1]) || a.words != a.done.GetText() {
			t.Errorf("%s: %s: %v, first %q, in the end %q", language, c[0], a.done.GetDecision(), a.words, a.done.GetText())
		}
	}
	d.logIn(t)
	entries := do(t, "export", "--tenant", demoSlug, "--data", data) // beside the running one

	second := launch(t, "demo", "--data", data, "--addr", proctest.FreeAddr(t))
	if status := second.Wait(); status != 1 || !strings.Contains(second.Output(), "in use") || !strings.Contains(second.Output(), "stop it, or choose another folder") {
		t.Errorf("a second one in the same folder: status %d\n%s", status, second.Output())
	}
	b.talk(t, "en").answered(t, "how much does shipping cost in taiwan") // and the first goes on
	d.stop(t, data)

	// Again, elsewhere: the same shop, and its page works at the new address.
	again := startDemo(t, data, proctest.FreeAddr(t))
	if again.login != d.login || again.password != d.password {
		t.Errorf("the login changed from %s %s to %s %s", d.login, d.password, again.login, again.password)
	}
	if b2 := again.visit(t); b2.key != b.key {
		t.Error("the shop's key changed")
	} else {
		b2.talk(t, "en").answered(t, "how much does shipping cost in taiwan")
		cards := b2.talk(t, "en").answered(t, "how much is the Pine Daypack?").done.GetProducts()
		if len(cards) != 1 || cards[0].GetLink() != demo.Link(again.base, "HP-BP20") {
			t.Errorf("the daypack's card at the new address: %v", cards)
		} else if status, _ := b2.get(t, strings.TrimPrefix(cards[0].GetImage(), again.base)); status != 200 {
			t.Errorf("GET %s: %d", cards[0].GetImage(), status)
		}
	}
	again.logIn(t)
	if got := do(t, "export", "--tenant", demoSlug, "--data", data); got != entries {
		t.Errorf("the entries changed at the second start: %d bytes, %d before", len(got), len(entries))
	}
	again.stop(t, data)

	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	blocked := launch(t, "demo", "--data", data, "--addr", taken.Addr().String())
	if status := blocked.Wait(); status != 1 || !strings.Contains(blocked.Output(), taken.Addr().String()) || !strings.Contains(blocked.Output(), "--addr") {
		t.Errorf("with the address taken: status %d\n%s", status, blocked.Output())
	}
	if pid := postmaster(data); pid != 0 {
		t.Errorf("Postgres (process %d) runs after a start that failed", pid)
	}

	killed := startDemo(t, data, proctest.FreeAddr(t))
	orphan := postmaster(data)
	killed.Kill()
	if postmaster(data) != orphan {
		t.Fatal("kill -9 of storebot is to leave Postgres running here, else this tests nothing")
	}
	adopter := startDemo(t, data, killed.addr)
	if got := postmaster(data); got != orphan {
		t.Errorf("Postgres is process %d and was %d: not adopted", got, orphan)
	}
	if a := adopter.visit(t).talk(t, "en").answered(t, "how much does shipping cost in taiwan"); a.id == "" {
		t.Error("not stored")
	}
	adopter.stop(t, data)
}
