// Command testpg runs a command with a throwaway Postgres for its tests:
//
//	go run ./migrations/pgtest/cmd/testpg go test ./...
//
// The server's address is in STOREBOT_TEST_PG of the command's environment; the
// server is gone when the command is. If that variable is set already, its
// server is used and left alone. The exit status is the command's own.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"storebot/migrations/pgtest"
)

func main() {
	keep := flag.Bool("keep", false, "after a failure keep the server, with the failed tests' databases, until Ctrl-C")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: testpg [-keep] command [argument...]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	os.Exit(run(flag.Args(), *keep))
}

func run(command []string, keep bool) int {
	// Ctrl-C reaches the command from the terminal itself; what is sent to us
	// alone is passed on. We end after it in both cases.
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	server, err := pgtest.Start()
	if err != nil {
		fmt.Fprintln(os.Stderr, "testpg:", err)
		return 1
	}
	defer server.Stop()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), pgtest.Variable+"="+server.URL)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, "testpg:", err)
		return 1
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			if s == syscall.SIGTERM {
				_ = cmd.Process.Signal(s) // it may have ended this moment
			}
		case err := <-done:
			if err == nil {
				return 0
			}
			if keep {
				fmt.Fprintf(os.Stderr, "testpg: the server is kept until Ctrl-C: %s\n", server.URL)
				<-signals
			}
			if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() >= 0 {
				return exit.ExitCode()
			}
			return 1
		}
	}
}
