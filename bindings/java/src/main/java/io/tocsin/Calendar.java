package io.tocsin;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A business calendar: when a place is open, and arithmetic that counts only then. It never changes, and any number of threads
 * may ask it at once. What can never be answered is null.
 */
public final class Calendar implements AutoCloseable {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Handle handle;
    private final Cleaner.Cleanable cleanable;

    private static final class Handle implements Runnable {
        private Pointer calendar;

        @Override
        public void run() {
            Raw.tocsin_calendar_free(calendar);
            calendar = null;
        }
    }

    /** A calendar of a definition, and those that it combines. */
    public Calendar(Definitions.BusinessCalendar definition, Definitions.BusinessCalendar... others) {
        byte[] text = Json.write(definition);
        byte[] parts = Json.write(List.of(others));
        PointerByReference made = new PointerByReference();
        Native.call(error -> Raw.tocsin_calendar_new(text, text.length, parts, parts.length, made, error));
        handle = new Handle();
        handle.calendar = made.getValue();
        cleanable = Desk.CLEANER.register(this, handle);
    }

    /** Frees the calendar; a second time it does nothing. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            cleanable.clean();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private interface Work<T> {
        T with(Pointer calendar);
    }

    private <T> T ask(Work<T> work) {
        lock.readLock().lock();
        try {
            if (handle.calendar == null) {
                throw new IllegalStateException("the calendar is closed");
            }
            return work.with(handle.calendar);
        } finally {
            lock.readLock().unlock();
        }
    }

    private interface One {
        int make(Pointer calendar, long[] at, long[] answers, long count, PointerByReference error);
    }

    private interface Two {
        int make(Pointer calendar, long[] first, long[] second, long[] answers, long count, PointerByReference error);
    }

    private long[] each(Two function, long[] first, long[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(first.length + " and " + second.length + " items do not go together");
        }
        long[] answers = new long[first.length];
        if (answers.length == 0) {
            return answers;
        }
        return ask(calendar -> {
            Native.call(error -> function.make(calendar, first, second, answers, answers.length, error));
            return answers;
        });
    }

    private Instant one(One function, Instant at) {
        long[] answers = each((calendar, first, second, into, count, error) -> function.make(calendar, first, into, count, error),
                instants(List.of(at)), new long[1]);
        return Time.instant(answers[0]);
    }

    private Instant two(Two function, Instant at, long second) {
        return Time.instant(each(function, instants(List.of(at)), new long[] {second})[0]);
    }

    private static long[] instants(List<Instant> instants) {
        return instants.stream().mapToLong(Time::microseconds).toArray();
    }

    /** Open time from one instant to another; negative if it goes back. */
    public Duration elapsed(Instant from, Instant to) {
        return elapsed(List.of(from), List.of(to)).get(0);
    }

    /** The same for many at once. */
    public List<Duration> elapsed(List<Instant> from, List<Instant> to) {
        return Arrays.stream(each(Raw::tocsin_calendar_elapsed, instants(from), instants(to))).mapToObj(Time::duration).toList();
    }

    /** The earliest instant with that much open time since `at`. */
    public Instant add(Instant at, Duration span) {
        return two(Raw::tocsin_calendar_add, at, Time.microseconds(span));
    }

    /** The same for many at once. */
    public List<Instant> add(List<Instant> at, List<Duration> spans) {
        long[] answers = each(Raw::tocsin_calendar_add, instants(at), spans.stream().mapToLong(Time::microseconds).toArray());
        return Arrays.stream(answers).mapToObj(Time::instant).toList();
    }

    /** The latest instant with that much open time until `at`. */
    public Instant subtract(Instant at, Duration span) {
        return two(Raw::tocsin_calendar_subtract, at, Time.microseconds(span));
    }

    /** `at` itself if it is open, else the next opening. */
    public Instant nextOpen(Instant at) {
        return one(Raw::tocsin_calendar_next_open, at);
    }

    /** The end of the current or next open run, after `at`. */
    public Instant nextClose(Instant at) {
        return one(Raw::tocsin_calendar_next_close, at);
    }

    /** The latest instant up to `at` with open time just before it. */
    public Instant previousClose(Instant at) {
        return one(Raw::tocsin_calendar_previous_close, at);
    }

    /** So many business days on (back, if negative), at the same local time or the next opening. */
    public Instant addBusinessDays(Instant at, long days) {
        return two(Raw::tocsin_calendar_add_business_days, at, days);
    }

    /** The last closing of the day that addBusinessDays counts to. */
    public Instant endOfBusinessDay(Instant at, long days) {
        return two(Raw::tocsin_calendar_end_of_business_day, at, days);
    }

    /** Whether it is open at that instant. */
    public boolean isOpen(Instant at) {
        return (Boolean) ask(new Questions.CalendarQuestion().operation("is_open").at(at)).get("answer");
    }

    /** One question as a document. */
    public Map<String, Object> ask(Questions.CalendarQuestion question) {
        byte[] text = Json.write(question);
        return Json.read(ask(calendar ->
                Native.read((buffer, error) -> Raw.tocsin_calendar_ask(calendar, text, text.length, buffer, error))));
    }
}
