package tocsin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"runtime"
	"sync"
	"time"

	"tocsin.example/tocsin/internal/raw"
)

// Calendar is a business calendar: when a place is open, and arithmetic that counts only then. It never changes, and any
// number of goroutines may ask it at once. What can never be answered is the zero time.
type Calendar struct {
	mutex  sync.RWMutex
	handle *raw.Calendar
}

// NewCalendar makes a calendar of a definition and those that it combines.
func NewCalendar(definition BusinessCalendar, others ...BusinessCalendar) (*Calendar, error) {
	if others == nil {
		others = []BusinessCalendar{}
	}
	text, err := Marshal(definition)
	if err != nil {
		return nil, err
	}
	parts, err := Marshal(others)
	if err != nil {
		return nil, err
	}
	handle, failed := raw.CalendarNew(string(text), string(parts))
	if failed != nil {
		return nil, failure(failed)
	}
	c := &Calendar{handle: handle}
	runtime.SetFinalizer(c, (*Calendar).Close)
	return c, nil
}

// Close frees the calendar; a second time it does nothing. It always returns nil.
func (c *Calendar) Close() error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.handle != nil {
		raw.CalendarFree(c.handle)
		c.handle = nil
		runtime.SetFinalizer(c, nil)
	}
	return nil
}

func (c *Calendar) with(work func(*raw.Calendar) *raw.Failure) error {
	c.mutex.RLock()
	defer c.mutex.RUnlock()
	if c.handle == nil {
		return ErrClosed
	}
	return failure(work(c.handle))
}

type pairs = func(*raw.Calendar, []int64, []int64, []int64, int) *raw.Failure

func (c *Calendar) each(function pairs, first, second []int64) ([]int64, error) {
	if len(first) != len(second) {
		return nil, fmt.Errorf("tocsin: %d and %d items do not go together", len(first), len(second))
	}
	answers := make([]int64, len(first))
	if len(first) == 0 {
		return answers, nil
	}
	return answers, c.with(func(calendar *raw.Calendar) *raw.Failure {
		return function(calendar, first, second, answers, len(answers))
	})
}

func (c *Calendar) one(function pairs, first, second int64) (time.Time, error) {
	answers, err := c.each(function, []int64{first}, []int64{second})
	if err != nil {
		return time.Time{}, err
	}
	return Instant(answers[0]).Time(), nil
}

// Functions of one column are asked like those of two.
func single(function func(*raw.Calendar, []int64, []int64, int) *raw.Failure) pairs {
	return func(calendar *raw.Calendar, first, _, answers []int64, count int) *raw.Failure {
		return function(calendar, first, answers, count)
	}
}

func mapped[From, To any](from []From, convert func(From) To) []To {
	made := make([]To, len(from))
	for i, one := range from {
		made[i] = convert(one)
	}
	return made
}

func unixMicro(at time.Time) int64 { return at.UnixMicro() }

func instantOf(us int64) time.Time { return Instant(us).Time() }

func spanOf(us int64) time.Duration { return time.Duration(us) * time.Microsecond }

// Elapsed is the open time from one instant to another; negative if it goes back.
func (c *Calendar) Elapsed(from, to time.Time) (time.Duration, error) {
	spans, err := c.ElapsedEach([]time.Time{from}, []time.Time{to})
	if err != nil {
		return 0, err
	}
	return spans[0], nil
}

// ElapsedEach is Elapsed for many at once.
func (c *Calendar) ElapsedEach(from, to []time.Time) ([]time.Duration, error) {
	answers, err := c.each(raw.CalendarElapsed, mapped(from, unixMicro), mapped(to, unixMicro))
	if err != nil {
		return nil, err
	}
	return mapped(answers, spanOf), nil
}

// Add is the earliest instant with that much open time since `at`.
func (c *Calendar) Add(at time.Time, span time.Duration) (time.Time, error) {
	return c.one(raw.CalendarAdd, at.UnixMicro(), span.Microseconds())
}

