package io.tocsin;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instants and durations as documents and rows have them, to the microsecond; what is finer is cut off. */
final class Time {
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{3}|\\.\\d{6})?Z");
    private static final Pattern DURATION =
            Pattern.compile("-?P(?=[\\dT])(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,6})?S)?)?");

    private Time() {}

    /** Microseconds since 1970. */
    static long microseconds(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
    }

    /** The instant; null for never, and for not set. */
    static Instant instant(long us) {
        if (us == Raw.NEVER || us == Raw.UNSET) {
            return null;
        }
        return Instant.ofEpochSecond(Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1000);
    }

    static long microseconds(Duration span) {
        return Math.addExact(Math.multiplyExact(span.getSeconds(), 1_000_000L), span.getNano() / 1000);
    }

    static Duration duration(long us) {
        return Duration.of(us, ChronoUnit.MICROS);
    }

    /** RFC 3339 in UTC as the library writes it. */
    static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS).toString();
    }

    /** ISO 8601 with days of 24 hours, as the library writes it. */
    static String text(Duration span) {
        long us = microseconds(span);
        long size = Math.abs(us);
        long days = size / 86_400_000_000L;
        long hours = size / 3_600_000_000L % 24;
        long minutes = size / 60_000_000L % 60;
        long seconds = size / 1_000_000L % 60;
        String fraction = size % 1_000_000L == 0 ? "" : "." + String.format("%06d", size % 1_000_000L).replaceAll("0+$", "");
        String clock = (hours == 0 ? "" : hours + "H") + (minutes == 0 ? "" : minutes + "M");
        if (seconds != 0 || !fraction.isEmpty() || (days == 0 && clock.isEmpty())) {
            clock += seconds + fraction + "S";
        }
        return (us < 0 ? "-" : "") + "P" + (days == 0 ? "" : days + "D") + (clock.isEmpty() ? "" : "T" + clock);
    }

    /** The instant of text that the library wrote; null if it is anything else. */
    static Instant instantOf(String text) {
        if (!INSTANT.matcher(text).matches()) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException problem) {
            return null;
        }
    }

    /** The duration of text of days and less; null if it is anything else. */
    static Duration durationOf(String text) {
        Matcher match = DURATION.matcher(text);
        if (!match.matches()) {
            return null;
        }
        try {
            boolean back = text.startsWith("-");
            Duration size = Duration.parse(back ? text.substring(1) : text);
            return back ? size.negated() : size;
        } catch (DateTimeException | ArithmeticException problem) {
            return null;
        }
    }
}
