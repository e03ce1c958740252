package tocsin

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"tocsin.example/tocsin/internal/raw"
)

// Desk is one service desk; Open makes it. Any goroutine may use it: questions are answered side by side, all else runs
// alone. A context that ends stops the call, whether it waits or runs; what had been committed stays.
type Desk struct {
	lock     *lock
	handle   *raw.Desk // nil once it is closed
	clock    func() time.Time
	asking   *asking
	stopping atomic.Int32 // calls that run although their contexts have ended
	leftover atomic.Bool  // an interrupt may have come too late for the call that it was for

	mutex   sync.Mutex
	changed chan struct{}
}

// OpenOptions say how to open a desk.
type OpenOptions struct {
	// Options of the desk.
	Options *DeskOptions
	// SaltSeed: 16 to 64 secret bytes for the commitments to personal fields.
	SaltSeed []byte
	// ReadOnly: questions only; any number of processes at once.
	ReadOnly bool
	// MustExist: fail instead of making a file.
	MustExist bool
	// TakeOver takes the file from a process that is gone or is to lose it; without it, the file is busy.
	TakeOver bool
	// Clock gives the instant of commands without At, as time.Now does. Without it there is none: Tocsin reads no clock
	// unless you say so, which is what makes a run repeatable.
	Clock func() time.Time
}

// Open opens a desk file, which is made if it is not there; without a path (or with ":memory:"), a desk in memory.
func Open(path string, options *OpenOptions) (*Desk, error) {
	if options == nil {
		options = &OpenOptions{}
	}
	if strings.ContainsRune(path, 0) {
		return nil, errors.New("tocsin: a path has no NUL in it")
	}
	if path == ":memory:" {
		path = ""
	}
	var config []byte
	if options.Options != nil {
		var err error
		if config, err = Marshal(options.Options); err != nil {
			return nil, err
		}
	}
	flags := bit(options.ReadOnly, raw.OpenReadOnly) | bit(options.MustExist, raw.OpenMustExist) | bit(options.TakeOver, raw.OpenTakeOver)
	handle, failed := raw.DeskOpen(flags, path, string(config), options.SaltSeed)
	if failed != nil {
		return nil, failure(failed)
	}
	return newDesk(handle, options.Clock), nil
}

func newDesk(handle *raw.Desk, clock func() time.Time) *Desk {
	d := &Desk{lock: newLock(), handle: handle, clock: clock, asking: &asking{}, changed: make(chan struct{})}
	runtime.SetFinalizer(d, (*Desk).Close)
	return d
}

func bit(set bool, flag uint32) uint32 {
	if set {
		return flag
	}
	return 0
}

// Close waits for the calls that run, and closes; a second time it does nothing. It always returns nil.
func (d *Desk) Close() error {
	_ = d.lock.write(context.Background())
	defer d.lock.endWrite()
	if d.handle == nil {
		return nil
	}
	raw.DeskClose(d.handle)
	d.handle = nil
	runtime.SetFinalizer(d, nil)
	d.tell()
	return nil
}

// ---- calls

// write runs what changes the desk, or must not run beside anything else.
func (d *Desk) write(ctx context.Context, work func(*raw.Desk) *raw.Failure) error {
	defer d.tell()
	return d.alone(ctx, false, work)
}

// quietly is write for what changes nothing that Changed is about.
func (d *Desk) quietly(ctx context.Context, work func(*raw.Desk) *raw.Failure) error {
	return d.alone(ctx, false, work)
}

// read runs what may run beside other reads.
func (d *Desk) read(ctx context.Context, work func(*raw.Desk) *raw.Failure) error {
	if err := d.lock.read(ctx); err != nil {
		return err
	}
	failed, why, err := d.run(ctx, work)
	d.lock.endRead()
	if interrupted(failed) && ctx.Err() == nil {
		return d.alone(ctx, true, work) // it was meant for a call beside this one
	}
	return ended(ctx, failed, why, err)
}

