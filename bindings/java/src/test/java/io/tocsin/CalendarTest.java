package io.tocsin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tocsin.Definitions.BusinessCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalendarTest {
    private static final BusinessCalendar OFFICE = new BusinessCalendar().key("office").zone("Europe/Berlin")
            .weekly(new Definitions.BusinessCalendarWeekly().days("monday", "tuesday", "wednesday", "thursday", "friday")
                    .start("09:00").end("17:00"));
    private static final Instant FRIDAY = Instant.parse("2026-11-20T14:30:00Z");
    private static final Instant CLOSING = Instant.parse("2026-11-20T16:00:00Z");
    private static final Instant MONDAY = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void oneQuestionAtATime() {
        try (Calendar office = new Calendar(OFFICE)) {
            assertEquals(Duration.ofMinutes(150), office.elapsed(FRIDAY, MONDAY.plus(HOUR)));
            assertEquals(Duration.ofMinutes(-90), office.elapsed(MONDAY, FRIDAY));
            assertEquals(MONDAY.plusSeconds(1800), office.add(FRIDAY, Duration.ofHours(2)));
            assertEquals(CLOSING.minus(HOUR), office.subtract(MONDAY.plus(HOUR), Duration.ofHours(2)));
            assertEquals(MONDAY, office.nextOpen(CLOSING));
            assertEquals(CLOSING, office.nextClose(FRIDAY));
            assertEquals(CLOSING, office.previousClose(MONDAY));
            assertEquals(FRIDAY.plus(Duration.ofDays(3)), office.addBusinessDays(FRIDAY, 1));
            assertEquals(CLOSING, office.endOfBusinessDay(FRIDAY, 0));
            assertTrue(office.isOpen(FRIDAY));
            assertFalse(office.isOpen(CLOSING));
        }
    }

    @Test
    void manyAtOnceAreTheSameOneByOne() {
        try (Calendar office = new Calendar(OFFICE)) {
            List<Instant> starts = new ArrayList<>();
            List<Duration> spans = new ArrayList<>();
            List<Instant> expected = new ArrayList<>();
            for (int i = 0; i < 100; ++i) {
                starts.add(FRIDAY.plus(Duration.ofHours(i)));
                spans.add(Duration.ofMinutes(20L * i));
                expected.add(office.add(starts.get(i), spans.get(i)));
            }
            assertEquals(expected, office.add(starts, spans));
            assertEquals(List.of(), office.elapsed(List.of(), List.of()));
            assertThrows(IllegalArgumentException.class, () -> office.add(starts, spans.subList(1, 100)));
        }
    }

    @Test
    void whatNeverComesIsNull() {
        try (Calendar closed = new Calendar(new BusinessCalendar().key("closed").zone("UTC").weekly(List.of()))) {
            assertNull(closed.nextOpen(FRIDAY));
            assertNull(closed.add(FRIDAY, HOUR));
        }
    }

    @Test
    void calendarsCombine() {
        try (Calendar both = new Calendar(new BusinessCalendar().key("both").intersection("office", "24x7"), OFFICE)) {
            assertTrue(both.isOpen(FRIDAY));
        }
        assertThrows(TocsinException.NotFound.class, () -> new Calendar(new BusinessCalendar().key("both").union("nowhere")));
    }

    @Test
    void theLibraryWritesDurationsAsTheBindingDoes() {
        try (Calendar always = new Calendar(new BusinessCalendar().key("all").union("24x7"))) {
            for (Duration span : List.of(Duration.ZERO, Duration.ofNanos(1000), Duration.parse("P3DT1M1.5S"), Duration.parse("-PT25H1M"))) {
                assertEquals(span, always.ask(new Questions.CalendarQuestion().operation("elapsed").from(MONDAY).to(MONDAY.plus(span)))
                        .get("answer") instanceof String text ? Time.durationOf(text) : null);
            }
        }
    }

    @Test
    void aClosedCalendarSaysSo() {
        Calendar office = new Calendar(OFFICE);
        office.close();
        office.close();
        assertThrows(IllegalStateException.class, () -> office.nextOpen(FRIDAY));
    }

    @Test
    void localClocks() {
        assertEquals(new LocalInstant(MONDAY, LocalInstant.Kind.UNIQUE), Tocsin.localToInstant("Europe/Berlin", LocalDateTime.of(2026, 11, 23, 9, 0)));
        assertEquals(LocalInstant.Kind.SKIPPED, Tocsin.localToInstant("Europe/Berlin", LocalDateTime.of(2026, 3, 29, 2, 30)).kind());
        assertEquals(LocalInstant.Kind.REPEATED, Tocsin.localToInstant("Europe/Berlin", LocalDateTime.of(2026, 10, 25, 2, 30)).kind());
        assertEquals(LocalDateTime.of(2026, 11, 23, 9, 0), Tocsin.instantToLocal("Europe/Berlin", MONDAY));
        assertThrows(TocsinException.NotFound.class, () -> Tocsin.instantToLocal("Nowhere/Atlantis", MONDAY));
    }

    @Test
    void whatNeedsNoDesk() {
        String feed = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\n"
                + "END:VEVENT\r\nEND:VCALENDAR\r\n";
        assertEquals("Christmas", Tocsin.importHolidays(feed).holidays().get(0).name());
        List<Map<String, Object>> answers = Tocsin.oncallAnswer(List.of(Map.of("define", "person", "key", "ana")),
                List.of(Map.of("define", "person", "key", "ben"), Map.of("operation", "no_such")));
        assertEquals(2, answers.size());
        assertNotNull(answers.get(1).get("error"));
        assertThrows(TocsinException.InvalidArgument.class, () -> Tocsin.escalationAnswer(List.of(Map.of("define", "nothing")), List.of()));
        List<Map<String, Object>> impact = Tocsin.impactAnswer(
                List.of(Map.of("define", "service", "key", "shop", "depends_on", List.of("db")), Map.of("define", "configuration_item", "key", "db")),
                List.of(Map.of("operation", "impact", "failed", List.of("db"))));
        assertEquals(2, ((List<?>) impact.get(0).get("items")).size());
        List<Command> commands = Tocsin.intakeCommands("alertmanager", "{\"version\":\"4\",\"groupKey\":\"x\",\"status\":\"firing\","
                + "\"receiver\":\"tocsin\",\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"DiskFull\"},\"annotations\":{},"
                + "\"startsAt\":\"2026-11-23T08:00:00Z\",\"endsAt\":\"0001-01-01T00:00:00Z\",\"generatorURL\":\"\",\"fingerprint\":\"1\"}]}");
        assertEquals("report_event", commands.get(0).asMap().get("command"));
        assertEquals("log_incident", Tocsin.schema("log_incident").get("title"));
        assertThrows(TocsinException.NotFound.class, () -> Tocsin.schema("no_such"));
        assertFalse(Tocsin.version().isEmpty());
    }
}
