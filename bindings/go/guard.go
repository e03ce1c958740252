package tocsin

import (
	"context"
	"errors"
	"time"

	"tocsin.example/tocsin/internal/raw"
)

// Guard answers for the host_guards of workflows: a yes or a no, as Ptr makes it, and nil where it does not know that
// one, which counts as a no. The context is that of the call that asks.
type Guard func(ctx context.Context, question GuardQuestion) (answer *bool, err error)

// GuardQuestion is what a workflow asks the host.
type GuardQuestion struct {
	// Guard is its name: "credit".
	Guard string `json:"guard"`
	// Incident is the number of the record that is to be moved.
	Incident string `json:"incident"`
	// Actor is who moves it.
	Actor string `json:"actor"`
	// At is the instant of the command.
	At time.Time `json:"at"`
}

// SetGuard says who answers for the host_guards of workflows from now on; nil: nobody. It is called during the command
// that needs the answer, on a goroutine of its own that the command waits for, and must not use the desk.
//
// An error ends the command, which has changed nothing: it fails with ErrCancelled, which wraps that error. A panic goes
// on where the command was given. A fork has nobody.
func (d *Desk) SetGuard(ctx context.Context, guard Guard) error {
	return d.quietly(ctx, func(desk *raw.Desk) *raw.Failure {
		if guard == nil {
			return raw.DeskSetGuard(desk, nil)
		}
		asking := d.asking // not the desk: what C holds on to is never collected
		return raw.DeskSetGuard(desk, func(question []byte) int32 { return asking.ask(guard, question) })
	})
}

// asking is what the call that runs alone and the guard know of each other.
type asking struct {
	ctx   context.Context
	err   error // what the guard failed with
	panic any
}

var errGoroutineEnded = errors.New("tocsin: a function of the host ended its goroutine")

// apart runs a function of the host. Neither a panic nor an end of the goroutine may pass the frames of C, so it has a
// goroutine of its own.
func apart(work func() error) (raised any, err error) {
	err = errGoroutineEnded
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { raised = recover() }()
		err = work()
	}()
	<-done
	return raised, err
}

func (a *asking) ask(guard Guard, question []byte) int32 {
	var answer *bool
	a.panic, a.err = apart(func() (err error) {
		var asked GuardQuestion
		if err = Unmarshal(question, &asked); err == nil {
			answer, err = guard(a.ctx, asked)
		}
		return err
	})
	switch {
	case a.panic != nil || a.err != nil:
		return raw.CallbackAbort
	case answer == nil:
		return raw.CallbackPass
	case *answer:
		return 1
	}
	return 0
}

// during makes the call, and answers with what the guard failed with.
func (a *asking) during(ctx context.Context, call func() error) error {
	a.ctx = ctx
	err := call()
	raised, cause := a.panic, a.err
	*a = asking{}
	if raised != nil {
		panic(raised)
	}
	return because(err, cause)
}