func (d *Desk) alone(ctx context.Context, again bool, work func(*raw.Desk) *raw.Failure) error {
	if err := d.lock.write(ctx); err != nil {
		return err
	}
	defer d.lock.endWrite()
	if d.handle != nil && d.leftover.Swap(false) {
		// A batch of 1970 that changes nothing, and takes up the interrupt before it is refused.
		const batch = `[{"command":"log_incident","actor":"host","title":"-"}]`
		_, _ = raw.DeskExecute(d.handle, 0, batch, raw.ExecuteAtomic|raw.ExecuteDryRun)
	}
	return d.asking.during(ctx, func() error {
		failed, why, err := d.run(ctx, work)
		for again && interrupted(failed) && ctx.Err() == nil {
			failed, why, err = d.run(ctx, work)
		}
		return ended(ctx, failed, why, err)
	})
}

// interrupted says whether an interrupt ended the call, and no function of the host did.
func interrupted(failed *raw.Failure) bool {
	return failed != nil && failed.Status == raw.Cancelled && failed.Reason != "guard.aborted" && failed.Reason != "desk.stopped"
}

// run makes the call, and interrupts it when the context ends; why: where the progress stopped it.
func (d *Desk) run(ctx context.Context, work func(*raw.Desk) *raw.Failure) (failed *raw.Failure, why any, err error) {
	handle := d.handle
	if handle == nil {
		return nil, nil, ErrClosed
	}
	done := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		d.stopping.Add(1)
		raw.DeskInterrupt(handle)
		close(done)
	})
	failed, why = onOneThread(handle, work)
	cancelled := interrupted(failed)
	if !stop() {
		<-done
		d.stopping.Add(-1)
		if !cancelled {
			d.leftover.Store(true)
		}
	}
	if cancelled && d.stopping.Load() > 0 { // the call that it was meant for as well still runs
		raw.DeskInterrupt(handle)
		d.leftover.Store(true)
	}
	return failed, why, nil
}

func ended(ctx context.Context, failed *raw.Failure, why any, err error) error {
	if failed == nil {
		return err
	}
	err = failure(failed)
	if why, ok := why.(*stopped); ok {
		if why.panic != nil {
			panic(why.panic)
		}
		err = because(err, why.err)
	}
	if made, ok := err.(*Error); ok && failed.Status == raw.Cancelled && ctx.Err() != nil {
		made.causes = append(made.causes, ctx.Err(), context.Cause(ctx))
	}
	return err
}

// Changed gives a channel that is closed when the desk may have changed, or was closed. Take it before you look.
func (d *Desk) Changed() <-chan struct{} {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.changed
}

func (d *Desk) tell() {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	close(d.changed)
	d.changed = make(chan struct{})
}

// Fork makes a copy for "what if", and for questions meanwhile: it shares the records, never writes, and may outlive this
// desk. Close it, too.
func (d *Desk) Fork(ctx context.Context) (*Desk, error) {
	var copied *raw.Desk
	err := d.read(ctx, func(desk *raw.Desk) (failed *raw.Failure) {
		copied, failed = raw.DeskFork(desk)
		return
	})
	if err != nil {
		return nil, err
	}
	return newDesk(copied, d.clock), nil
}

// ---- commands and time

// Command is a document that asks the desk for something: LogIncident, or a Document.
type Command interface{ command() string }

// Question is a document that asks the desk about something: Find, or a Document.
type Question interface{ query() string }

// Document is a command or a question with its name in it: {"command": "log_incident", ...}.
type Document map[string]any

func (Document) command() string { return "" }
func (Document) query() string   { return "" }

// Answer is the answer to a question: its instants are time.Time, its durations time.Duration, its numbers int64, or
// float64 where they are not whole.
type Answer map[string]any

// Option says how to execute commands, or to advance.
type Option func(*execution)

type execution struct {
	at        time.Time
	limit     uint64
	apart     bool
	dryRun    bool
	allowLeap bool
	lines     bool
}

