package tocsin

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func works(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// More than pass without a report.
func manyIncidents(desk *Desk) error {
	commands := make([]Command, 1_100)
	for i := range commands {
		commands[i] = LogIncident{Title: fmt.Sprint(i), At: monday}
	}
	_, err := desk.ExecuteAll(background, commands)
	return err
}

func TestWhatADeskSaysGoesToTheLog(t *testing.T) {
	desk := opened(t, "", nil)
	var written bytes.Buffer
	works(t, desk.SetLogger(background, slog.New(slog.NewTextHandler(&written, nil))))
	text := written.String()
	demand(t, strings.Contains(text, `level=INFO msg="a new desk" category=desk`), "found %s", text)

	number := logged(t, desk, "x")
	must(desk.HoldIncident(background, HoldIncident{Incident: number, Reason: "awaiting_vendor", FollowUpAt: monday.Add(time.Hour), At: monday}))
	type message struct {
		level          LogLevel
		category, text string
	}
	var said []message
	works(t, desk.SetLog(background, func(level LogLevel, category, text string) {
		said = append(said, message{level, category, text})
	}))
	must(desk.Advance(background, monday.Add(2*time.Hour)))
	demand(t, len(said) == 1 && said[0].level == LogWarning && said[0].category == "time", "found %v", said)
	demand(t, strings.Contains(said[0].text, "PT1H late"), "found %v", said)

	works(t, desk.SetLog(background, nil))
	must(desk.Advance(background, monday.Add(20*24*time.Hour)))
	demand(t, len(said) == 1 && written.String() == text, "it still says something")
	works(t, desk.SetLogger(background, nil))
}

func TestALogThatFailsEndsNothing(t *testing.T) {
	for _, fail := range []func(){func() { panic("no disk") }, runtime.Goexit} {
		desk := opened(t, "", nil)
		called := false
		works(t, desk.SetLog(background, func(LogLevel, string, string) { called = true; fail() }))
		demand(t, called, "it was not called")
	}
}

func TestALongCallSaysHowFarItIs(t *testing.T) {
	desk := opened(t, "", nil)
	type report struct {
		doing       string
		done, total uint64
	}
	var reports []report
	works(t, desk.SetProgress(background, func(doing string, done, total uint64) error {
		reports = append(reports, report{doing, done, total})
		return nil
	}))
	works(t, manyIncidents(desk))
	demand(t, slices.Equal(reports, []report{{"execute", 1_024, 0}}), "found %v", reports)
	must(desk.Verify(background))
	demand(t, reports[len(reports)-1] == report{"verify", 1_024, 1_101}, "found %v", reports)
	count := len(reports)
	fork := must(desk.Fork(background))
	defer fork.Close()
	must(fork.Verify(background))
	demand(t, len(reports) == count, "the fork reports")
}

func TestALongCallCanBeStopped(t *testing.T) {
	desk := opened(t, "", nil)
	works(t, manyIncidents(desk))
	enough := errors.New("it takes too long")
	calls := 0
	works(t, desk.SetProgress(background, func(string, uint64, uint64) error { calls++; return enough }))
	head := must(desk.Head(background))
	verify := func() error {
		_, err := desk.Verify(background)
		return err
	}
	for i, call := range []func() error{verify, func() error { return manyIncidents(desk) }} {
		err := call()
		var refusal *Error
		demand(t, errors.Is(err, enough) && errors.Is(err, ErrCancelled), "found %v", err)
		demand(t, errors.As(err, &refusal) && refusal.Reason == "desk.stopped", "found %v", err)
		demand(t, calls == i+1, "it was asked %d times", calls)
	}
	demand(t, must(desk.Head(background)) == head, "something has changed")

	works(t, desk.SetProgress(background, func(string, uint64, uint64) error { panic("the host is broken") }))
	for _, call := range []func() error{verify, func() error { return manyIncidents(desk) }} {
		func() {
			defer func() { demand(t, recover() == "the host is broken", "it has not gone on") }()
			_ = call()
		}()
	}
	works(t, desk.SetProgress(background, func(string, uint64, uint64) error { runtime.Goexit(); return nil }))
	demand(t, errors.Is(verify(), ErrCancelled), "it has ended its goroutine")
	works(t, desk.SetProgress(background, nil))
	works(t, verify())
}

func TestCallsSideBySideEachFailWithTheirOwn(t *testing.T) {
	desk := opened(t, "", nil)
	works(t, manyIncidents(desk))
	var count atomic.Int32
	type numbered struct{ error }
	var made sync.Map
	works(t, desk.SetProgress(background, func(string, uint64, uint64) error {
		err := numbered{fmt.Errorf("%d", count.Add(1))}
		made.Store(err, true)
		return err
	}))
	var calls sync.WaitGroup
	for range 8 {
		calls.Add(1)
		go func() {
			defer calls.Done()
			_, err := desk.Verify(background)
			var found numbered
			demand(t, errors.As(err, &found), "found %v", err)
			_, mine := made.LoadAndDelete(found)
			demand(t, mine, "%v is of another call", found)
		}()
	}
	calls.Wait()
	demand(t, count.Load() == 8, "%d were stopped", count.Load())
}

func TestALogAndAProgressAreForgotten(t *testing.T) {
	var forgotten atomic.Int32
	held := func() *[64]byte {
		made := new([64]byte)
		runtime.SetFinalizer(made, func(*[64]byte) { forgotten.Add(1) })
		return made
	}
	log := func() func(LogLevel, string, string) {
		mine := held()
		return func(LogLevel, string, string) { mine[0]++ }
	}
	progress := func() func(string, uint64, uint64) error {
		mine := held()
		return func(string, uint64, uint64) error { mine[0]++; return context.Canceled }
	}
	desk := opened(t, "", nil)
	for range 2 {
		works(t, desk.SetLog(background, log()))
		works(t, desk.SetProgress(background, progress()))
	}
	works(t, desk.SetLog(background, nil))
	desk.Close()
	demand(t, errors.Is(desk.SetLog(background, log()), ErrClosed), "it is closed")
	demand(t, errors.Is(desk.SetProgress(background, progress()), ErrClosed), "it is closed")
	awaitForgotten(t, &forgotten, 6)
}
