package tocsin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"tocsin.example/tocsin/internal/raw"
)

var (
	background = context.Background()
	monday     = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
)

func opened(t *testing.T, path string, options *OpenOptions) *Desk {
	t.Helper()
	desk, err := Open(path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { desk.Close() })
	return desk
}

// must is the value of a call that may not fail.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func demand(t *testing.T, holds bool, format string, arguments ...any) {
	t.Helper()
	if !holds {
		t.Errorf(format, arguments...)
	}
}

func logged(t *testing.T, desk *Desk, title string) string {
	t.Helper()
	return must(desk.LogIncident(background, LogIncident{Title: title, At: monday})).Record.Number
}

// ---- opening and closing

func TestADeskInAFileIsThereAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "support.desk")
	desk := opened(t, path, nil)
	logged(t, desk, "VPN is down")
	head := must(desk.Head(background))
	desk.Close()
	again := opened(t, path, &OpenOptions{MustExist: true, ReadOnly: true})
	demand(t, must(again.Head(background)) == head, "the head is another")
	_, err := again.LogIncident(background, LogIncident{Title: "No writing here", At: monday})
	var refusal *Error
	demand(t, errors.As(err, &refusal), "found %v", err)
}

func TestAFileThatMustExistIsNotMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none.desk")
	_, err := Open(path, &OpenOptions{MustExist: true})
	var refusal *Error
	demand(t, errors.As(err, &refusal) && strings.HasPrefix(refusal.Reason, "store."), "found %v", err)
	_, err = os.Stat(path)
	demand(t, errors.Is(err, os.ErrNotExist), "found %v", err)
}

func TestAnotherProcessHasTheFile(t *testing.T) {
	if path := os.Getenv("TOCSIN_TEST_OPEN"); path != "" {
		_, err := Open(path, nil)
		demand(t, errors.Is(err, ErrBusy), "found %v", err)
		return
	}
	path := filepath.Join(t.TempDir(), "support.desk")
	logged(t, opened(t, path, nil), "VPN is down")
	other := exec.Command(os.Args[0], "-test.run=^TestAnotherProcessHasTheFile$")
	other.Env = append(os.Environ(), "TOCSIN_TEST_OPEN="+path)
	if said, err := other.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
}

func TestAClosedDeskSaysSo(t *testing.T) {
	desk := opened(t, "", nil)
	desk.Close()
	demand(t, desk.Close() == nil, "closing twice is once")
	uses := map[string]func() error{
		"command": func() error {
			_, err := desk.LogIncident(background, LogIncident{Title: "x", At: monday})
			return err
		},
		"question":    func() error { _, err := desk.Find(background, Find{}); return err },
		"many":        func() error { _, err := desk.ExecuteAll(background, nil); return err },
		"advance":     func() error { _, err := desk.Advance(background, monday); return err },
		"next due":    func() error { _, err := desk.NextDue(background); return err },
		"rows":        func() error { _, err := desk.Incidents(background, Find{}); return err },
		"head":        func() error { _, err := desk.Head(background); return err },
		"entry":       func() error { _, err := desk.Entry(background, 1); return err },
		"verify":      func() error { _, err := desk.Verify(background); return err },
		"memory":      func() error { _, err := desk.Memory(background); return err },
		"fork":        func() error { _, err := desk.Fork(background); return err },
		"read":        func() error { _, err := desk.ReadEntries(background, 1, 1); return err },
		"apply":       func() error { _, err := desk.ApplyEntries(background, nil); return err },
		"backup":      func() error { return desk.Backup(background, "x") },
		"take":        func() error { _, err := desk.TakeEffects(background, "x", 1); return err },
		"acknowledge": func() error { return desk.AcknowledgeEffects(background, "x", 1) },
		"presence":    func() error { return desk.NotePresence(background, PresenceNote{At: monday}) },
		"effects": func() error {
			for _, err := range desk.Effects(background, "x") {
				return err
			}
			return nil
		},
	}
	for name, use := range uses {
		demand(t, errors.Is(use(), ErrClosed), "%s: found %v", name, use())
	}
	demand(t, desk.RunTimers(background) == nil, "timers end with the desk")
}

func TestADeskThatIsForgottenIsClosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "forgotten.desk")
	logged(t, must(Open(path, nil)), "x")
	for range 500 {
		runtime.GC()
		again, err := Open(path, nil)
		if err == nil {
			demand(t, len(must(again.Incidents(background, Find{}))) == 1, "it is another")
			again.Close()
			return
		}
		demand(t, errors.Is(err, ErrBusy), "found %v", err)
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("nobody closed it")
}

func TestOptionsAndTheSeedAreHandedOver(t *testing.T) {
	options := &DeskOptions{NumberPrefix: "TKT", MaxLeap: Ptr(24 * time.Hour)}
	desk := opened(t, ":memory:", &OpenOptions{Options: options, SaltSeed: []byte("0123456789abcdef")})
	demand(t, strings.HasPrefix(logged(t, desk, "x"), "TKT"), "the prefix")
	later := LogIncident{Title: "x", At: monday.Add(48 * time.Hour)}
	_, err := desk.LogIncident(background, later)
	demand(t, err != nil, "a leap is refused")
	_, err = desk.LogIncident(background, later, AllowLeap())
	demand(t, err == nil, "a leap is allowed: %v", err)
	_, err = Open("", &OpenOptions{SaltSeed: []byte("short")})
	demand(t, errors.Is(err, ErrInvalidArgument), "found %v", err)
	_, err = Open("support\x00.desk", nil)
	demand(t, err != nil && strings.Contains(err.Error(), "NUL"), "found %v", err)
}

// ---- instants and durations

func TestAnyZoneComesBackAsUTC(t *testing.T) {
	desk := opened(t, "", nil)
	there := time.Date(2026, 11, 23, 9, 0, 0, 250_000_999, time.FixedZone("", 3600))
	result := must(desk.LogIncident(background, LogIncident{Title: "x", At: there}))
	demand(t, result.RecordedAt.Equal(there.Truncate(time.Microsecond)) && result.RecordedAt.Location() == time.UTC, "found %v", result.RecordedAt)
	record := must(desk.Get(background, Get{Incident: 1}))
	demand(t, record.OpenedAt == result.RecordedAt, "found %v", record.OpenedAt)
}

func TestInstantsAndDurationsGoToTextAndBack(t *testing.T) {
	draw := rand.New(rand.NewSource(7))
	for range 2000 {
		at := time.Date(1900, 1, 2, 0, 0, draw.Intn(86_400), 1000*[]int{0, 1000, 250_000, 7}[draw.Intn(4)], time.UTC).AddDate(0, 0, draw.Intn(109_000))
		again, ok := parseInstant(instantText(at))
		demand(t, ok && again.Equal(at), "%v came back as %v", at, again)
		span := time.Duration(draw.Intn(700))*24*time.Hour*time.Duration(draw.Intn(2)) + time.Duration(draw.Intn(90_000))*time.Second
		span += time.Duration(draw.Intn(3)) * time.Microsecond
		span *= time.Duration(1 - 2*draw.Intn(2))
		back, ok := parseDuration(durationText(span))
		demand(t, ok && back == span, "%v came back as %v", span, back)
	}
	demand(t, durationText(0) == "PT0S" && durationText(-26*time.Hour) == "-P1DT2H", "durations")
	for _, wrong := range []string{"P", "PT", "P1", "P1Y", "1D", "P1DT", "", "PT1H2H", "P200000D"} {
		_, ok := parseDuration(wrong)
		demand(t, !ok, "%s is no duration", wrong)
	}
}

func TestTheLibraryWritesDurationsAsTheBindingDoes(t *testing.T) {
	calendar := must(NewCalendar(BusinessCalendar{Key: "all", Union: []string{"24x7"}}))
	defer calendar.Close()
	for _, span := range []time.Duration{0, time.Microsecond, 72*time.Hour + 61500*time.Millisecond, -25*time.Hour - time.Minute} {
		question := must(Marshal(CalendarQuestion{Operation: "elapsed", From: monday, To: monday.Add(span)}))
		text, failed := raw.CalendarAsk(calendar.handle, string(question))
		demand(t, failed == nil && bytes.Contains(text, []byte(`"`+durationText(span)+`"`)), "%v: %s", span, text)
	}
}

