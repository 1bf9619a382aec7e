package proctest

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

// A Result is what a program did that has ended.
type Result struct {
	Status         int
	Stdout, Stderr string
}

// Run runs the program to its end.
func Run(t testing.TB, path string, env []string, args ...string) Result {
	t.Helper()
	var out, problems strings.Builder
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = env, &out, &problems
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return Result{cmd.ProcessState.ExitCode(), out.String(), problems.String()}
}
