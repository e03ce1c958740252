package io.tocsin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tocsin.Definitions.Person;
import io.tocsin.Definitions.Workflow;
import io.tocsin.Definitions.WorkflowStates;
import io.tocsin.Definitions.WorkflowTransitions;
import io.tocsin.Definitions.WorkflowTransitionsHostGuards;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Java program relies on, besides what the conformance cases hold. */
class DeskTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T08:00:00Z");

    private final Desk desk = Tocsin.open();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        desk.close();
    }

    private static String log(Desk desk, String title) {
        return desk.logIncident(c -> c.title(title).at(MONDAY)).record().number();
    }

    // ---- opening and closing

    @Test
    void aDeskInAFileIsThereAgain() {
        Path path = folder.resolve("support.desk");
        Head head;
        try (Desk first = Tocsin.open(path)) {
            log(first, "VPN is down");
            head = first.head();
        }
        try (Desk again = Tocsin.open(path, new OpenOptions().mustExist().readOnly())) {
            assertEquals(head, again.head());
            assertThrows(TocsinException.class, () -> log(again, "No writing here"));
        }
    }

    @Test
    void aFileThatMustExistIsNotMade() {
        Path path = folder.resolve("none.desk");
        TocsinException refusal = assertThrows(TocsinException.class, () -> Tocsin.open(path, new OpenOptions().mustExist()));
        assertTrue(refusal.reason().startsWith("store."), refusal.reason());
        assertFalse(Files.exists(path));
    }

    @Test
    void aClosedDeskSaysSo() {
        Desk closed = Tocsin.open();
        closed.close();
        closed.close();
        assertTrue(closed.isClosed());
        List<Consumer<Desk>> uses = List.of(d -> log(d, "x"), d -> d.find(q -> {}), d -> d.execute(List.of()), d -> d.advance(MONDAY),
                Desk::nextDue, Desk::interrupt, d -> d.incidents(q -> {}), Desk::head, d -> d.entry(1), Desk::verify, Desk::memory, Desk::fork,
                d -> d.readEntries(1, 1), d -> d.applyEntries(new byte[0]), d -> d.backup(folder.resolve("x")),
                d -> d.takeEffects("x", 1), d -> d.effects("x").iterator().hasNext(), d -> d.acknowledgeEffects("x", 1),
                d -> d.notePresence(p -> p.at(MONDAY)), d -> d.setGuard(question -> true));
        for (Consumer<Desk> use : uses) {
            assertEquals("the desk is closed", assertThrows(IllegalStateException.class, () -> use.accept(closed)).getMessage());
        }
        closed.runTimers();
        assertFalse(closed.followEffects("x").iterator().hasNext());
    }

    @Test
    void aDeskThatIsForgottenIsClosed() throws InterruptedException {
        Path path = folder.resolve("forgotten.desk");
        log(Tocsin.open(path), "x");
        for (int i = 0; i < 200; ++i) {
            System.gc();
            try (Desk again = Tocsin.open(path)) {
                assertEquals(1, again.incidents(q -> {}).size());
                return;
            } catch (TocsinException.Busy still) {
                Thread.sleep(10);
            }
        }
        throw new AssertionError("nobody closed it");
    }

    @Test
    void optionsAndTheSeedAreHandedOver() {
        Definitions.DeskOptions options = new Definitions.DeskOptions().numberPrefix("TKT").maxLeap(Duration.ofDays(1));
        Instant later = MONDAY.plus(Duration.ofDays(2));
        try (Desk other = Tocsin.open(new OpenOptions().options(options).saltSeed("0123456789abcdef".getBytes()))) {
            assertTrue(log(other, "x").startsWith("TKT"));
            assertThrows(TocsinException.class, () -> other.logIncident(c -> c.title("x").at(later)));
            assertNotNull(other.execute(new Commands.LogIncident().title("x").at(later), ExecuteOption.ALLOW_LEAP).record());
        }
        assertThrows(TocsinException.InvalidArgument.class, () -> Tocsin.open(new OpenOptions().saltSeed(new byte[3])));
    }

    // ---- instants and durations

    @Test
    void anyZoneComesBackAsUtc() {
        Instant there = MONDAY.plusNanos(250_000_999);
        Result result = desk.execute(Document.command(Map.of("command", "log_incident", "actor", "host", "title", "x",
                "at", there.atOffset(ZoneOffset.ofHours(1)))));
        assertEquals(MONDAY.plusNanos(250_000_000), result.recordedAt());
        assertEquals(result.recordedAt(), desk.get(q -> q.incident(1)).openedAt());
    }

    @Test
    void whatHasNoZoneIsNoInstant() {
        TocsinException refusal = assertThrows(TocsinException.InvalidArgument.class, () -> desk.execute(Document.command(
                Map.of("command", "log_incident", "actor", "host", "title", "x", "at", LocalDateTime.of(2026, 11, 23, 8, 0)))));
        assertEquals("/at", refusal.detail().get("path"));
    }

    @Test
    void instantsAndDurationsGoToTextAndBack() {
        Random draw = new Random(7);
        for (int i = 0; i < 2000; ++i) {
            Instant at = Time.instant(-2_208_902_400_000_000L + (long) (draw.nextDouble() * 9.4e15));
            assertEquals(at, Time.instantOf(Time.text(at)));
            Duration span = Duration.ofDays(draw.nextInt(700)).plusSeconds(draw.nextInt(90_000)).plusNanos(1000L * draw.nextInt(3));
            span = draw.nextBoolean() ? span : span.negated();
            assertEquals(span, Time.durationOf(Time.text(span)));
        }
        assertEquals("PT0S", Time.text(Duration.ZERO));
        assertEquals("-P1DT2H", Time.text(Duration.ofHours(-26)));
        for (String wrong : List.of("P", "PT", "P1", "P1Y", "1D", "P1DT", "", "PT1H2H", "2026-11-23T24:00:00Z", "2026-02-30T08:00:00Z")) {
            assertNull(Time.durationOf(wrong), wrong);
            assertNull(Time.instantOf(wrong), wrong);
        }
    }

    @Test
    void definitionsArePublishedFromObjects() {
        desk.publish(c -> c.at(MONDAY)
                .businessCalendars(new Definitions.BusinessCalendar().key("office").zone("Europe/Berlin")
                        .weekly(new Definitions.BusinessCalendarWeekly().days("monday").start(LocalTime.of(9, 0)).end("17:30")))
                .slaPolicies(new Definitions.SlaPolicy().key("answer").name("Answer").kind("sla").metric("response").calendar("office")
                        .targets(new Definitions.SlaPolicyTargets().duration(Duration.ofHours(4)))));
        log(desk, "x");
        Map<?, ?> clock = (Map<?, ?>) ((List<?>) desk.clocks(q -> q.incident(1)).get("clocks")).get(0);
        assertEquals(Duration.ofHours(4), clock.get("target"));
        assertEquals(MONDAY.plus(Duration.ofHours(4)), clock.get("deadline"));
    }

    @Test
    void aPackIsPublishedFromItsFile() throws IOException {
        Map<String, Object> pack = Tocsin.fromJson(Files.readString(Path.of("../../examples/packs/facilities_desk.json")));
        pack.put("command", "publish");
        pack.put("actor", "host");
        pack.put("at", MONDAY);
        assertEquals("definitions_published", desk.execute(Document.command(pack)).events().get(0).event());
        assertFalse(((List<?>) desk.definitions(q -> q.kind("record_type")).get("definitions")).isEmpty());
    }

    @Test
    void textOfCustomFieldsStaysText() {
        Map<String, Object> custom = Map.of("due_at", "2026-11-23T08:00:00Z");
        desk.publish(c -> c.at(MONDAY).customFields(new Definitions.CustomField().key("due_at").name("Due").kind("text")));
        desk.logIncident(c -> c.title("2026-11-23T08:00:00Z").custom(custom).at(MONDAY));
        assertEquals(custom, desk.get(q -> q.incident(1)).custom());
        assertEquals(custom, desk.query(new Questions.Get().incident(1)).get("custom"));
    }

    // ---- documents

    @Test
    void everyCommandAndQuestionIsAMethod() {
        Map<String, Object> catalogue = Tocsin.catalogue();
        List<String> methods = Arrays.stream(Desk.class.getMethods()).map(Method::getName).map(Json::memberOf).toList();
        for (String kind : List.of("commands", "queries")) {
            for (Object entry : (List<?>) catalogue.get(kind)) {
                assertTrue(methods.contains(((Map<?, ?>) entry).get("name")), entry.toString());
            }
        }
        for (Object entry : (List<?>) catalogue.get("events")) {
            assertTrue(Conformance.RECORDS.containsKey(((Map<?, ?>) entry).get("name")), entry.toString());
        }
    }

    @Test
    void aDocumentCannotHoldEverything() {
        for (Object odd : List.of(Double.NaN, new Object(), "\ud800", List.of(new byte[0]))) {
            assertThrows(IllegalArgumentException.class,
                    () -> desk.logIncident(c -> c.title("x").at(MONDAY).custom(Map.of("odd", odd))), odd.toString());
        }
        assertEquals(0, desk.head().sequence());
        String title = "Größe \ud83d\ude00";
        String description = "one\nline\ttwo \"quoted\" \u2028";
        desk.logIncident(c -> c.title(title).description(description).at(MONDAY));
        assertEquals(title, desk.get(q -> q.incident("INC0000001")).title());
        assertEquals(description, desk.get(q -> q.incident("INC0000001")).description());
    }

    @Test
    void anUnknownFieldIsRefused() {
        TocsinException refusal = assertThrows(TocsinException.InvalidArgument.class,
                () -> desk.logIncident(c -> c.with("titel", "x").at(MONDAY)));
        assertEquals("title", refusal.detail().get("nearest"));
    }

    @Test
    void theClockIsAskedOnlyWhereNoInstantIsGiven() {
        try (Desk clocked = Tocsin.open(new OpenOptions().clock(InstantSource.fixed(MONDAY)))) {
            assertEquals(MONDAY, clocked.logIncident(c -> c.title("x")).recordedAt());
            assertEquals(MONDAY.plusSeconds(5), clocked.logIncident(c -> c.title("x").at(MONDAY.plusSeconds(5))).recordedAt());
            assertEquals(new Advanced(0, false), clocked.advance(null));
        }
        TocsinException refusal = assertThrows(TocsinException.InvalidArgument.class, () -> desk.logIncident(c -> c.title("x")));
        assertEquals("/at", refusal.detail().get("path"));
    }

    @Test
    void manyAreAcceptedAsAWholeOrNotAtAll() {
        List<Command> commands = List.of(new Commands.LogIncident().title("One"), new Commands.AddNote().incident("INC0000099").text("Two"));
        TocsinException refusal = assertThrows(TocsinException.NotFound.class, () -> desk.execute(MONDAY, commands));
        assertEquals(1L, refusal.detail().get("index"));
        assertEquals(0, desk.head().sequence());
        List<Result> results = desk.execute(MONDAY, commands, ExecuteOption.APART);
        assertEquals("INC0000001", results.get(0).record().number());
        assertInstanceOf(TocsinException.NotFound.class, results.get(1).error());
        assertEquals("/incident", results.get(1).error().detail().get("path"));
        assertEquals(List.of(), desk.execute(List.of()));
    }

    @Test
    void aDryRunChangesNothing() {
        assertNotNull(desk.execute(new Commands.LogIncident().title("One").at(MONDAY), ExecuteOption.DRY_RUN).record());
        assertEquals(0, desk.head().sequence());
    }

    @Test
    void jsonGoesThroughAsItIs() {
        String line = "{\"command\":\"log_incident\",\"at\":\"2026-11-23T08:00:00Z\",\"actor\":\"host\",\"title\":\"x\"}";
        assertTrue(desk.executeJson(null, line + "\n" + line, ExecuteOption.LINES).startsWith("[{"));
        assertTrue(desk.queryJson("{\"query\":\"find\"}").contains("\"records\":["));
        assertEquals(Map.of("at", MONDAY), Tocsin.fromJson(Tocsin.toJson(Map.of("at", MONDAY))));
    }

    @Test
    void eventsAreReadByTheirNames() {
        Event event = desk.logIncident(c -> c.title("One").at(MONDAY)).events().get(0);
        assertEquals("One", event.as(Events.IncidentLogged.class).title());
        assertThrows(IllegalArgumentException.class, () -> event.as(Events.IncidentHeld.class));
    }

    @Test
    void anErrorSaysWhatAndWhere() {
        TocsinException refusal = assertThrows(TocsinException.InvalidArgument.class,
                () -> desk.logIncident(c -> c.title("x").impact("huge").at(MONDAY)));
        assertEquals(Status.INVALID_ARGUMENT, refusal.status());
        assertEquals("/impact", refusal.detail().get("path"));
        assertTrue(refusal.getMessage().contains("medium"));
    }

    // ---- lists

    @Test
    void rowsAreWhatFindFinds() {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 250; ++i) {
            commands.add(new Commands.LogIncident().title("x").impact(i % 2 == 0 ? "high" : "low").urgency("high"));
        }
        desk.execute(MONDAY, commands);
        desk.beginWork(c -> c.incident(1).at(MONDAY.plusSeconds(3600)));
        Rows rows = desk.incidents(q -> q.order("id"));
        int place = 0;
        for (Records.IncidentRecord record : desk.findAll(q -> q.order("id").limit(100))) {
            IncidentRow row = rows.get(place++);
            assertEquals(record.id(), row.id());
            assertEquals(record.openedAt(), row.openedAt());
            assertEquals(record.stateKind(), row.stateKind());
            assertEquals(record.priority(), row.priority());
            assertNull(row.resolvedAt());
        }
        assertEquals(250, place);
        assertEquals(250, rows.size());
        assertEquals(250, rows.column("id")[249]);
        assertEquals(Time.microseconds(MONDAY), rows.column("opened_at_us")[3]);
        assertThrows(IllegalArgumentException.class, () -> rows.column("opened"));
        assertThrows(IndexOutOfBoundsException.class, () -> rows.get(250));
        List<Long> ids = new ArrayList<>();
        String cursor = "";
        do {
            String from = cursor;
            Rows page = desk.incidents(q -> q.order("id").limit(100).cursor(from.isEmpty() ? null : from));
            page.forEach(row -> ids.add(row.id()));
            cursor = page.cursor();
        } while (!cursor.isEmpty());
        assertArrayEquals(rows.column("id"), ids.stream().mapToLong(Long::longValue).toArray());
        assertTrue(desk.incidents(q -> q.where(new Questions.FindWhere().open(false))).isEmpty());
    }

    // ---- effects, timers

    private List<Long> withEffects() {
        desk.publish(c -> c.at(MONDAY).people(new Person().key("ana"), new Person().key("ben")));
        for (int i = 0; i < 3; ++i) {
            String number = desk.logIncident(c -> c.title("x").caller("ben").at(MONDAY)).record().number();
            desk.assignIncident(c -> c.incident(number).assignee("ana").at(MONDAY));
        }
        return ids("observer");
    }

    private List<Long> ids(String consumer) {
        return desk.takeEffects(consumer, 100).stream().map(Effect::id).toList();
    }

    @Test
    void anEffectIsAcknowledgedWhenTheNextIsAskedFor() {
        List<Long> everything = withEffects();
        assertTrue(everything.size() >= 3);
        assertThrows(ArithmeticException.class, () -> {
            for (Effect effect : desk.effects("mailer")) {
                assertEquals(MONDAY, effect.scheduledAt());
                if (effect.id() == everything.get(1)) {
                    throw new ArithmeticException();
                }
            }
        });
        List<Long> left = everything.subList(1, everything.size());
        assertEquals(left, ids("mailer"));
        for (Effect effect : desk.effects("mailer")) {
            assertEquals(left.get(0), effect.id());
            break;
        }
        List<Long> handled = new ArrayList<>();
        desk.effects("mailer").forEach(effect -> handled.add(effect.id()));
        assertEquals(left, handled);
        assertFalse(desk.effects("mailer").iterator().hasNext());
        assertEquals(everything, ids("observer"));
    }

    @Test
    void timersRunAndEffectsFollowUntilTheirThreadsAreInterrupted() throws InterruptedException {
        try (Desk clocked = Tocsin.open(new OpenOptions().clock(InstantSource.system()))) {
            Thread timers = new Thread(clocked::runTimers);
            CountDownLatch paged = new CountDownLatch(1);
            Thread pager = new Thread(() -> {
                for (Effect effect : clocked.followEffects("pager")) {
                    if (effect.is(Events.Page.class) && "ana".equals(effect.as(Events.Page.class).person())) {
                        paged.countDown();
                    }
                }
            });
            timers.start();
            pager.start();
            clocked.publish(c -> c.people(new Person().key("ana")).escalationPolicies(new Definitions.EscalationPolicy().key("soon")
                    .steps(new Definitions.EscalationPolicySteps().delay(Duration.ofMillis(50)),
                            new Definitions.EscalationPolicySteps().delay(Duration.ofHours(1)).targets(
                                    new Definitions.EscalationPolicyStepsTargets().kind("person").key("ana")))));
            String number = clocked.logIncident(c -> c.title("x")).record().number();
            clocked.startEscalation(c -> c.incident(number).policy("soon"));
            assertTrue(paged.await(60, TimeUnit.SECONDS));
            timers.interrupt();
            pager.interrupt();
            timers.join();
            pager.join();
        }
    }

    // ---- threads

    @Test
    void anyThreadMayUseADesk() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 8; ++i) {
            threads.submit(() -> {
                for (int j = 0; j < 25; ++j) {
                    log(desk, "x");
                    desk.count(q -> {});
                    desk.incidents(q -> {});
                }
            });
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(120, TimeUnit.SECONDS));
        assertEquals(200, desk.incidents(q -> {}).size());
        desk.verify();
    }

    @Test
    void aCallCanBeInterrupted() throws InterruptedException {
        List<Command> many = new ArrayList<>();
        for (int i = 0; i < 20_000; ++i) {
            many.add(new Commands.LogIncident().title("x").description("y".repeat(500)).at(MONDAY));
        }
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                desk.execute(many, ExecuteOption.APART);
            } catch (Throwable problem) {
                ended.set(problem);
            }
        });
        desk.interrupt(); // that one, or else the next
        thread.start();
        thread.join();
        assertInstanceOf(TocsinException.Cancelled.class, ended.get());
        log(desk, "x");
        desk.verify();
    }

    // ---- forks, the journal

    @Test
    void aForkGoesItsOwnWay() {
        log(desk, "x");
        try (Desk fork = desk.fork()) {
            log(fork, "What if");
            assertEquals(2, fork.incidents(q -> {}).size());
            assertEquals(1, desk.incidents(q -> {}).size());
        }
    }

    @Test
    void aStandbyFollowsAndThenLeads() {
        for (int i = 0; i < 30; ++i) {
            log(desk, "x");
        }
        Head head = desk.head();
        Path path = folder.resolve("backup.desk");
        try (Desk standby = Tocsin.open(folder.resolve("standby.desk"))) {
            assertEquals(head.sequence(), standby.follow(desk));
            assertEquals(head, standby.head());
            assertEquals(0, standby.follow(desk));
            assertEquals(0, standby.applyEntries(desk.readEntries(1, 1 << 20)));
            log(standby, "The leader is gone");
            log(desk, "It is not");
            assertThrows(TocsinException.Conflict.class, () -> standby.applyEntries(desk.readEntries(head.sequence() + 1, 1 << 20)));
            standby.backup(path);
            try (Desk backup = Tocsin.open(path)) {
                assertEquals(standby.head(), backup.head());
                assertEquals(head.sequence() + 1, backup.verify().get("entries"));
                assertEquals(MONDAY, backup.entry(head.sequence() + 1).get("recorded_at"));
            }
        }
    }

    @Test
    void presenceIsAHint() {
        desk.publish(c -> c.at(MONDAY).people(new Person().key("ana")));
        log(desk, "x");
        assertDoesNotThrow(() -> desk.notePresence(p -> p.incident(1).actor("ana").activity("editing").at(MONDAY).until(MONDAY.plusSeconds(60))));
        Map<?, ?> there = (Map<?, ?>) ((List<?>) desk.presence(q -> q.incident(1)).get("people")).get(0);
        assertEquals(MONDAY, there.get("since"));
    }

    // ---- what workflows ask the host

    /** A workflow that asks for "credit", and the number of a record that has it. */
    private String withGuard() {
        desk.publish(c -> c.at(MONDAY).people(new Person().key("ana")).workflows(new Workflow().key("credit").name("Credit")
                .states(new WorkflowStates().name("begun").kind("new").initial(true),
                        new WorkflowStates().name("done").kind("resolved"), new WorkflowStates().name("over").kind("closed"))
                .transitions(new WorkflowTransitions().verb("resolve").from("begun").to("done")
                                .hostGuards(new WorkflowTransitionsHostGuards().name("credit").says("there is no credit")),
                        new WorkflowTransitions().verb("close").from("done").to("over"))
                .resolutionCodes("settled")));
        return desk.logIncident(c -> c.title("A bill").workflow("credit").at(MONDAY)).record().number();
    }

    private static void resolve(Desk desk, String number) {
        desk.resolveIncident(c -> c.incident(number).actor("ana").code("settled").notes("Paid").at(MONDAY));
    }

    private static void isRefused(Desk desk, String number) {
        TocsinException refusal = assertThrows(TocsinException.FailedPrecondition.class, () -> resolve(desk, number));
        assertEquals("workflow.host_guard", refusal.reason());
    }

    @Test
    void theHostAnswersForAGuard() {
        String number = withGuard();
        for (Guard guard : Arrays.<Guard>asList(question -> false, question -> null, null)) {
            desk.setGuard(guard);
            isRefused(desk, number);
        }
        List<GuardQuestion> asked = new ArrayList<>();
        desk.setGuard(asked::add);
        System.gc(); // it stays
        resolve(desk, number);
        assertEquals(List.of(new GuardQuestion("credit", number, "ana", MONDAY)), asked);
    }

    @Test
    void whatAGuardThrowsEndsTheCommand() {
        String number = withGuard();
        Head head = desk.head();
        for (Throwable problem : List.of(new IOException("the bank does not answer"), new AssertionError("broken"), new InterruptedException())) {
            desk.setGuard(question -> {
                if (problem instanceof Error error) {
                    throw error;
                }
                throw (Exception) problem;
            });
            TocsinException aborted = assertThrows(TocsinException.Cancelled.class, () -> resolve(desk, number));
            assertEquals("guard.aborted", aborted.reason());
            assertEquals(problem, aborted.getCause());
            assertEquals(problem instanceof InterruptedException, Thread.interrupted());
        }
        assertEquals(head, desk.head());
        desk.setGuard(question -> true);
        resolve(desk, number);
    }

    @Test
    void aGuardMustNotUseTheDesk() {
        String number = withGuard();
        for (Consumer<Desk> use : List.<Consumer<Desk>>of(Desk::head, Desk::close, d -> d.setGuard(null), d -> log(d, "x"))) {
            desk.setGuard(question -> {
                use.accept(desk);
                return true;
            });
            TocsinException aborted = assertThrows(TocsinException.Cancelled.class, () -> resolve(desk, number));
            assertEquals("a guard must not use the desk", assertInstanceOf(IllegalStateException.class, aborted.getCause()).getMessage());
        }
    }

    @Test
    void aForkDoesNotAskTheHost() {
        String number = withGuard();
        desk.setGuard(question -> {
            throw new AssertionError("it was asked");
        });
        try (Desk fork = desk.fork()) {
            isRefused(fork, number);
            fork.setGuardAnswers(Map.of("credit", true));
            resolve(fork, number);
        }
    }

    @Test
    void aGuardIsForgottenWithItsDesk() throws InterruptedException {
        WeakReference<Object> held = guardOfAClosedDesk();
        for (int i = 0; i < 200 && held.get() != null; ++i) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(held.get());
    }

    private static WeakReference<Object> guardOfAClosedDesk() {
        Object held = new Object();
        try (Desk closed = Tocsin.open()) {
            closed.setGuard(question -> held == null);
        }
        return new WeakReference<>(held);
    }
}