func TestDefinitionsArePublishedFromStructs(t *testing.T) {
	desk := opened(t, "", nil)
	must(desk.Publish(background, Publish{
		At: monday,
		BusinessCalendars: []BusinessCalendar{{
			Key: "office", Zone: "Europe/Berlin",
			Weekly: []BusinessCalendarWeekly{{Days: []string{"monday", "tuesday"}, Start: "09:00", End: "17:30"}},
		}},
		SLAPolicies: []SLAPolicy{{
			Key: "answer", Name: "Answer", Kind: "sla", Metric: "response", Calendar: "office",
			Targets: []SLAPolicyTargets{{Duration: Ptr(4 * time.Hour)}},
		}},
	}))
	logged(t, desk, "x")
	answer := must(desk.Clocks(background, Clocks{Incident: 1}))
	clock := answer["clocks"].([]any)[0].(map[string]any)
	demand(t, clock["target"] == 4*time.Hour && clock["deadline"] == monday.Add(4*time.Hour), "found %v", clock)
}

func TestAPackIsPublishedFromItsFile(t *testing.T) {
	desk := opened(t, "", nil)
	pack := Publish{At: monday}
	if err := Unmarshal(must(os.ReadFile("../../examples/packs/facilities_desk.json")), &pack); err != nil {
		t.Fatal(err)
	}
	published := must(desk.Publish(background, pack))
	var event DefinitionsPublished
	demand(t, published.Events[0].Decode(&event) == nil && reflect.DeepEqual(event.Workflows, pack.Workflows), "found %v", event.Workflows)
}

func TestTextOfCustomFieldsStaysText(t *testing.T) {
	desk := opened(t, "", nil)
	must(desk.Publish(background, Publish{At: monday, CustomFields: []CustomField{{Key: "due_at", Name: "Due", Kind: "text"}, {Key: "floor", Name: "Floor", Kind: "integer"}}}))
	custom := map[string]any{"due_at": "2026-11-23T08:00:00Z", "floor": 3}
	must(desk.LogIncident(background, LogIncident{Title: "2026-11-23T08:00:00Z", Custom: custom, At: monday}))
	found := must(desk.Get(background, Get{Incident: 1}))
	demand(t, found.Title == "2026-11-23T08:00:00Z" && found.Custom["due_at"] == custom["due_at"] && found.Custom["floor"] == int64(3), "found %v", found.Custom)
	answer := must(desk.Query(background, Get{Incident: 1}))
	demand(t, reflect.DeepEqual(answer["custom"], map[string]any{"due_at": "2026-11-23T08:00:00Z", "floor": int64(3)}), "found %v", answer["custom"])
}

// ---- documents

func TestThereIsAStructForEachCommandQuestionAndEvent(t *testing.T) {
	catalogue := must(Catalogue())
	for kind, types := range map[string]map[string]reflect.Type{"commands": commandTypes, "queries": questionTypes, "events": eventTypes} {
		entries := catalogue[kind].([]any)
		demand(t, len(entries) == len(types), "%s: %d structs for %d", kind, len(types), len(entries))
		for _, entry := range entries {
			name := entry.(map[string]any)["name"].(string)
			made := types[name]
			if made == nil {
				t.Errorf("%s has no struct", name)
				continue
			}
			_, callable := reflect.TypeFor[*Desk]().MethodByName(made.Name())
			demand(t, callable || kind == "events", "%s is no method", name)
		}
	}
}

func TestADocumentCannotHoldEverything(t *testing.T) {
	desk := opened(t, "", nil)
	for _, custom := range []any{math.NaN(), func() {}, "\xff", make(chan int), map[int]string{1: "x"}} {
		_, err := desk.LogIncident(background, LogIncident{Title: "x", At: monday, Custom: map[string]any{"odd": custom}})
		demand(t, err != nil && strings.Contains(err.Error(), "/custom/odd"), "%T: %v", custom, err)
	}
	demand(t, must(desk.Head(background)).Sequence == 0, "something was accepted")
	title, description := "Größe \U0001f600 <&>", "one\nline\ttwo \"quoted\" \u2028 \x00"
	_, err := desk.LogIncident(background, LogIncident{Title: title, Description: strings.TrimSuffix(description, " \x00"), At: monday})
	demand(t, err == nil, "%v", err)
	found := must(desk.Get(background, Get{Incident: "INC0000001"}))
	demand(t, found.Title == title && found.Description == "one\nline\ttwo \"quoted\" \u2028", "found %q, %q", found.Title, found.Description)
}