// At is the instant of commands without one of their own.
func At(at time.Time) Option { return func(e *execution) { e.at = at } }

// Apart accepts or refuses each command of many for itself; a refusal stands as the Error of its Result.
func Apart() Option { return func(e *execution) { e.apart = true } }

// DryRun answers what would happen, and changes nothing.
func DryRun() Option { return func(e *execution) { e.dryRun = true } }

// AllowLeap lets an instant lie further ahead than the option MaxLeap.
func AllowLeap() Option { return func(e *execution) { e.allowLeap = true } }

// Lines says that ExecuteJSON is given JSON Lines: one command a line.
func Lines() Option { return func(e *execution) { e.lines = true } }

// Limit is how many entries Advance fires at most.
func Limit(entries uint64) Option { return func(e *execution) { e.limit = entries } }

func (d *Desk) execution(options []Option) (execution, int64) {
	var made execution
	for _, option := range options {
		option(&made)
	}
	if made.at.IsZero() && d.clock != nil {
		made.at = d.clock()
	}
	return made, microseconds(made.at)
}

func microseconds(at time.Time) int64 {
	if at.IsZero() {
		return raw.Never
	}
	return at.UnixMicro()
}

// Record is what a command was about: its id, its number, the version that it has now.
type Record struct {
	ID      uint64 `json:"id"`
	Number  string `json:"number"`
	Version int64  `json:"version"`
}

// Result is what a command came to.
type Result struct {
	Sequence   uint64    `json:"sequence"`
	RecordedAt time.Time `json:"recorded_at"`
	Record     Record    `json:"record"`
	Events     []Event   `json:"events"`
	// Repeated: the idempotency key was known, and this is what it came to then.
	Repeated bool `json:"repeated"`
	// KeysSince, where Repeated: keys are remembered since then.
	KeysSince time.Time `json:"keys_since"`
	// Error is why a command of many, each for itself, was refused.
	Error *Error `json:"error"`
}

// Event is what a command decided.
type Event struct {
	// Event is its name: "incident_logged".
	Event string
	// Fields are all that it says, as an Answer has them.
	Fields map[string]any
}

func (e *Event) take(members map[string]any) error {
	e.Event, _ = members["event"].(string)
	e.Fields, _ = native(members, "").(map[string]any)
	delete(e.Fields, "event")
	return nil
}

// Decode puts the event into a variable of its type, as an *IncidentLogged; another type is an error.
func (e Event) Decode(into interface{ event() string }) error {
	return decodeAs(e.Event, e.Fields, into)
}

func decodeAs(name string, fields map[string]any, into interface{ event() string }) error {
	if into.event() != name {
		return fmt.Errorf("tocsin: %s is no %s", name, into.event())
	}
	text, err := Marshal(fields)
	if err != nil {
		return err
	}
	return Unmarshal(text, into)
}

// Execute executes one command, first firing the timers that are due before it.
func (d *Desk) Execute(ctx context.Context, command Command, options ...Option) (*Result, error) {
	document, err := commandDocument(command, "")
	if err != nil {
		return nil, err
	}
	var result Result
	if err := d.execute(ctx, document, &result, options); err != nil {
		return nil, err
	}
	return &result, nil
}

// ExecuteAll executes many commands: all or nothing in one commit, and the "index" in the detail of the error says which
// was refused; with Apart each for itself.
func (d *Desk) ExecuteAll(ctx context.Context, commands []Command, options ...Option) ([]Result, error) {
	all := make([]any, len(commands))
	for i, command := range commands {
		var err error
		if all[i], err = commandDocument(command, fmt.Sprintf("/%d", i)); err != nil {
			return nil, err
		}
	}
	var results []Result
	if err := d.execute(ctx, all, &results, options); err != nil {
		return nil, err
	}
	return results, nil
}

func (d *Desk) execute(ctx context.Context, document, into any, options []Option) error {
	text, err := Marshal(document)
	if err != nil {
		return err
	}
	if text, err = d.ExecuteJSON(ctx, text, options...); err != nil {
		return err
	}
	return Unmarshal(text, into)
}