// AddEach is Add for many at once.
func (c *Calendar) AddEach(at []time.Time, span []time.Duration) ([]time.Time, error) {
	answers, err := c.each(raw.CalendarAdd, mapped(at, unixMicro), mapped(span, time.Duration.Microseconds))
	if err != nil {
		return nil, err
	}
	return mapped(answers, instantOf), nil
}

// Subtract is the latest instant with that much open time until `at`.
func (c *Calendar) Subtract(at time.Time, span time.Duration) (time.Time, error) {
	return c.one(raw.CalendarSubtract, at.UnixMicro(), span.Microseconds())
}

// NextOpen is `at` itself if it is open, else the next opening.
func (c *Calendar) NextOpen(at time.Time) (time.Time, error) {
	return c.one(single(raw.CalendarNextOpen), at.UnixMicro(), 0)
}

// NextClose is the end of the current or next open run, after `at`.
func (c *Calendar) NextClose(at time.Time) (time.Time, error) {
	return c.one(single(raw.CalendarNextClose), at.UnixMicro(), 0)
}

// PreviousClose is the latest instant up to `at` with open time just before it.
func (c *Calendar) PreviousClose(at time.Time) (time.Time, error) {
	return c.one(single(raw.CalendarPreviousClose), at.UnixMicro(), 0)
}

// AddBusinessDays goes so many business days on (back, if negative), to the same local time or the next opening.
func (c *Calendar) AddBusinessDays(at time.Time, days int64) (time.Time, error) {
	return c.one(raw.CalendarAddBusinessDays, at.UnixMicro(), days)
}

// EndOfBusinessDay is the last closing of the day that AddBusinessDays counts to.
func (c *Calendar) EndOfBusinessDay(at time.Time, days int64) (time.Time, error) {
	return c.one(raw.CalendarEndOfBusinessDay, at.UnixMicro(), days)
}

// IsOpen says whether it is open at that instant.
func (c *Calendar) IsOpen(at time.Time) (bool, error) {
	answer, err := c.Ask(CalendarQuestion{Operation: "is_open", At: at})
	if err != nil {
		return false, err
	}
	open, _ := answer["answer"].(bool)
	return open, nil
}

// Ask answers one question as a document.
func (c *Calendar) Ask(question CalendarQuestion) (Answer, error) {
	text, err := Marshal(question)
	if err != nil {
		return nil, err
	}
	var answer Answer
	err = c.with(func(calendar *raw.Calendar) *raw.Failure {
		made, failed := raw.CalendarAsk(calendar, string(text))
		text = made
		return failed
	})
	if err != nil {
		return nil, err
	}
	return answer, Unmarshal(text, &answer)
}

// ---- zones

// LocalKind says how often clocks show a local time.
type LocalKind int32

const (
	// LocalUnique: once.
	LocalUnique LocalKind = raw.LocalUnique
	// LocalSkipped: never, and the instant of the jump is given.
	LocalSkipped LocalKind = raw.LocalSkipped
	// LocalRepeated: twice, and the first is given.
	LocalRepeated LocalKind = raw.LocalRepeated
)

var localTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?$`)

// LocalToInstant is when clocks in the zone (an IANA name) show the local time ("2026-03-29T02:30:00"), by the zone data
// that the library carries.
func LocalToInstant(zone, local string) (time.Time, LocalKind, error) {
	shown, err := time.Parse("2006-01-02T15:04:05", local)
	if err != nil || !localTime.MatchString(local) {
		return time.Time{}, 0, fmt.Errorf("tocsin: %q is not what a clock shows, as 2026-03-29T02:30:00 without a zone", local)
	}
	at, kind, failed := raw.LocalToInstant(zone, shown.UnixMicro())
	if failed != nil {
		return time.Time{}, 0, failure(failed)
	}
	return Instant(at).Time(), LocalKind(kind), nil
}

// InstantToLocal is what clocks in the zone show, as text without a zone.
func InstantToLocal(zone string, at time.Time) (string, error) {
	shown, failed := raw.InstantToLocal(zone, at.UnixMicro())
	if failed != nil {
		return "", failure(failed)
	}
	text := instantText(time.UnixMicro(shown))
	return text[:len(text)-1], nil
}

// ---- what needs no desk

func read[T any](text []byte, failed *raw.Failure) (T, error) {
	var made T
	if failed != nil {
		return made, failure(failed)
	}
	return made, Unmarshal(text, &made)
}

// ReadHolidays reads the holidays of an iCalendar feed, what was passed over, and warnings: for a person to review.
func ReadHolidays(icalendar string) (ImportedHolidays, error) {
	return read[ImportedHolidays](raw.ImportHolidays(icalendar))
}

// OncallAnswer says who is on call, without a desk: one answer for each line, in order. The book has lines that define,
// taken for granted.
func OncallAnswer(book, lines []any) ([]Answer, error) {
	return answerLines(raw.OncallAnswer, book, lines)
}

// EscalationAnswer says who is paged when, without a desk; it understands the lines of OncallAnswer, too.
func EscalationAnswer(book, lines []any) ([]Answer, error) {
	return answerLines(raw.EscalationAnswer, book, lines)
}

// ImpactAnswer says what an outage affects, without a desk: lines that define services and configuration items, and ask.
func ImpactAnswer(book, lines []any) ([]Answer, error) {
	return answerLines(raw.ImpactAnswer, book, lines)
}

// RecurrenceAnswer says which incidents make a problem, without a desk: one answer for each line, in order.
func RecurrenceAnswer(book, lines []any) ([]Answer, error) {
	return answerLines(raw.RecurrenceAnswer, book, lines)
}

// ConditionAnswer says whether a condition holds, and why, without a desk: lines that declare fields, and ask.
func ConditionAnswer(book, lines []any) ([]Answer, error) {
	return answerLines(raw.ConditionAnswer, book, lines)
}

// JSONLogic says what a rule makes of data, as jsonlogic.com has it, JavaScript's coercions included.
func JSONLogic(rule, data any) (any, error) {
	by, err := json.Marshal(rule)
	if err != nil {
		return nil, err
	}
	what, err := json.Marshal(data)
	if err != nil {
		return nil, err
	}
	text, failed := raw.JsonLogicApply(string(by), string(what))
	if failed != nil {
		return nil, failure(failed)
	}
	var answer any
	return answer, json.Unmarshal(text, &answer)
}

func answerLines(function func(string, string) ([]byte, *raw.Failure), book, lines []any) ([]Answer, error) {
	given, err := linesOf(book)
	if err != nil {
		return nil, err
	}
	asked, err := linesOf(lines)
	if err != nil {
		return nil, err
	}
	text, failed := function(given, asked)
	if failed != nil {
		return nil, failure(failed)
	}
	return ofLines[Answer](text)
}

func linesOf(documents []any) (string, error) {
	var text bytes.Buffer
	for i, document := range documents {
		tree, err := plain(reflect.ValueOf(document), fmt.Sprintf("/%d", i))
		if err != nil {
			return "", err
		}
		line, err := json.Marshal(tree)
		if err != nil {
			return "", fmt.Errorf("tocsin: %w", err)
		}
		text.Write(append(line, '\n'))
	}
	return text.String(), nil
}

func ofLines[T any](text []byte) ([]T, error) {
	made := []T{}
	for _, line := range bytes.Split(text, []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		var one T
		if err := Unmarshal(line, &one); err != nil {
			return nil, err
		}
		made = append(made, one)
	}
	return made, nil
}

// IntakeCommands makes commands of what a monitoring system posted. The mapping is "alertmanager", or a document as JSON.
func IntakeCommands(mapping string, document []byte) ([]Command, error) {
	text, failed := raw.IntakeCommands(mapping, string(document))
	if failed != nil {
		return nil, failure(failed)
	}
	documents, err := ofLines[Document](text)
	return mapped(documents, func(one Document) Command { return one }), err
}

// Schema is the JSON Schema (2020-12) of one kind of document, or of all for "all".
func Schema(name string) (Answer, error) { return read[Answer](raw.Schema(name)) }

// Catalogue is every command, question, event and definition, with meaning and fields.
func Catalogue() (Answer, error) { return read[Answer](raw.Catalogue()) }

// Version is the version of the library that runs.
func Version() string { return raw.Version() }