func TestWhatIsReadMustFit(t *testing.T) {
	var record IncidentRecord
	err := Unmarshal([]byte(`{"tasks":[{"number":"one"}]}`), &record)
	demand(t, err != nil && strings.Contains(err.Error(), "/tasks/0/number"), "found %v", err)
	demand(t, Unmarshal([]byte(`{}`), record) != nil, "a struct that is no pointer")
	demand(t, Unmarshal([]byte(`{} {}`), &record) != nil, "two documents")
}

func TestAnUnknownFieldOfADocumentIsRefused(t *testing.T) {
	desk := opened(t, "", nil)
	_, err := desk.Execute(background, Document{"command": "log_incident", "actor": "host", "titel": "x", "at": monday})
	var refusal *Error
	demand(t, errors.As(err, &refusal) && refusal.Detail["nearest"] == "title", "found %v", err)
}

func TestTheClockIsAskedOnlyWhereNoInstantIsGiven(t *testing.T) {
	desk := opened(t, "", &OpenOptions{Clock: func() time.Time { return monday }})
	demand(t, must(desk.LogIncident(background, LogIncident{Title: "x"})).RecordedAt == monday, "the clock")
	later := monday.Add(5 * time.Second)
	demand(t, must(desk.LogIncident(background, LogIncident{Title: "x", At: later})).RecordedAt == later, "its own")
	demand(t, must(desk.Advance(background, time.Time{})) == Advanced{}, "advance by the clock")
	_, err := opened(t, "", nil).LogIncident(background, LogIncident{Title: "x"})
	var refusal *Error
	demand(t, errors.As(err, &refusal) && refusal.Detail["path"] == "/at", "found %v", err)
}

func TestManyAreAcceptedAsAWholeOrNotAtAll(t *testing.T) {
	desk := opened(t, "", nil)
	commands := []Command{LogIncident{Title: "One"}, AddNote{Incident: "INC0000099", Text: "Two"}}
	_, err := desk.ExecuteAll(background, commands, At(monday))
	var refusal *Error
	demand(t, errors.Is(err, ErrNotFound) && errors.As(err, &refusal) && refusal.Detail["index"] == int64(1), "found %v", err)
	demand(t, must(desk.Head(background)).Sequence == 0, "something was accepted")
	results := must(desk.ExecuteAll(background, commands, At(monday), Apart()))
	demand(t, results[0].Record.Number == "INC0000001" && results[0].Error == nil, "found %v", results[0])
	demand(t, errors.Is(results[1].Error, ErrNotFound) && results[1].Error.Detail["path"] == "/incident", "found %v", results[1].Error)
	none := must(desk.ExecuteAll(background, nil))
	demand(t, len(none) == 0, "found %v", none)
}

func TestADryRunChangesNothing(t *testing.T) {
	desk := opened(t, "", nil)
	result := must(desk.LogIncident(background, LogIncident{Title: "One", At: monday}, DryRun()))
	demand(t, result.Record.Number != "" && must(desk.Head(background)).Sequence == 0, "found %v", result)
}

func TestEventsAndEffectsAreDecodedByTheirNames(t *testing.T) {
	desk := opened(t, "", nil)
	result := must(desk.LogIncident(background, LogIncident{Title: "One", At: monday}))
	var event IncidentLogged
	demand(t, result.Events[0].Decode(&event) == nil && event.Title == "One", "found %v", event)
	demand(t, result.Events[0].Decode(&IncidentHeld{}) != nil, "another event")
}

func TestJSONGoesThroughAsItIs(t *testing.T) {
	desk := opened(t, "", nil)
	line := `{"command":"log_incident","at":"2026-11-23T08:00:00Z","actor":"host","title":"x"}`
	text := must(desk.ExecuteJSON(background, []byte(line+"\n"+line), Lines()))
	demand(t, bytes.HasPrefix(text, []byte("[{")), "found %s", text)
	demand(t, json.Valid(must(desk.QueryJSON(background, []byte(`{"query":"find"}`)))), "no JSON")
}

// ---- errors