// ExecuteJSON is the same with JSON text in and out, as the C interface has it.
func (d *Desk) ExecuteJSON(ctx context.Context, commands []byte, options ...Option) ([]byte, error) {
	e, at := d.execution(options)
	flags := bit(!e.apart, raw.ExecuteAtomic) | bit(e.dryRun, raw.ExecuteDryRun) | bit(e.allowLeap, raw.ExecuteAllowLeap) | bit(e.lines, raw.ExecuteLines)
	return d.bytes(ctx, d.write, func(desk *raw.Desk) ([]byte, *raw.Failure) {
		return raw.DeskExecute(desk, at, string(commands), flags)
	})
}

func (d *Desk) bytes(ctx context.Context, call func(context.Context, func(*raw.Desk) *raw.Failure) error,
	work func(*raw.Desk) ([]byte, *raw.Failure)) ([]byte, error) {
	var made []byte
	err := call(ctx, func(desk *raw.Desk) (failed *raw.Failure) {
		made, failed = work(desk)
		return
	})
	return made, err
}

// Advanced is what advancing did.
type Advanced struct {
	// Fired is how many entries fired.
	Fired uint64 `json:"fired"`
	// More says whether more is due.
	More bool `json:"more"`
}

// Advance fires what is due up to and including now, in order; the zero time is now by the clock of the desk.
func (d *Desk) Advance(ctx context.Context, now time.Time, options ...Option) (Advanced, error) {
	e, at := d.execution(append(slices.Clip(options), At(now)))
	var done Advanced
	err := d.write(ctx, func(desk *raw.Desk) *raw.Failure {
		fired, more, failed := raw.DeskAdvance(desk, at, e.limit, bit(e.allowLeap, raw.AdvanceAllowLeap))
		done = Advanced{Fired: fired, More: more != 0}
		return failed
	})
	return done, err
}

// NextDue is when Advance has something to do next; the zero time where nothing is waiting.
func (d *Desk) NextDue(ctx context.Context) (time.Time, error) {
	var due Instant
	err := d.read(ctx, func(desk *raw.Desk) *raw.Failure {
		due = Instant(raw.DeskNextDue(desk))
		return nil
	})
	if err != nil {
		return time.Time{}, err
	}
	return due.Time(), nil
}

// NotePresence says who has a record in front of them; a hint for screens, in memory alone.
func (d *Desk) NotePresence(ctx context.Context, presence PresenceNote) error {
	text, err := Marshal(presence)
	if err != nil {
		return err
	}
	return d.write(ctx, func(desk *raw.Desk) *raw.Failure { return raw.DeskNotePresence(desk, string(text)) })
}

// SetGuardAnswers is what the host says of the host_guards of workflows, by name, instead of what it said before.
func (d *Desk) SetGuardAnswers(ctx context.Context, answers map[string]bool) error {
	text, err := Marshal(answers)
	if err != nil {
		return err
	}
	return d.write(ctx, func(desk *raw.Desk) *raw.Failure { return raw.DeskSetGuardAnswers(desk, string(text)) })
}

// ---- questions

// Query answers a question.
func (d *Desk) Query(ctx context.Context, question Question) (Answer, error) {
	answer, err := answered[Answer](ctx, d, question)
	if err != nil {
		return nil, err
	}
	return *answer, nil
}

func answered[T any](ctx context.Context, d *Desk, question Question) (*T, error) {
	document, err := questionDocument(question)
	if err != nil {
		return nil, err
	}
	text, err := Marshal(document)
	if err != nil {
		return nil, err
	}
	if text, err = d.QueryJSON(ctx, text); err != nil {
		return nil, err
	}
	answer := new(T)
	return answer, Unmarshal(text, answer)
}

// QueryJSON is the same with JSON text in and out.
func (d *Desk) QueryJSON(ctx context.Context, question []byte) ([]byte, error) {
	return d.bytes(ctx, d.read, func(desk *raw.Desk) ([]byte, *raw.Failure) { return raw.DeskQuery(desk, string(question)) })
}

