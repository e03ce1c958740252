package io.tocsin;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.ByteArrayOutputStream;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * One service desk; {@link Tocsin#open} makes it. Every command and every question is a method:
 * {@code desk.logIncident(c -> c.title("VPN is down").at(now))}. Any thread may use a desk, a virtual one too: questions are
 * answered side by side, all else runs alone. A desk that is used after {@link #close} throws IllegalStateException.
 */
public final class Desk implements AutoCloseable, CommandMethods, QuestionMethods {
    static final Cleaner CLEANER = Cleaner.create();
    private static final System.Logger LOG = System.getLogger("io.tocsin");
    private static final int PAGE = 10_000; // rows: as many as one question may ask for
    private static final int EFFECTS_AT_ONCE = 100;
    private static final Duration LONGEST_SLEEP = Duration.ofHours(1); // a clock that is set is noticed within this time

    private final ReadWriteLock lock = new ReentrantReadWriteLock(true); // held during a call
    private final Lock handleLock = new ReentrantLock(); // held while the handle goes, or is used without the other
    private final Handle handle;
    private final Cleaner.Cleanable cleanable;
    private final InstantSource clock;

    private final Lock changeLock = new ReentrantLock();
    private final Condition changed = changeLock.newCondition();
    private long changes;

    private static final class Handle implements Runnable {
        private volatile Pointer desk;
        private volatile boolean closing;
        private Asking asking; // what C calls, for as long as it may

        @Override
        public void run() {
            if (!closing) {
                LOG.log(System.Logger.Level.WARNING, "a desk was forgotten, and not closed: use try (Desk desk = Tocsin.open(...))");
            }
            Raw.tocsin_desk_close(desk);
            desk = null;
            asking = null;
        }
    }

    /** Calls a guard for C. It knows nothing of the desk, which can so be forgotten. */
    private static final class Asking implements RawGuard.Function {
        private final Guard guard;
        private boolean now; // whether it is being asked, on the thread that has the write lock
        private Throwable thrown;

        Asking(Guard guard) {
            this.guard = guard;
        }

        @Override
        public int ask(Pointer userData, Pointer question, long size) {
            now = true;
            try {
                Boolean answer = guard.answer(Json.read(question.getByteArray(0, Math.toIntExact(size)), GuardQuestion.class));
                return answer == null ? Raw.CALLBACK_PASS : answer ? 1 : 0;
            } catch (Throwable problem) { // it goes on where the command was given
                if (problem instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                thrown = problem;
                return Raw.CALLBACK_ABORT;
            } finally {
                now = false;
            }
        }
    }

    Desk(Pointer desk, InstantSource clock) {
        this.clock = clock;
        handle = new Handle();
        handle.desk = desk;
        cleanable = CLEANER.register(this, handle);
    }

    // ---- its life

    /** Waits for the calls that run, and closes; a second time it does nothing. */
    @Override
    public void close() {
        lock.writeLock().lock();
        handleLock.lock();
        try {
            demandNoGuard();
            handle.closing = true;
            cleanable.clean();
        } finally {
            handleLock.unlock();
            lock.writeLock().unlock();
        }
        tell();
    }

    /** Whether it has been closed. */
    public boolean isClosed() {
        return handle.desk == null;
    }

    private interface Work<T> {
        T with(Pointer desk);
    }

    private <T> T locked(Lock held, Work<T> work) {
        held.lock();
        try {
            Pointer desk = handle.desk;
            if (desk == null) {
                throw new IllegalStateException("the desk is closed");
            }
            return work.with(desk);
        } finally {
            held.unlock();
        }
    }

    /** The lock would let a guard in again, on the thread that asks it. */
    private void demandNoGuard() {
        if (handle.asking != null && handle.asking.now) {
            throw new IllegalStateException("a guard must not use the desk");
        }
    }

    private <T> T read(Work<T> work) {
        return locked(lock.readLock(), desk -> {
            demandNoGuard();
            return work.with(desk);
        });
    }

    private <T> T alone(Work<T> work) {
        return locked(lock.writeLock(), desk -> {
            demandNoGuard();
            try {
                return work.with(desk);
            } catch (TocsinException.Cancelled cancelled) {
                if (handle.asking != null && handle.asking.thrown != null) {
                    cancelled.initCause(handle.asking.thrown);
                    handle.asking.thrown = null;
                }
                throw cancelled;
            }
        });
    }

    private <T> T write(Work<T> work) {
        try {
            return alone(work);
        } finally {
            tell();
        }
    }

    /** A copy for "what if", and for questions meanwhile: it shares the records, never writes, and may outlive this desk. */
    public Desk fork() {
        PointerByReference copy = new PointerByReference();
        return read(desk -> {
            Native.call(error -> Raw.tocsin_desk_fork(desk, copy, error));
            return new Desk(copy.getValue(), clock);
        });
    }

    /** From any thread: a call that runs, or else the next, stops with TocsinException.Cancelled. */
    public void interrupt() {
        locked(handleLock, desk -> {
            Raw.tocsin_desk_interrupt(desk);
            return null;
        });
    }

    // ---- commands and time

    private long at(Instant at) {
        if (at != null) {
            return Time.microseconds(at);
        }
        return clock == null ? Raw.NEVER : Time.microseconds(clock.instant());
    }

    /** Executes one command, first firing the timers that are due before it. */
    @Override
    public Result execute(Command command) {
        return execute(command, new ExecuteOption[0]);
    }

    /** Executes one command, first firing the timers that are due before it. */
    public Result execute(Command command, ExecuteOption... options) {
        return Json.read(execute(null, Json.write(document(command)), options), Result.class);
    }

    /**
     * Executes many commands: all or nothing in one commit, and the "index" in the detail of the exception says which was
     * refused; with APART each for itself.
     */
    public List<Result> execute(List<? extends Command> commands, ExecuteOption... options) {
        return execute(null, commands, options);
    }

    /** The same; `at` is the instant of commands without one of their own. */
    public List<Result> execute(Instant at, List<? extends Command> commands, ExecuteOption... options) {
        byte[] answer = execute(at, Json.write(commands.stream().map(Desk::document).toList()), options);
        return ((List<?>) Json.parse(answer)).stream().map(one -> Json.read(Json.write(one), Result.class)).toList();
    }

    /** The same with JSON text in and out, as the C interface has it; `at` may be null. */
    public String executeJson(Instant at, String commands, ExecuteOption... options) {
        return new String(execute(at, Native.bytes(commands), options), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> document(Command command) {
        Map<String, Object> document = new LinkedHashMap<>(command.asMap());
        if (command instanceof Document<?>) { // the host gives it, where nobody is named
            document.putIfAbsent("actor", "host");
        }
        return document;
    }

    byte[] execute(Instant at, byte[] commands, ExecuteOption... options) {
        List<ExecuteOption> given = Arrays.asList(options);
        int flags = (given.contains(ExecuteOption.APART) ? 0 : Raw.EXECUTE_ATOMIC)
                | (given.contains(ExecuteOption.DRY_RUN) ? Raw.EXECUTE_DRY_RUN : 0)
                | (given.contains(ExecuteOption.ALLOW_LEAP) ? Raw.EXECUTE_ALLOW_LEAP : 0)
                | (given.contains(ExecuteOption.LINES) ? Raw.EXECUTE_LINES : 0);
        long us = at(at);
        return write(desk -> Native.read((buffer, error) ->
                Raw.tocsin_desk_execute(desk, us, commands, commands.length, flags, buffer, error)));
    }

    /** Fires what is due up to and including now, in order; null is now by the clock of the desk. */
    public Advanced advance(Instant now) {
        return advance(now, 0, false);
    }

    /** The same, at most `limit` entries (0: all); `allowLeap`: now may lie further ahead than the option max_leap. */
    public Advanced advance(Instant now, long limit, boolean allowLeap) {
        return advance(at(now), limit, allowLeap);
    }

    Advanced advance(long us, long limit, boolean allowLeap) {
        LongByReference fired = new LongByReference();
        IntByReference more = new IntByReference();
        int flags = allowLeap ? Raw.ADVANCE_ALLOW_LEAP : 0;
        return write(desk -> {
            Native.call(error -> Raw.tocsin_desk_advance(desk, us, limit, flags, fired, more, error));
            return new Advanced(fired.getValue(), more.getValue() != 0);
        });
    }

    /** When advance has something to do next; null: nothing is waiting. */
    public Instant nextDue() {
        return read(desk -> Time.instant(Raw.tocsin_desk_next_due(desk)));
    }

    /**
     * Who answers for the host_guards of workflows from now on; null: nobody. It is called on the thread of the command that
     * needs the answer, and must not use the desk. What it throws ends the command, which has changed nothing, and is the
     * cause of its TocsinException.Cancelled. A fork has nobody.
     */
    public void setGuard(Guard guard) {
        Asking asking = guard == null ? null : new Asking(guard);
        alone(desk -> {
            Native.call(error -> RawGuard.tocsin_desk_set_guard(desk, asking, null, null, error));
            handle.asking = asking; // the one before is not called any more
            return null;
        });
    }

    /** What the host says of the host_guards of workflows, by name, instead of what it said before. */
    public void setGuardAnswers(Map<String, Boolean> answers) {
        byte[] text = Json.write(answers);
        write(desk -> {
            Native.call(error -> Raw.tocsin_desk_set_guard_answers(desk, text, text.length, error));
            return null;
        });
    }

    /** Says who has a record in front of them; a hint for screens, in memory alone. */
    public void notePresence(Consumer<Commands.PresenceNote> fields) {
        Commands.PresenceNote presence = new Commands.PresenceNote();
        fields.accept(presence);
        byte[] text = Json.write(presence);
        write(desk -> {
            Native.call(error -> Raw.tocsin_desk_note_presence(desk, text, text.length, error));
            return null;
        });
    }

    // ---- questions

    @Override
    public Map<String, Object> query(Question question) {
        return Json.read(query(Json.write(question)));
    }

    @Override
    public <T extends Record> T query(Question question, Class<T> answer) {
        return Json.read(query(Json.write(question)), answer);
    }

    /** The same with JSON text in and out. */
    public String queryJson(String question) {
        return new String(query(Native.bytes(question)), StandardCharsets.UTF_8);
    }

    private byte[] query(byte[] question) {
        return read(desk -> Native.read((buffer, error) -> Raw.tocsin_desk_query(desk, question, question.length, buffer, error)));
    }

    /** Every record that find gives page by page. */
    public Iterable<Records.IncidentRecord> findAll(Consumer<Questions.Find> fields) {
        return () -> new Iterator<>() {
            private Records.Found page = find(fields);
            private int place;

            @Override
            public boolean hasNext() {
                while (place == page.records().size() && page.cursor() != null && !page.cursor().isEmpty()) {
                    String cursor = page.cursor();
                    page = find(fields.andThen(question -> question.cursor(cursor)));
                    place = 0;
                }
                return place < page.records().size();
            }

            @Override
            public Records.IncidentRecord next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.records().get(place++);
            }
        };
    }

    /** The list that find would give, as typed rows: all of it, or as many as `limit` says, and the cursor for the rest. */
    public Rows incidents(Consumer<Questions.Find> fields) {
        Questions.Find question = new Questions.Find();
        fields.accept(question);
        question.with("fields", null);
        Object limit = question.asMap().get("limit");
        long left = limit == null ? Long.MAX_VALUE : ((Number) limit).longValue();
        ByteArrayOutputStream filled = new ByteArrayOutputStream();
        String cursor = "";
        while (left > 0) {
            int capacity = (int) Math.min(left, PAGE);
            byte[] asked = Json.write(question.limit(capacity));
            LongByReference count = new LongByReference();
            try (Memory rows = new Memory((long) capacity * IncidentRow.SIZE)) {
                cursor = new String(read(desk -> Native.read((buffer, error) -> Raw.tocsin_desk_incidents(desk, asked, asked.length,
                        rows, IncidentRow.SIZE, capacity, count, buffer, error))), StandardCharsets.UTF_8);
                filled.writeBytes(rows.getByteArray(0, Math.toIntExact(count.getValue() * IncidentRow.SIZE)));
            }
            left -= count.getValue();
            if (cursor.isEmpty()) {
                break;
            }
            question.cursor(cursor);
        }
        return new Rows(filled.toByteArray(), cursor);
    }

    /** What the question timers lists, as typed rows: what waits, in the order in which it fires. */
    public List<TimerRow> timerRows(Consumer<Questions.Timers> fields) {
        Questions.Timers question = new Questions.Timers();
        fields.accept(question);
        return rows(Json.write(question), TimerRow.SIZE, Raw::tocsin_desk_timers, TimerRow::read);
    }

    /** What the question breachesAhead lists, as typed rows: clocks that run, by deadline. */
    public List<ClockRow> clockRows(Consumer<Questions.BreachesAhead> fields) {
        Questions.BreachesAhead question = new Questions.BreachesAhead();
        fields.accept(question);
        return rows(Json.write(question), ClockRow.SIZE, Raw::tocsin_desk_clocks, ClockRow::read);
    }

    /** What the question shifts lists, as typed rows. */
    public List<ShiftRow> shiftRows(Consumer<Questions.Shifts> fields) {
        Questions.Shifts question = new Questions.Shifts();
        fields.accept(question);
        return rows(Json.write(question), ShiftRow.SIZE, Raw::tocsin_desk_shifts, ShiftRow::read);
    }

    private interface RowFunction {
        int fill(Pointer desk, byte[] query, long querySize, Pointer rows, long rowSize, long capacity, LongByReference count,
                LongByReference total, PointerByReference error);
    }

    private interface RowReader<R> {
        R read(ByteBuffer rows, int at);
    }

    /** As many rows as there are; asked again where there were more than expected. */
    private <R> List<R> rows(byte[] asked, int size, RowFunction function, RowReader<R> reader) {
        LongByReference count = new LongByReference();
        LongByReference total = new LongByReference();
        for (long room = 256;; room = total.getValue()) {
            long capacity = room;
            try (Memory rows = new Memory(capacity * size)) {
                read(desk -> {
                    Native.call(error -> function.fill(desk, asked, asked.length, rows, size, capacity, count, total, error));
                    return null;
                });
                if (total.getValue() > capacity) {
                    continue;
                }
                ByteBuffer filled = rows.getByteBuffer(0, Math.max(count.getValue() * size, 1));
                List<R> read = new ArrayList<>();
                for (int i = 0; i < count.getValue(); ++i) {
                    read.add(reader.read(filled, i * size));
                }
                return read;
            }
        }
    }

    /** The key that a number in a row stands for: of a "person", an "sla_policy". */
    public String key(String kind, int number) {
        byte[] name = Native.bytes(kind);
        return new String(read(desk -> Native.read((buffer, error) -> Raw.tocsin_desk_key(desk, name, name.length, number, buffer, error))),
                StandardCharsets.UTF_8);
    }

    // ---- effects

    /** At most so many effects that the consumer has not acknowledged, oldest first; they are given again until it has. */
    public List<Effect> takeEffects(String consumer, int most) {
        List<Effect> effects = new ArrayList<>();
        for (Object one : (List<?>) Json.parse(takeEffectsJson(consumer, most).getBytes(StandardCharsets.UTF_8))) {
            effects.add(Effect.of(Json.read(Json.write(one))));
        }
        return effects;
    }

    /** The same with JSON text out. */
    public String takeEffectsJson(String consumer, int most) {
        byte[] name = Native.bytes(consumer);
        return new String(locked(lock.writeLock(), desk -> Native.read((buffer, error) ->
                Raw.tocsin_desk_take_effects(desk, name, name.length, most, buffer, error))), StandardCharsets.UTF_8);
    }

    /** Everything up to and including this effect has been handled. */
    public void acknowledgeEffects(String consumer, long effect) {
        byte[] name = Native.bytes(consumer);
        alone(desk -> {
            Native.call(error -> Raw.tocsin_desk_acknowledge_effects(desk, name, name.length, effect, error));
            return null;
        });
    }

    /**
     * What the consumer has not acknowledged, oldest first; asking for the next one acknowledges the one before. Where the body
     * of the loop throws or breaks, the effect in hand is not acknowledged, and comes again: an effect is handled once or
     * more, and its id tells which. The loop ends when nothing is left.
     */
    public Iterable<Effect> effects(String consumer) {
        return () -> new Outbox(consumer, false);
    }

    /** The same; at the end it waits for more, until the thread is interrupted (it stays so) or the desk is closed. */
    public Iterable<Effect> followEffects(String consumer) {
        return () -> new Outbox(consumer, true);
    }

    private final class Outbox implements Iterator<Effect> {
        private final String consumer;
        private final boolean follow;
        private Iterator<Effect> taken = List.<Effect>of().iterator();
        private Effect inHand;

        Outbox(String consumer, boolean follow) {
            this.consumer = consumer;
            this.follow = follow;
        }

        @Override
        public boolean hasNext() {
            if (inHand != null) {
                acknowledgeEffects(consumer, inHand.id());
                inHand = null;
            }
            while (!taken.hasNext()) {
                if (follow && (isClosed() || Thread.currentThread().isInterrupted())) {
                    return false;
                }
                long seen = changes();
                try {
                    taken = takeEffects(consumer, EFFECTS_AT_ONCE).iterator();
                } catch (IllegalStateException closed) {
                    if (follow) {
                        return false;
                    }
                    throw closed;
                }
                if (taken.hasNext()) {
                    return true;
                }
                if (!follow || !waitForChange(seen, LONGEST_SLEEP)) {
                    return false;
                }
            }
            return !follow || !Thread.currentThread().isInterrupted();
        }

        @Override
        public Effect next() {
            if ((inHand != null || !taken.hasNext()) && !hasNext()) {
                throw new NoSuchElementException();
            }
            inHand = taken.next();
            return inHand;
        }
    }

    // ---- timers

    /**
     * Advances the desk whenever something is due, by the clock of the desk or else the system's, until the thread is
     * interrupted (it stays so) or the desk is closed. Commands given on this desk wake it: {@code new Thread(desk::runTimers)}.
     */
    public void runTimers() {
        InstantSource source = clock == null ? InstantSource.system() : clock;
        while (!Thread.currentThread().isInterrupted()) {
            long seen = changes();
            try {
                Instant due = nextDue();
                Duration wait = due == null ? LONGEST_SLEEP : Duration.between(Time.instant(Time.microseconds(source.instant())), due);
                if (wait.isNegative() || wait.isZero()) {
                    advance(source.instant());
                } else if (!waitForChange(seen, wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP)) {
                    return;
                }
            } catch (IllegalStateException closed) {
                return;
            }
        }
    }

    private void tell() {
        changeLock.lock();
        try {
            ++changes;
            changed.signalAll();
        } finally {
            changeLock.unlock();
        }
    }

    private long changes() {
        changeLock.lock();
        try {
            return changes;
        } finally {
            changeLock.unlock();
        }
    }

    /** False where the thread was interrupted meanwhile. */
    private boolean waitForChange(long seen, Duration most) {
        changeLock.lock();
        try {
            long left = most.toNanos();
            while (changes == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            changeLock.unlock();
        }
    }

    // ---- the journal

    /** The last entry. */
    public Head head() {
        byte[] hash = new byte[Raw.HASH_SIZE];
        LongByReference sequence = new LongByReference();
        return read(desk -> {
            Native.call(error -> Raw.tocsin_desk_head(desk, sequence, hash, error));
            return new Head(sequence.getValue(), HexFormat.of().formatHex(hash));
        });
    }

    /** One entry of the journal: its command, its events, its hash. */
    public Map<String, Object> entry(long sequence) {
        return Json.read(read(desk -> Native.read((buffer, error) -> Raw.tocsin_desk_entry(desk, sequence, buffer, error))));
    }

    /** How much memory the desk takes, by what for: {@code {"records": {"count": ..., "bytes": ...}, ..., "bytes": ...}}. */
    public Map<String, Object> memory() {
        return Json.read(read(desk -> Native.read((buffer, error) -> Raw.tocsin_desk_memory(desk, buffer, error))));
    }

    /** Reads the whole journal and every record again; TocsinException.Corrupt names the first that is damaged. */
    public Map<String, Object> verify() {
        return Json.read(read(desk -> Native.read((buffer, error) -> Raw.tocsin_desk_verify(desk, buffer, error))));
    }

    /** Entries from that one on as bytes, for applyEntries of a standby; none at the end of the journal. */
    public byte[] readEntries(long fromSequence, int bytesMax) {
        return read(desk -> Native.read((buffer, error) -> Raw.tocsin_desk_read_entries(desk, fromSequence, bytesMax, buffer, error)));
    }

    /** Takes up entries that continue this journal, and answers how many were new; what does not follow is a conflict. */
    public long applyEntries(byte[] entries) {
        LongByReference applied = new LongByReference();
        return write(desk -> {
            Native.call(error -> Raw.tocsin_desk_apply_entries(desk, entries, entries.length, applied, error));
            return applied.getValue();
        });
    }

    /** Takes up everything that the leader has beyond this desk, and answers how many entries were new. */
    public long follow(Desk leader) {
        long taken = 0;
        for (long own = head().sequence(); own < leader.head().sequence(); own = head().sequence()) {
            taken += applyEntries(leader.readEntries(own + 1, 1 << 20));
        }
        return taken;
    }

    /** A copy of a desk in a file as it is now, in a new file, while the desk goes on. */
    public void backup(Path path) {
        byte[] name = Native.bytes(path.toString());
        read(desk -> {
            Native.call(error -> Raw.tocsin_desk_backup(desk, name, name.length, error));
            return null;
        });
    }
}
