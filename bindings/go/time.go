package tocsin

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"tocsin.example/tocsin/internal/raw"
)

// Instant is an instant in a row: microseconds since 1970.
type Instant int64

// Time is the instant in UTC; the zero time where it is not set, or never.
func (i Instant) Time() time.Time {
	if i == raw.Never || i == raw.Unset {
		return time.Time{}
	}
	return time.UnixMicro(int64(i)).UTC()
}

// IsSet says whether there is such an instant.
func (i Instant) IsSet() bool { return i != raw.Never && i != raw.Unset }

// RFC 3339 in UTC as the library writes it; what is finer than a microsecond is cut off.
func instantText(at time.Time) string {
	at = at.UTC()
	switch us := at.Nanosecond() / 1000; {
	case us == 0:
		return at.Format("2006-01-02T15:04:05Z")
	case us%1000 == 0:
		return at.Format("2006-01-02T15:04:05.000Z")
	default:
		return at.Format("2006-01-02T15:04:05.000000Z")
	}
}

var canonicalInstant = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?Z$`)

// The instant of text that the library wrote.
func parseInstant(text string) (time.Time, bool) {
	if !canonicalInstant.MatchString(text) {
		return time.Time{}, false
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	return at, err == nil
}

// ISO 8601 with days of 24 hours, as the library writes it; what is finer than a microsecond is cut off.
func durationText(span time.Duration) string {
	us := span.Microseconds()
	sign := ""
	if us < 0 {
		sign, us = "-", -us
	}
	days, hours := us/86_400_000_000, us/3_600_000_000%24
	minutes, seconds := us/60_000_000%60, us/1_000_000%60
	var text strings.Builder
	text.WriteString(sign + "P")
	if days != 0 {
		fmt.Fprintf(&text, "%dD", days)
	}
	clock := ""
	if hours != 0 {
		clock += fmt.Sprintf("%dH", hours)
	}
	if minutes != 0 {
		clock += fmt.Sprintf("%dM", minutes)
	}
	fraction := ""
	if rest := us % 1_000_000; rest != 0 {
		fraction = "." + strings.TrimRight(fmt.Sprintf("%06d", rest), "0")
	}
	if seconds != 0 || fraction != "" || (days == 0 && clock == "") {
		clock += fmt.Sprintf("%d%sS", seconds, fraction)
	}
	if clock != "" {
		text.WriteString("T" + clock)
	}
	return text.String()
}

var isoDuration = regexp.MustCompile(`^(-?)P(?:(\d+)D)?(?:(T)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?$`)

// The duration of text of days and less; not of one that is longer than a time.Duration (292 years).
func parseDuration(text string) (time.Duration, bool) {
	match := isoDuration.FindStringSubmatch(text)
	if match == nil || (match[2] == "" && match[3] == "") || (match[3] != "" && match[4]+match[5]+match[6] == "") {
		return 0, false
	}
	var span time.Duration
	fraction := (match[7] + "000000")[:6]
	for _, part := range []struct {
		count string
		unit  time.Duration
	}{{match[2], 24 * time.Hour}, {match[4], time.Hour}, {match[5], time.Minute}, {match[6], time.Second}, {fraction, time.Microsecond}} {
		if part.count == "" {
			continue
		}
		count, err := strconv.ParseInt(part.count, 10, 64)
		const longest = time.Duration(1<<63 - 1)
		if err != nil || count > int64((longest-span)/part.unit) {
			return 0, false
		}
		span += time.Duration(count) * part.unit
	}
	if match[1] != "" {
		span = -span
	}
	return span, true
}
