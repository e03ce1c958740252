package tocsin

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"time"

	"tocsin.example/tocsin/internal/raw"
)

// Effect is something to do outside: a page, a message. Nothing is sent by the library.
type Effect struct {
	// ID tells an effect that comes again.
	ID uint64
	// Effect is its kind: "page".
	Effect string
	// Record is the number of the record that it is about; empty where it is about none.
	Record string
	// ScheduledAt is when it was to happen, RecordedAt when the journal came to it.
	ScheduledAt, RecordedAt time.Time
	// Fields are those of its kind, as an Answer has them.
	Fields map[string]any
}

func (e *Effect) take(members map[string]any) error {
	known := struct {
		ID          uint64    `json:"id"`
		Effect      string    `json:"effect"`
		Record      any       `json:"record"`
		ScheduledAt time.Time `json:"scheduled_at"`
		RecordedAt  time.Time `json:"recorded_at"`
	}{}
	if err := assign(members, reflect.ValueOf(&known).Elem(), "", ""); err != nil {
		return err
	}
	record, _ := known.Record.(string) // a number, 0, where it is about none
	*e = Effect{known.ID, known.Effect, record, known.ScheduledAt, known.RecordedAt, nil}
	for _, name := range []string{"id", "effect", "record", "scheduled_at", "recorded_at"} {
		delete(members, name)
	}
	e.Fields, _ = native(members, "").(map[string]any)
	return nil
}

// Decode puts the effect into a variable of its type, as a *Page; another type is an error.
func (e Effect) Decode(into interface{ event() string }) error {
	return decodeAs(e.Effect, e.Fields, into)
}

// TakeEffects gives at most so many effects that the consumer has not acknowledged, oldest first; they are given again
// until it has. A consumer is a name of your choice.
func (d *Desk) TakeEffects(ctx context.Context, consumer string, most int) ([]Effect, error) {
	text, err := d.TakeEffectsJSON(ctx, consumer, most)
	if err != nil {
		return nil, err
	}
	var effects []Effect
	return effects, Unmarshal(text, &effects)
}

// TakeEffectsJSON is the same with JSON text out.
func (d *Desk) TakeEffectsJSON(ctx context.Context, consumer string, most int) ([]byte, error) {
	return d.bytes(ctx, d.quietly, func(desk *raw.Desk) ([]byte, *raw.Failure) {
		return raw.DeskTakeEffects(desk, consumer, max(most, 0))
	})
}

// AcknowledgeEffects says that everything up to and including this effect has been handled.
func (d *Desk) AcknowledgeEffects(ctx context.Context, consumer string, effect uint64) error {
	return d.quietly(ctx, func(desk *raw.Desk) *raw.Failure {
		return raw.DeskAcknowledgeEffects(desk, consumer, effect)
	})
}

// Effects are those that the consumer has not acknowledged, oldest first; asking for the next one acknowledges the one
// before. Where the body of the loop breaks, returns or panics, the effect in hand is not acknowledged, and comes again: an
// effect is handled once or more, and its ID tells which. The loop ends when nothing is left, or after an error.
func (d *Desk) Effects(ctx context.Context, consumer string) iter.Seq2[Effect, error] {
	return d.effects(ctx, consumer, false)
}

// FollowEffects is Effects that waits for more at the end, until the context ends or the desk is closed.
func (d *Desk) FollowEffects(ctx context.Context, consumer string) iter.Seq2[Effect, error] {
	return d.effects(ctx, consumer, true)
}

const effectsAtOnce = 100

func (d *Desk) effects(ctx context.Context, consumer string, follow bool) iter.Seq2[Effect, error] {
	return func(yield func(Effect, error) bool) {
		for {
			changed := d.Changed()
			taken, err := d.TakeEffects(ctx, consumer, effectsAtOnce)
			if follow && (ctx.Err() != nil || errors.Is(err, ErrClosed)) {
				return
			}
			if err != nil {
				yield(Effect{}, err)
				return
			}
			for _, effect := range taken {
				if !yield(effect, nil) {
					return
				}
				// It was handled: that is written down even if the context has ended meanwhile.
				if err := d.AcknowledgeEffects(context.WithoutCancel(ctx), consumer, effect.ID); err != nil {
					yield(Effect{}, err)
					return
				}
				if follow && ctx.Err() != nil {
					return
				}
			}
			if len(taken) > 0 {
				continue
			}
			if !follow {
				return
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	}
}

// A clock that is set is noticed within this time.
const longestSleep = time.Hour

// RunTimers advances the desk whenever something is due, by the clock of the desk or else time.Now, until the context ends,
// whose error it returns, or the desk is closed. Commands given on this desk wake it.
func (d *Desk) RunTimers(ctx context.Context) error {
	clock := d.clock
	if clock == nil {
		clock = time.Now
	}
	for {
		changed := d.Changed()
		due, err := d.NextDue(ctx)
		if errors.Is(err, ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		wait := longestSleep
		if !due.IsZero() {
			// What is finer than a microsecond is cut off, so it may be a little early by the clock.
			wait = min(due.Sub(clock().Truncate(time.Microsecond)), longestSleep)
		}
		if wait <= 0 {
			if _, err := d.Advance(ctx, clock()); err != nil && !errors.Is(err, ErrClosed) {
				return err
			}
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-changed:
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		timer.Stop()
	}
}
