package tocsin

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	office = BusinessCalendar{Key: "office", Zone: "Europe/Berlin", Weekly: []BusinessCalendarWeekly{
		{Days: []string{"monday", "tuesday", "wednesday", "thursday", "friday"}, Start: "09:00", End: "17:00"}}}
	friday  = time.Date(2026, 11, 20, 14, 30, 0, 0, time.UTC)
	closing = time.Date(2026, 11, 20, 16, 0, 0, 0, time.UTC)
)

func made(t *testing.T, definition BusinessCalendar, others ...BusinessCalendar) *Calendar {
	t.Helper()
	calendar, err := NewCalendar(definition, others...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { calendar.Close() })
	return calendar
}

func TestACalendarAnswersOneQuestion(t *testing.T) {
	c := made(t, office)
	demand(t, must(c.Elapsed(friday, monday.Add(time.Hour))) == 150*time.Minute, "elapsed")
	demand(t, must(c.Elapsed(monday, friday)) == -90*time.Minute, "elapsed, back")
	for name, pair := range map[string][2]time.Time{
		"add":             {must(c.Add(friday, 2*time.Hour)), monday.Add(30 * time.Minute)},
		"subtract":        {must(c.Subtract(monday.Add(time.Hour), 2*time.Hour)), closing.Add(-time.Hour)},
		"next open":       {must(c.NextOpen(closing)), monday},
		"next close":      {must(c.NextClose(friday)), closing},
		"previous close":  {must(c.PreviousClose(monday)), closing},
		"business days":   {must(c.AddBusinessDays(friday, 1)), friday.AddDate(0, 0, 3)},
		"end of business": {must(c.EndOfBusinessDay(friday, 0)), closing},
	} {
		demand(t, pair[0] == pair[1], "%s: found %v, expected %v", name, pair[0], pair[1])
	}
	demand(t, must(c.IsOpen(friday)) && !must(c.IsOpen(closing)), "is open")
}

func TestManyAtOnceAreTheSameOneByOne(t *testing.T) {
	c := made(t, office)
	var starts, expected []time.Time
	var spans []time.Duration
	for i := range 100 {
		starts = append(starts, friday.Add(time.Duration(i)*time.Hour))
		spans = append(spans, time.Duration(i)*20*time.Minute)
		expected = append(expected, must(c.Add(starts[i], spans[i])))
	}
	demand(t, slices.Equal(must(c.AddEach(starts, spans)), expected), "they differ")
	demand(t, len(must(c.ElapsedEach(nil, nil))) == 0, "none")
	_, err := c.AddEach(starts, spans[1:])
	demand(t, err != nil && strings.Contains(err.Error(), "do not go together"), "found %v", err)
}

func TestWhatNeverComesIsTheZeroTime(t *testing.T) {
	c := made(t, BusinessCalendar{Key: "closed", Zone: "UTC", Weekly: []BusinessCalendarWeekly{}})
	demand(t, must(c.NextOpen(friday)).IsZero() && must(c.Add(friday, time.Hour)).IsZero(), "it opens")
}

func TestCalendarsCombine(t *testing.T) {
	c := made(t, BusinessCalendar{Key: "both", Intersection: []string{"office", "24x7"}}, office)
	demand(t, must(c.IsOpen(friday)), "it is closed")
	_, err := NewCalendar(BusinessCalendar{Key: "both", Union: []string{"nowhere"}})
	demand(t, errors.Is(err, ErrNotFound), "found %v", err)
}

func TestAClosedCalendarSaysSo(t *testing.T) {
	c := made(t, office)
	c.Close()
	demand(t, c.Close() == nil, "closing twice is once")
	_, err := c.NextOpen(friday)
	demand(t, errors.Is(err, ErrClosed), "found %v", err)
}

func TestLocalClocks(t *testing.T) {
	at, kind, err := LocalToInstant("Europe/Berlin", "2026-11-23T09:00:00")
	demand(t, err == nil && at == monday && kind == LocalUnique, "found %v, %v, %v", at, kind, err)
	_, kind, _ = LocalToInstant("Europe/Berlin", "2026-03-29T02:30:00")
	demand(t, kind == LocalSkipped, "found %v", kind)
	_, kind, _ = LocalToInstant("Europe/Berlin", "2026-10-25T02:30:00")
	demand(t, kind == LocalRepeated, "found %v", kind)
	_, _, err = LocalToInstant("Europe/Berlin", "2026-11-23T09:00:00Z")
	demand(t, err != nil, "a zone has no place in it")
	shown, err := InstantToLocal("Europe/Berlin", monday)
	demand(t, err == nil && shown == "2026-11-23T09:00:00", "found %v, %v", shown, err)
	_, err = InstantToLocal("Nowhere/Atlantis", monday)
	demand(t, errors.Is(err, ErrNotFound), "found %v", err)
}

func TestWhatNeedsNoDesk(t *testing.T) {
	feed := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	holidays := must(ReadHolidays(feed))
	demand(t, holidays.Holidays[0].Name == "Christmas", "found %v", holidays)
	rotation := map[string]any{"define": "rotation", "key": "night", "zone": "Europe/Berlin", "start": "2026-11-23T09:00", "shift": "daily", "participants": []any{map[string]any{"person": "ana"}, map[string]any{"person": "ben"}}}
	answers := must(OncallAnswer([]any{map[string]any{"define": "person", "key": "ana"}, map[string]any{"define": "person", "key": "ben"}}, []any{rotation, map[string]any{"operation": "no_such"}}))
	demand(t, len(answers) == 2 && answers[1]["error"] != nil, "found %v", answers)
	_, err := EscalationAnswer([]any{map[string]any{"define": "nothing"}}, nil)
	demand(t, errors.Is(err, ErrInvalidArgument), "found %v", err)
	impact := must(ImpactAnswer([]any{map[string]any{"define": "service", "key": "shop", "depends_on": []any{"db"}}, map[string]any{"define": "configuration_item", "key": "db"}}, []any{map[string]any{"operation": "impact", "failed": []any{"db"}}}))
	demand(t, len(impact) == 1 && len(impact[0]["items"].([]any)) == 2, "found %v", impact)
	commands := must(IntakeCommands("alertmanager", []byte(`{"version":"4","groupKey":"x","status":"firing","receiver":"tocsin","alerts":[{"status":"firing","labels":{"alertname":"DiskFull"},"annotations":{},"startsAt":"2026-11-23T08:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"1"}]}`)))
	demand(t, len(commands) == 1 && commands[0].(Document)["command"] == "report_event", "found %v", commands)
	_, err = Schema("no_such")
	demand(t, errors.Is(err, ErrNotFound) && must(Schema("log_incident"))["title"] == "log_incident", "found %v", err)
	demand(t, Version() != "", "no version")
}
