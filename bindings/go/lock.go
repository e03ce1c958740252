package tocsin

import (
	"context"
	"sync"
)

// lock lets readers in side by side and a writer alone, in the order in which they come; who waits may give up.
type lock struct {
	gate    chan struct{} // taken to get in; a writer keeps it
	idle    chan struct{} // has a token while nobody is inside
	mutex   sync.Mutex
	readers int
}

func newLock() *lock {
	made := &lock{gate: make(chan struct{}, 1), idle: make(chan struct{}, 1)}
	made.idle <- struct{}{}
	return made
}

func (l *lock) write(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case l.gate <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-l.idle:
		return nil
	case <-ctx.Done():
		<-l.gate
		return ctx.Err()
	}
}

func (l *lock) endWrite() {
	l.idle <- struct{}{}
	<-l.gate
}

func (l *lock) read(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case l.gate <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-l.gate }()
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.readers == 0 {
		<-l.idle // it is there: no writer is inside while the gate is ours
	}
	l.readers++
	return nil
}

func (l *lock) endRead() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.readers--; l.readers == 0 {
		l.idle <- struct{}{}
	}
}