// FindAll is every record that Find gives page by page.
func (d *Desk) FindAll(ctx context.Context, question Find) iter.Seq2[*IncidentRecord, error] {
	return func(yield func(*IncidentRecord, error) bool) {
		for {
			page, err := d.Find(ctx, question)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range page.Records {
				if !yield(&page.Records[i], nil) {
					return
				}
			}
			if page.Cursor == "" {
				return
			}
			question.Cursor = page.Cursor
		}
	}
}

// What one question may ask for at most.
const rowsOfPage = 10_000

// Incidents is the list that Find would give, as typed rows: all of it.
func (d *Desk) Incidents(ctx context.Context, question Find) ([]IncidentRow, error) {
	var all []IncidentRow
	question.Limit = Ptr[int64](rowsOfPage)
	for {
		page, cursor, err := d.IncidentsPage(ctx, question)
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = page
		} else {
			all = append(all, page...)
		}
		if cursor == "" {
			return all, nil
		}
		question.Cursor = cursor
	}
}

// IncidentsPage is as many rows as Limit says (10000 where it says nothing), and the Cursor for those that follow; none at
// the end. The library fills the memory of the slice.
func (d *Desk) IncidentsPage(ctx context.Context, question Find) ([]IncidentRow, string, error) {
	if question.Limit == nil {
		question.Limit = Ptr[int64](rowsOfPage)
	}
	question.Fields = nil
	document, err := questionDocument(question)
	if err != nil {
		return nil, "", err
	}
	text, err := Marshal(document)
	if err != nil {
		return nil, "", err
	}
	rows := make([]IncidentRow, min(max(*question.Limit, 1), rowsOfPage))
	var count int
	var cursor []byte
	err = d.read(ctx, func(desk *raw.Desk) (failed *raw.Failure) {
		count, cursor, failed = raw.DeskIncidents(desk, string(text), unsafe.Pointer(unsafe.SliceData(rows)), int(unsafe.Sizeof(rows[0])), len(rows))
		return
	})
	if err != nil {
		return nil, "", err
	}
	return rows[:count:count], string(cursor), nil
}

// TimerRows is what the question Timers lists, as typed rows: what waits, in the order in which it fires.
func (d *Desk) TimerRows(ctx context.Context, question Timers) ([]TimerRow, error) {
	return rowsOf[TimerRow](ctx, d, question, raw.DeskTimers)
}

// ClockRows is what the question BreachesAhead lists, as typed rows: clocks that run, by deadline.
func (d *Desk) ClockRows(ctx context.Context, question BreachesAhead) ([]ClockRow, error) {
	return rowsOf[ClockRow](ctx, d, question, raw.DeskClocks)
}

// ShiftRows is what the question Shifts lists, as typed rows.
func (d *Desk) ShiftRows(ctx context.Context, question Shifts) ([]ShiftRow, error) {
	return rowsOf[ShiftRow](ctx, d, question, raw.DeskShifts)
}

// As many rows as there are; asked again where there were more than expected.
func rowsOf[Row any](ctx context.Context, d *Desk, question Question,
	fill func(*raw.Desk, string, unsafe.Pointer, int, int) (int, int, *raw.Failure)) ([]Row, error) {
	document, err := questionDocument(question)
	if err != nil {
		return nil, err
	}
	text, err := Marshal(document)
	if err != nil {
		return nil, err
	}
	for room := 256; ; {
		rows := make([]Row, room)
		var count, total int
		err = d.read(ctx, func(desk *raw.Desk) (failed *raw.Failure) {
			count, total, failed = fill(desk, string(text), unsafe.Pointer(unsafe.SliceData(rows)), int(unsafe.Sizeof(rows[0])), len(rows))
			return
		})
		if err != nil {
			return nil, err
		}
		if total <= room {
			return rows[:count:count], nil
		}
		room = total
	}
}