func TestAnErrorSaysWhatAndWhere(t *testing.T) {
	desk := opened(t, "", nil)
	_, err := desk.LogIncident(background, LogIncident{Title: "x", Impact: "huge", At: monday})
	var refusal *Error
	if !errors.As(err, &refusal) {
		t.Fatal(err)
	}
	demand(t, errors.Is(err, ErrInvalidArgument) && !errors.Is(err, ErrNotFound), "found %v", err)
	demand(t, refusal.Status == "invalid_argument" && refusal.Detail["path"] == "/impact", "found %v", refusal.Detail)
	demand(t, strings.Contains(err.Error(), "medium"), "found %v", err)
	for number, known := range statuses[1:] {
		demand(t, raw.StatusName(int32(number+1)) == string(known.(status)), "%v is number %d", known, number+1)
	}
}

// ---- lists

func TestRowsLieAsTheLibraryFillsThem(t *testing.T) {
	demand(t, unsafe.Sizeof(IncidentRow{}) == 72, "a row has %d bytes", unsafe.Sizeof(IncidentRow{}))
}

func TestRowsAreWhatFindFinds(t *testing.T) {
	desk := opened(t, "", nil)
	var commands []Command
	for i := range 250 {
		commands = append(commands, LogIncident{Title: "x", Impact: []string{"high", "low"}[i%2], Urgency: "high"})
	}
	must(desk.ExecuteAll(background, commands, At(monday)))
	must(desk.BeginWork(background, BeginWork{Incident: 1, At: monday.Add(time.Hour)}))
	rows := must(desk.Incidents(background, Find{Order: "id"}))
	i := 0
	for record, err := range desk.FindAll(background, Find{Order: "id", Limit: Ptr[int64](100)}) {
		if err != nil {
			t.Fatal(err)
		}
		row := rows[i]
		demand(t, row.ID == record.ID && row.OpenedAt.Time() == record.OpenedAt && row.StateKind.String() == record.StateKind, "row %d: %v", i, row)
		demand(t, row.Priority.String() == record.Priority && !row.ResolvedAt.IsSet() && row.ResolvedAt.Time().IsZero(), "row %d: %v", i, row)
		i++
	}
	demand(t, i == 250 && len(rows) == 250, "%d records, %d rows", i, len(rows))
	var ids []uint64
	question := Find{Order: "id", Limit: Ptr[int64](100)}
	for {
		page, cursor, err := desk.IncidentsPage(background, question)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page {
			ids = append(ids, row.ID)
		}
		if question.Cursor = cursor; cursor == "" {
			break
		}
	}
	demand(t, len(ids) == 250 && ids[249] == 250, "found %v", ids)
	closed := must(desk.Incidents(background, Find{Where: &FindWhere{Open: Ptr(false)}}))
	demand(t, len(closed) == 0, "found %v", closed)
}

// ---- effects, timers

func withEffects(t *testing.T, desk *Desk) []uint64 {
	t.Helper()
	must(desk.Publish(background, Publish{At: monday, People: []Person{{Key: "ana"}, {Key: "ben"}}}))
	for range 3 {
		must(desk.LogIncident(background, LogIncident{Title: "x", Caller: "ben", At: monday}))
	}
	for i := range 3 {
		must(desk.AssignIncident(background, AssignIncident{Incident: i + 1, Assignee: "ana", At: monday}))
	}
	return ids(must(desk.TakeEffects(background, "observer", 100)))
}

func ids(effects []Effect) []uint64 {
	return mapped(effects, func(e Effect) uint64 { return e.ID })
}

func TestAnEffectIsAcknowledgedWhenTheNextIsAskedFor(t *testing.T) {
	desk := opened(t, "", nil)
	everything := withEffects(t, desk)
	demand(t, len(everything) >= 3, "found %v", everything)
	func() {
		defer func() { demand(t, recover() == "the mail server is gone", "no panic") }()
		for effect, err := range desk.Effects(background, "mailer") {
			if err != nil {
				t.Error(err)
			}
			demand(t, effect.ScheduledAt == monday, "found %v", effect)
			if effect.ID == everything[1] {
				panic("the mail server is gone")
			}
		}
	}()
	demand(t, slices.Equal(ids(must(desk.TakeEffects(background, "mailer", 100))), everything[1:]), "after the panic")
	for range desk.Effects(background, "mailer") {
		break
	}
	var handled []uint64
	for effect := range desk.Effects(background, "mailer") {
		handled = append(handled, effect.ID)
	}
	demand(t, slices.Equal(handled, everything[1:]), "found %v", handled)
	for range desk.Effects(background, "mailer") {
		t.Error("there is nothing left")
	}
}

