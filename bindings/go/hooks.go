package tocsin

import (
	"context"
	"log/slog"
	"runtime"

	"tocsin.example/tocsin/internal/raw"
)

// LogLevel is what a message for the log of the host is worth.
type LogLevel int32

const (
	// LogError: something failed, as the error of the call says, too.
	LogError LogLevel = raw.LogError
	// LogWarning: nothing failed, but somebody should know.
	LogWarning LogLevel = raw.LogWarning
	// LogInfo is what happened.
	LogInfo LogLevel = raw.LogInfo
)

// Level is the level as slog has it.
func (l LogLevel) Level() slog.Level {
	switch l {
	case LogError:
		return slog.LevelError
	case LogWarning:
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

// String is the name of the level: "WARN".
func (l LogLevel) String() string { return l.Level().String() }

// SetLog says where messages for the log of the host go from now on; nil: nowhere. They say what was opened, that timers
// fire late, that the store took nothing. The category is what a message is about: "desk", "time", "store", "outbox". What
// opening had to say comes at once, the first time.
//
// It is called during the call that says it, on a goroutine of its own that the call waits for, and must not use the desk.
// What it panics with is lost, and ends nothing. A fork says nothing.
func (d *Desk) SetLog(ctx context.Context, log func(level LogLevel, category, message string)) error {
	return d.quietly(ctx, func(desk *raw.Desk) *raw.Failure {
		if log == nil {
			return raw.DeskSetLog(desk, nil)
		}
		return raw.DeskSetLog(desk, func(level int32, category, message string) {
			_, _ = apart(func() error {
				log(LogLevel(level), category, message)
				return nil
			})
		})
	})
}

// SetLogger is SetLog with a logger, which gets the category as the attribute "category"; nil: nowhere.
func (d *Desk) SetLogger(ctx context.Context, logger *slog.Logger) error {
	if logger == nil {
		return d.SetLog(ctx, nil)
	}
	return d.SetLog(ctx, func(level LogLevel, category, message string) {
		logger.LogAttrs(context.Background(), level.Level(), message, slog.String("category", category))
	})
}

// SetProgress says who hears from now on how far a long call is, about every thousand steps; nil: nobody. It hears what the
// call does ("execute", "advance", "query", "verify"), how many commands, timers, records or entries are done, and of how
// many, 0 where that is not known.
//
// It is called during the call, on a goroutine of its own that the call waits for, and must not use the desk; questions
// that are asked side by side call it side by side. An error ends the call: it fails with ErrCancelled, which wraps that
// error. A panic goes on where the call was made. A fork has nobody.
func (d *Desk) SetProgress(ctx context.Context, progress func(doing string, done, total uint64) error) error {
	return d.quietly(ctx, func(desk *raw.Desk) *raw.Failure {
		if progress == nil {
			return raw.DeskSetProgress(desk, nil)
		}
		return raw.DeskSetProgress(desk, func(doing string, done, total uint64) any {
			raised, err := apart(func() error { return progress(doing, done, total) })
			if raised == nil && err == nil {
				return nil
			}
			return &stopped{err: err, panic: raised}
		})
	})
}

// stopped is why the progress ended a call.
type stopped struct {
	err   error
	panic any
}

// C keeps for each thread why the progress stopped its call.
func onOneThread(desk *raw.Desk, work func(*raw.Desk) *raw.Failure) (failed *raw.Failure, why any) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if failed = work(desk); failed != nil && failed.Reason == "desk.stopped" {
		why = raw.TakeStopped()
	}
	return failed, why
}