// Key is the key that a number in a row stands for: of a "person", an "sla_policy".
func (d *Desk) Key(ctx context.Context, kind string, number uint32) (string, error) {
	key, err := d.bytes(ctx, d.read, func(desk *raw.Desk) ([]byte, *raw.Failure) { return raw.DeskKey(desk, kind, number) })
	return string(key), err
}

// ---- the journal

// Head is the last entry of a journal, to be kept elsewhere as an anchor: its sequence and its chain hash.
type Head struct {
	Sequence uint64
	Hash     [raw.HashSize]byte
}

// Head is the last entry.
func (d *Desk) Head(ctx context.Context) (Head, error) {
	var head Head
	err := d.read(ctx, func(desk *raw.Desk) (failed *raw.Failure) {
		hash := make([]byte, raw.HashSize)
		head.Sequence, failed = raw.DeskHead(desk, hash)
		copy(head.Hash[:], hash)
		return
	})
	return head, err
}

// Entry is one entry of the journal: its command, its events, its hash.
func (d *Desk) Entry(ctx context.Context, sequence uint64) (Answer, error) {
	return d.answer(ctx, func(desk *raw.Desk) ([]byte, *raw.Failure) { return raw.DeskEntry(desk, sequence) })
}

// Verify reads the whole journal and every record again; ErrCorrupt names the first that is damaged.
func (d *Desk) Verify(ctx context.Context) (Answer, error) { return d.answer(ctx, raw.DeskVerify) }

// Memory says how much memory the desk takes, by what for: {"records": {"count": ..., "bytes": ...}, ..., "bytes": ...}.
func (d *Desk) Memory(ctx context.Context) (Answer, error) { return d.answer(ctx, raw.DeskMemory) }

func (d *Desk) answer(ctx context.Context, work func(*raw.Desk) ([]byte, *raw.Failure)) (Answer, error) {
	text, err := d.bytes(ctx, d.read, work)
	if err != nil {
		return nil, err
	}
	var answer Answer
	return answer, Unmarshal(text, &answer)
}

// ReadEntries gives entries from that one on as bytes, as many as fit into bytesMax (one at least), for ApplyEntries of a
// standby; none at the end of the journal.
func (d *Desk) ReadEntries(ctx context.Context, fromSequence uint64, bytesMax int) ([]byte, error) {
	return d.bytes(ctx, d.read, func(desk *raw.Desk) ([]byte, *raw.Failure) {
		return raw.DeskReadEntries(desk, fromSequence, bytesMax)
	})
}

// ApplyEntries takes up entries that continue this journal, and says how many were new; what does not follow is
// ErrConflict.
func (d *Desk) ApplyEntries(ctx context.Context, entries []byte) (uint64, error) {
	var applied uint64
	err := d.write(ctx, func(desk *raw.Desk) (failed *raw.Failure) {
		applied, failed = raw.DeskApplyEntries(desk, entries)
		return
	})
	return applied, err
}

// Follow takes up everything that the leader has beyond this desk, and says how many entries were new.
func (d *Desk) Follow(ctx context.Context, leader *Desk) (uint64, error) {
	var taken uint64
	for {
		own, err := d.Head(ctx)
		if err != nil {
			return taken, err
		}
		other, err := leader.Head(ctx)
		if err != nil || own.Sequence >= other.Sequence {
			return taken, err
		}
		entries, err := leader.ReadEntries(ctx, own.Sequence+1, 1<<20)
		if err != nil {
			return taken, err
		}
		applied, err := d.ApplyEntries(ctx, entries)
		if taken += applied; err != nil {
			return taken, err
		}
	}
}

// Backup copies a desk in a file as it is now, into a new file, while the desk goes on.
func (d *Desk) Backup(ctx context.Context, path string) error {
	if strings.ContainsRune(path, 0) {
		return errors.New("tocsin: a path has no NUL in it")
	}
	return d.read(ctx, func(desk *raw.Desk) *raw.Failure { return raw.DeskBackup(desk, path) })
}
