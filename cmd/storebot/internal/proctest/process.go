package proctest

import (
	"errors"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience bounds every wait, for a machine that does much else meanwhile.
const patience = 90 * time.Second

// A Process is a running child.
type Process struct {
	t    testing.TB
	cmd  *exec.Cmd
	done chan struct{} // closed once it has ended
	out  output
}

// Start runs the program in a process group of its own, as a shell does.
// If it still runs when t ends it is interrupted, so that what it started ends too.
func Start(t testing.TB, path string, env []string, args ...string) *Process {
	t.Helper()
	p := &Process{t: t, cmd: exec.Command(path, args...), done: make(chan struct{}), out: output{more: make(chan struct{})}}
	p.cmd.Env = env
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.out
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	// What it leaves running may hold its output open: its own end is what counts.
	p.cmd.WaitDelay = time.Second
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait() // Status tells
		close(p.done)
	}()
	t.Cleanup(func() {
		select {
		case <-p.done:
			return
		default:
		}
		p.Interrupt()
		select {
		case <-p.done:
		case <-time.After(patience):
			p.signal(syscall.SIGKILL)
			t.Errorf("the program did not end at an interrupt:\n%s", p.Output())
		}
	})
	return p
}

// Await returns the first line that has prefix, without it, once it is there.
func (p *Process) Await(prefix string) string {
	p.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for ended := false; ; {
		text, more := p.out.read()
		for line := range strings.Lines(text) {
			if rest, ok := strings.CutPrefix(line, prefix); ok && strings.HasSuffix(rest, "\n") {
				return strings.TrimSpace(rest)
			}
		}
		if ended {
			p.t.Fatalf("the program ended (status %d) without saying %q:\n%s", p.cmd.ProcessState.ExitCode(), prefix, text)
		}
		select {
		case <-more:
		case <-p.done:
			ended = true
		case <-deadline.C:
			p.t.Fatalf("the program does not say %q:\n%s", prefix, text)
		}
	}
}

// Output is all that it has printed so far, on both streams.
func (p *Process) Output() string {
	text, _ := p.out.read()
	return text
}

// Interrupt is Ctrl-C in a terminal: it reaches the whole process group.
func (p *Process) Interrupt() { p.signalTo(-p.cmd.Process.Pid, syscall.SIGINT) }

// Kill is kill -9 of this process alone, and returns when it is gone.
func (p *Process) Kill() {
	p.t.Helper()
	p.signal(syscall.SIGKILL)
	p.Wait()
}

func (p *Process) signal(s syscall.Signal) { p.signalTo(p.cmd.Process.Pid, s) }

func (p *Process) signalTo(pid int, s syscall.Signal) {
	p.t.Helper()
	if err := syscall.Kill(pid, s); err != nil && !errors.Is(err, syscall.ESRCH) {
		p.t.Fatal(err)
	}
}

// Wait returns its exit status once it has ended, -1 if a signal ended it.
func (p *Process) Wait() int {
	p.t.Helper()
	select {
	case <-p.done:
	case <-time.After(patience):
		p.t.Fatalf("the program does not end:\n%s", p.Output())
	}
	return p.cmd.ProcessState.ExitCode()
}

// output collects what is printed and tells who waits that there is more.
type output struct {
	mu   sync.Mutex
	text strings.Builder
	more chan struct{}
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.more)
	o.more = make(chan struct{})
	return o.text.Write(b)
}

// read returns what is there, and what is closed once there is more.
func (o *output) read() (string, <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String(), o.more
}
