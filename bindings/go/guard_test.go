package tocsin

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

// A desk with a workflow that asks the host for "credit", the record that is to be moved, and what moves it.
func withGuard(t *testing.T) (*Desk, string, func(context.Context, *Desk) error) {
	t.Helper()
	desk := opened(t, "", nil)
	must(desk.Publish(background, Publish{At: monday, People: []Person{{Key: "ana", Name: "Ana"}}, Workflows: []Workflow{{
		Key: "credit", Name: "Credit",
		States: []WorkflowStates{
			{Name: "begun", Kind: "new", Initial: Ptr(true)},
			{Name: "done", Kind: "resolved"},
			{Name: "over", Kind: "closed"},
		},
		Transitions: []WorkflowTransitions{
			{Verb: "resolve", From: []string{"begun"}, To: "done", HostGuards: []WorkflowTransitionsHostGuards{{Name: "credit", Says: "there is no credit"}}},
			{Verb: "close", From: []string{"done"}, To: "over"},
		},
		ResolutionCodes: []string{"settled"},
	}}}))
	number := must(desk.LogIncident(background, LogIncident{Title: "A bill", Workflow: "credit", At: monday})).Record.Number
	return desk, number, func(ctx context.Context, on *Desk) error {
		_, err := on.ResolveIncident(ctx, ResolveIncident{Incident: number, Actor: "ana", Code: "settled", Notes: "Paid", At: monday})
		return err
	}
}

func asks(t *testing.T, desk *Desk, guard Guard) {
	t.Helper()
	if err := desk.SetGuard(background, guard); err != nil {
		t.Fatal(err)
	}
}

func says(answer *bool) Guard {
	return func(context.Context, GuardQuestion) (*bool, error) { return answer, nil }
}

func refusedByGuard(err error) bool {
	var refusal *Error
	return errors.Is(err, ErrFailedPrecondition) && errors.As(err, &refusal) && refusal.Reason == "workflow.host_guard"
}

func TestTheHostAnswersForAGuard(t *testing.T) {
	desk, number, resolve := withGuard(t)
	for name, guard := range map[string]Guard{"no": says(Ptr(false)), "it does not know": says(nil), "nobody": nil} {
		asks(t, desk, guard)
		err := resolve(background, desk)
		demand(t, refusedByGuard(err), "%s: found %v", name, err)
	}
	type key struct{}
	var asked []GuardQuestion
	asks(t, desk, func(ctx context.Context, question GuardQuestion) (*bool, error) {
		demand(t, ctx.Value(key{}) == "the call", "it has another context")
		asked = append(asked, question)
		return Ptr(true), nil
	})
	err := resolve(context.WithValue(background, key{}, "the call"), desk)
	demand(t, err == nil, "found %v", err)
	want := GuardQuestion{Guard: "credit", Incident: number, Actor: "ana", At: monday}
	demand(t, len(asked) == 1 && asked[0] == want, "asked %v", asked)
}

func TestAGuardThatFailsEndsTheCommand(t *testing.T) {
	desk, _, resolve := withGuard(t)
	head := must(desk.Head(background))
	broken := errors.New("the bank does not answer")
	asks(t, desk, func(context.Context, GuardQuestion) (*bool, error) { return Ptr(true), broken })
	err := resolve(background, desk)
	var refusal *Error
	demand(t, errors.Is(err, broken) && errors.Is(err, ErrCancelled), "found %v", err)
	demand(t, errors.As(err, &refusal) && refusal.Reason == "guard.aborted", "found %v", err)

	asks(t, desk, func(context.Context, GuardQuestion) (*bool, error) { panic("the host is broken") })
	func() {
		defer func() { demand(t, recover() == "the host is broken", "it has not gone on") }()
		_ = resolve(background, desk)
	}()
	asks(t, desk, func(context.Context, GuardQuestion) (*bool, error) { runtime.Goexit(); return nil, nil })
	demand(t, errors.Is(resolve(background, desk), ErrCancelled), "it has ended its goroutine")
	demand(t, must(desk.Head(background)) == head, "something has changed")

	asks(t, desk, says(Ptr(true)))
	err = resolve(background, desk)
	demand(t, err == nil, "found %v", err)
}

func TestAGuardHearsThatTheContextHasEnded(t *testing.T) {
	desk, _, resolve := withGuard(t)
	asks(t, desk, func(ctx context.Context, _ GuardQuestion) (*bool, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})
	ctx, stop := context.WithTimeout(background, 10*time.Millisecond)
	defer stop()
	err := resolve(ctx, desk)
	demand(t, errors.Is(err, context.DeadlineExceeded), "found %v", err)
	asks(t, desk, says(Ptr(true)))
	err = resolve(background, desk) // the interrupt was for the other one
	demand(t, err == nil, "found %v", err)
}

func TestAForkDoesNotAskTheHost(t *testing.T) {
	desk, _, resolve := withGuard(t)
	asks(t, desk, func(context.Context, GuardQuestion) (*bool, error) {
		t.Error("it was asked")
		return nil, nil
	})
	fork := must(desk.Fork(background))
	defer fork.Close()
	err := resolve(background, fork)
	demand(t, refusedByGuard(err), "found %v", err)
	if err := fork.SetGuardAnswers(background, map[string]bool{"credit": true}); err != nil {
		t.Fatal(err)
	}
	err = resolve(background, fork)
	demand(t, err == nil, "found %v", err)
}

func TestAGuardIsForgotten(t *testing.T) {
	var forgotten atomic.Int32
	guard := func() Guard {
		held := new([64]byte)
		runtime.SetFinalizer(held, func(*[64]byte) { forgotten.Add(1) })
		return func(context.Context, GuardQuestion) (*bool, error) { return Ptr(held[0] == 0), nil }
	}
	desk, _, _ := withGuard(t)
	asks(t, desk, guard())
	asks(t, desk, guard()) // in place of the first
	asks(t, desk, nil)
	asks(t, desk, guard())
	desk.Close()
	demand(t, errors.Is(desk.SetGuard(background, guard()), ErrClosed), "it is closed")
	awaitForgotten(t, &forgotten, 4)
}

// awaitForgotten demands that so many are collected soon.
func awaitForgotten(t *testing.T, forgotten *atomic.Int32, all int32) {
	t.Helper()
	for range 50 {
		if runtime.GC(); forgotten.Load() == all {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d of %d are forgotten", forgotten.Load(), all)
}