func TestFollowingEndsWithItsContextOrTheDesk(t *testing.T) {
	desk := opened(t, "", nil)
	ctx, cancel := context.WithCancel(background)
	defer cancel()
	everything := withEffects(t, desk)
	count := 0
	for _, err := range desk.FollowEffects(ctx, "pager") {
		if err != nil {
			t.Fatal(err)
		}
		if count++; count == len(everything) {
			cancel()
		}
	}
	left := must(desk.TakeEffects(background, "pager", 100))
	demand(t, len(left) == 0, "what was handled last is not acknowledged: %v", left)
	ended := make(chan struct{})
	go func() {
		for range desk.FollowEffects(background, "pager") {
		}
		close(ended)
	}()
	time.Sleep(time.Millisecond)
	desk.Close()
	<-ended
}

func TestTimersRunUntilTheContextEnds(t *testing.T) {
	desk := opened(t, "", &OpenOptions{Clock: time.Now})
	ctx, cancel := context.WithTimeout(background, 20*time.Second)
	defer cancel()
	ran := make(chan error)
	go func() { ran <- desk.RunTimers(ctx) }()
	must(desk.Publish(background, Publish{People: []Person{{Key: "ana"}}, EscalationPolicies: []EscalationPolicy{{
		Key: "soon", Steps: []EscalationPolicySteps{{Delay: Ptr(50 * time.Millisecond)}, {Targets: []EscalationPolicyStepsTargets{{Kind: "person", Key: "ana"}}, Delay: Ptr(time.Hour)}},
	}}}))
	number := must(desk.LogIncident(background, LogIncident{Title: "x"})).Record.Number
	must(desk.StartEscalation(background, StartEscalation{Incident: number, Policy: "soon"}))
	for effect, err := range desk.FollowEffects(ctx, "pager") {
		if err != nil {
			t.Fatal(err)
		}
		var page Page
		if effect.Decode(&page) == nil && page.Person == "ana" {
			break
		}
	}
	demand(t, ctx.Err() == nil, "no page came")
	cancel()
	demand(t, errors.Is(<-ran, context.Canceled), "the timers did not end with their context")
}

// ---- goroutines

func TestAnyGoroutineMayUseADesk(t *testing.T) {
	desk := opened(t, "", nil)
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for range 25 {
				must(desk.LogIncident(background, LogIncident{Title: "x", At: monday}))
				must(desk.Count(background, Count{}))
				must(desk.Incidents(background, Find{}))
			}
		}()
	}
	all.Wait()
	demand(t, len(must(desk.Incidents(background, Find{}))) == 200, "some are missing")
	must(desk.Verify(background))
}

func TestAContextThatEndsStopsTheCall(t *testing.T) {
	desk := opened(t, "", nil)
	many := make([]Command, 20_000)
	for i := range many {
		many[i] = LogIncident{Title: "x", Description: strings.Repeat("y", 500)}
	}
	ended, cancel := context.WithCancel(background)
	cancel()
	_, err := desk.ExecuteAll(ended, many[:1], At(monday))
	demand(t, errors.Is(err, context.Canceled), "found %v", err)
	cause := errors.New("the user has left")
	running, stop := context.WithCancelCause(background)
	go func() {
		time.Sleep(100 * time.Millisecond)
		stop(cause)
	}()
	_, err = desk.ExecuteAll(running, many, At(monday), Apart())
	demand(t, errors.Is(err, context.Canceled), "found %v", err)
	var refusal *Error
	if errors.As(err, &refusal) {
		demand(t, errors.Is(err, ErrCancelled) && errors.Is(err, cause), "found %v", err)
	}
	for range 3 { // and nothing after it is stopped in its stead
		must(desk.LogIncident(background, LogIncident{Title: "x", At: monday}))
	}
	must(desk.Verify(background))
}

func TestAnInterruptThatCameTooLateStopsNothingElse(t *testing.T) {
	desk := opened(t, "", nil)
	for range 100 {
		raw.DeskInterrupt(desk.handle)
		desk.leftover.Store(true)
		must(desk.LogIncident(background, LogIncident{Title: "x", At: monday}))
		raw.DeskInterrupt(desk.handle)
		desk.leftover.Store(true)
		must(desk.Verify(background))
	}
}

func TestContextsThatEndBesideOtherQuestionsStopTheirOwn(t *testing.T) {
	desk := opened(t, "", nil)
	many := make([]Command, 300)
	for i := range many {
		many[i] = LogIncident{Title: "x"}
	}
	must(desk.ExecuteAll(background, many, At(monday)))
	var all sync.WaitGroup
	for i := range 4 {
		all.Add(1)
		go func() {
			defer all.Done()
			for range 15 {
				ctx, cancel := background, context.CancelFunc(func() {})
				if i%2 == 0 {
					ctx, cancel = context.WithTimeout(background, time.Duration(1+i)*500*time.Microsecond)
				}
				_, err := desk.Verify(ctx)
				demand(t, err == nil || (i%2 == 0 && errors.Is(err, context.DeadlineExceeded)), "%d: %v", i, err)
				cancel()
			}
		}()
	}
	all.Wait()
	must(desk.LogIncident(background, LogIncident{Title: "x", At: monday}))
}

func TestWhoWaitsMayGiveUp(t *testing.T) {
	l := newLock()
	short, cancel := context.WithTimeout(background, time.Millisecond)
	defer cancel()
	demand(t, l.read(background) == nil && l.read(background) == nil, "readers side by side")
	demand(t, errors.Is(l.write(short), context.DeadlineExceeded), "a writer waits for readers")
	l.endRead()
	l.endRead()
	demand(t, l.write(background) == nil, "a writer alone")
	again, end := context.WithTimeout(background, time.Millisecond)
	defer end()
	demand(t, errors.Is(l.read(again), context.DeadlineExceeded), "a reader waits for a writer")
	l.endWrite()
	demand(t, l.read(background) == nil, "a reader again")
	l.endRead()
}

// ---- forks, the journal

func TestAForkGoesItsOwnWay(t *testing.T) {
	desk := opened(t, "", nil)
	logged(t, desk, "x")
	fork := must(desk.Fork(background))
	defer fork.Close()
	logged(t, fork, "What if")
	demand(t, len(must(fork.Incidents(background, Find{}))) == 2 && len(must(desk.Incidents(background, Find{}))) == 1, "they differ")
}

func TestAStandbyFollowsAndThenLeads(t *testing.T) {
	folder := t.TempDir()
	desk, standby := opened(t, "", nil), opened(t, filepath.Join(folder, "standby.desk"), nil)
	for range 30 {
		logged(t, desk, "x")
	}
	head := must(desk.Head(background))
	demand(t, must(standby.Follow(background, desk)) == head.Sequence, "it follows")
	demand(t, must(standby.Head(background)) == head && must(standby.Follow(background, desk)) == 0, "it has followed")
	demand(t, must(standby.ApplyEntries(background, must(desk.ReadEntries(background, 1, 1<<20)))) == 0, "nothing new")
	logged(t, standby, "The leader is gone")
	logged(t, desk, "It is not")
	_, err := standby.ApplyEntries(background, must(desk.ReadEntries(background, head.Sequence+1, 1<<20)))
	demand(t, errors.Is(err, ErrConflict), "found %v", err)
	path := filepath.Join(folder, "backup.desk")
	if err := standby.Backup(background, path); err != nil {
		t.Fatal(err)
	}
	backup := opened(t, path, &OpenOptions{ReadOnly: true})
	demand(t, must(backup.Head(background)) == must(standby.Head(background)), "the backup")
	demand(t, must(backup.Verify(background))["entries"] == int64(head.Sequence+1), "its entries")
	demand(t, must(backup.Entry(background, head.Sequence+1))["recorded_at"] == monday, "its last")
}

func TestPresenceIsAHint(t *testing.T) {
	desk := opened(t, "", nil)
	must(desk.Publish(background, Publish{At: monday, People: []Person{{Key: "ana"}}}))
	logged(t, desk, "x")
	note := PresenceNote{Incident: 1, Actor: "ana", Activity: "editing", At: monday, Until: monday.Add(time.Minute)}
	if err := desk.NotePresence(background, note); err != nil {
		t.Fatal(err)
	}
	people := must(desk.Presence(background, Presence{Incident: 1}))["people"].([]any)
	demand(t, people[0].(map[string]any)["since"] == monday, "found %v", people)
}
