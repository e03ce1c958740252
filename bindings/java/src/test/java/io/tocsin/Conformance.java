package io.tocsin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Runs a conformance case (tests/conformance/README.md) against a desk. */
final class Conformance {
    static final Path FOLDER = Path.of("../../tests/conformance");
    private static final byte[] SALT_SEED = "tocsin conformance seed".getBytes(StandardCharsets.UTF_8);

    static final class Mismatch extends AssertionError {
        private static final long serialVersionUID = 1;

        Mismatch(String what) {
            super(what);
        }
    }

    static List<Path> cases() {
        return Stream.of("cases", "peers").flatMap(part -> {
            try (Stream<Path> files = Files.list(FOLDER.resolve(part))) {
                return files.filter(path -> path.toString().endsWith(".json")).sorted().toList().stream();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }).toList();
    }

    static Object readJson(Path path) {
        try {
            return Json.parse(Files.readAllBytes(path));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    // ---- matching

    /** Where the answer is not what is expected; null where it is. */
    static String difference(Object expected, Object found, String path) {
        String say = (path.isEmpty() ? "the answer" : path) + ": expected " + expected + ", found " + found;
        if (expected instanceof Map<?, ?> wanted) {
            if (wanted.containsKey("$any")) {
                return null;
            }
            if (wanted.containsKey("$contains")) {
                return found instanceof String text && text.contains((String) wanted.get("$contains")) ? null : say;
            }
            if (!(found instanceof Map<?, ?> members)) {
                return say;
            }
            for (Map.Entry<?, ?> one : wanted.entrySet()) {
                String below = path + "/" + one.getKey();
                boolean there = members.containsKey(one.getKey());
                if (one.getValue() instanceof Map<?, ?> rule && rule.containsKey("$absent")) {
                    if (there) {
                        return below + ": expected nothing, found " + members.get(one.getKey());
                    }
                    continue;
                }
                if (!there) {
                    return below + ": expected " + one.getValue() + ", found nothing in " + found;
                }
                String deeper = difference(one.getValue(), members.get(one.getKey()), below);
                if (deeper != null) {
                    return deeper;
                }
            }
            return null;
        }
        if (expected instanceof List<?> wanted) {
            if (!(found instanceof List<?> items) || items.size() != wanted.size()) {
                return say;
            }
            for (int i = 0; i < wanted.size(); ++i) {
                String deeper = difference(wanted.get(i), items.get(i), path + "/" + i);
                if (deeper != null) {
                    return deeper;
                }
            }
            return null;
        }
        if (expected instanceof Number one && found instanceof Number other) {
            return one.doubleValue() == other.doubleValue() ? null : say;
        }
        return expected == null ? (found == null ? null : say) : expected.equals(found) ? null : say;
    }

    private static void demand(Object expected, Object found, String what) {
        String wrong = difference(expected, found, "");
        if (wrong != null) {
            throw new Mismatch(what + ": " + wrong);
        }
    }

    // ---- steps

    private static String textOf(Object part) {
        if (part instanceof String text) {
            return text;
        }
        if (part instanceof List<?> parts) {
            StringBuilder text = new StringBuilder();
            parts.forEach(one -> text.append(textOf(one)));
            return text.toString();
        }
        Map<?, ?> members = (Map<?, ?>) part;
        return ((String) members.get("$repeat")).repeat(((Long) members.get("times")).intValue());
    }

    private static Object expanded(Object part) {
        if (part instanceof Map<?, ?> members) {
            if (members.containsKey("$repeat")) {
                return textOf(part);
            }
            Map<String, Object> made = new LinkedHashMap<>();
            members.forEach((name, value) -> made.put((String) name, expanded(value)));
            return made;
        }
        if (part instanceof List<?> items) {
            List<Object> made = new ArrayList<>();
            items.forEach(item -> made.add(expanded(item)));
            return made;
        }
        return part;
    }

    private static long microseconds(Object instant) {
        return instant instanceof Long us ? us : Time.microseconds(Time.instantOf((String) instant));
    }

    /** Documents as JSON text. */
    static class TextSpeaker {
        final Desk desk;

        TextSpeaker(Desk desk) {
            this.desk = desk;
        }

        byte[] execute(Map<?, ?> step, byte[] document) {
            Object at = step.get("at_us");
            return desk.execute(at == null ? null : Time.instant((Long) at), document, options(step));
        }

        static ExecuteOption[] options(Map<?, ?> step) {
            List<ExecuteOption> options = new ArrayList<>();
            if (!Boolean.TRUE.equals(step.get("atomic"))) {
                options.add(ExecuteOption.APART);
            }
            if (Boolean.TRUE.equals(step.get("dry_run"))) {
                options.add(ExecuteOption.DRY_RUN);
            }
            if (Boolean.TRUE.equals(step.get("allow_leap"))) {
                options.add(ExecuteOption.ALLOW_LEAP);
            }
            if (Boolean.TRUE.equals(step.get("lines"))) {
                options.add(ExecuteOption.LINES);
            }
            return options.toArray(new ExecuteOption[0]);
        }

        Object executeParsed(Map<?, ?> step, Object commands) {
            return Json.parse(execute(step, Json.write(commands)));
        }

        Object query(Object question) {
            return Json.parse(Native.bytes(desk.queryJson(new String(Json.write(question), StandardCharsets.UTF_8))));
        }

        Object effects(String consumer, int most) {
            return Json.parse(Native.bytes(desk.takeEffectsJson(consumer, most)));
        }

        Object entry(long sequence) {
            return asText(desk.entry(sequence));
        }
    }

    /** Commands and questions of the generated classes, instants and durations as Java has them. */
    static final class JavaSpeaker extends TextSpeaker {
        JavaSpeaker(Desk desk) {
            super(desk);
        }

        @Override
        Object executeParsed(Map<?, ?> step, Object commands) {
            if (step.containsKey("at_us")) {
                return super.executeParsed(step, commands);
            }
            if (commands instanceof Map<?, ?> command) {
                return resultText(desk.execute(command(command), options(step)));
            }
            if (commands instanceof List<?> all && all.stream().allMatch(one -> one instanceof Map)) {
                return desk.execute(all.stream().map(one -> command((Map<?, ?>) one)).toList(), options(step)).stream()
                        .map(JavaSpeaker::resultText).toList();
            }
            return super.executeParsed(step, commands);
        }

        @Override
        Object query(Object question) {
            Map<?, ?> document = (Map<?, ?>) question;
            Document<?> made = typed(Questions.class, document, "query");
            Question asked = made instanceof Question known ? known : Document.question(converted(document));
            Map<String, Object> answer = desk.query(asked);
            if (asked instanceof Questions.Get) { // what has a type of its own is read as such, too
                demand(asText(answer), members(desk.query(asked, Records.IncidentRecord.class)), "the record");
            }
            if (asked instanceof Questions.Find) {
                List<Object> records = new ArrayList<>();
                desk.query(asked, Records.Found.class).records().forEach(record -> records.add(members(record)));
                demand(asText(answer.get("records")), records, "the records");
            }
            return asText(answer);
        }

        @Override
        Object effects(String consumer, int most) {
            List<Object> effects = new ArrayList<>();
            for (Effect effect : desk.takeEffects(consumer, most)) {
                Map<String, Object> fields = new LinkedHashMap<>(effect.fields());
                if (RECORDS.containsKey(effect.effect())) {
                    Map<String, Object> own = new LinkedHashMap<>(fields);
                    own.remove("caller"); // which effects about a record have beside their own
                    demand(asText(own), members(effect.as(RECORDS.get(effect.effect()))), effect.effect());
                }
                fields.put("id", effect.id());
                fields.put("effect", effect.effect());
                fields.put("scheduled_at", effect.scheduledAt());
                fields.put("recorded_at", effect.recordedAt());
                if (effect.record() != null) {
                    fields.put("record", effect.record());
                }
                effects.add(asText(fields));
            }
            return effects;
        }

        private static Object resultText(Result result) {
            Map<String, Object> made = new LinkedHashMap<>();
            if (result.error() != null) {
                TocsinException error = result.error();
                made.put("error", Map.of("status", error.status().name().toLowerCase(java.util.Locale.ROOT), "reason", error.reason(),
                        "message", error.getMessage(), "detail", error.detail()));
                return asText(made);
            }
            made.put("sequence", result.sequence());
            made.put("recorded_at", result.recordedAt());
            if (result.record() != null) {
                made.put("record", members(result.record()));
            }
            if (result.repeated()) {
                made.put("repeated", true);
                made.put("keys_since", result.keysSince());
            }
            List<Object> events = new ArrayList<>();
            for (Event event : result.events()) {
                demand(asText(event.fields()), members(event.as(RECORDS.get(event.event()))), event.event());
                Map<String, Object> fields = new LinkedHashMap<>(event.fields());
                fields.put("event", event.event());
                events.add(fields);
            }
            made.put("events", events);
            return asText(made);
        }
    }

    static final Map<String, Class<? extends Record>> RECORDS = recordsOf(Events.class);

    private static Map<String, Class<? extends Record>> recordsOf(Class<?> container) {
        Map<String, Class<? extends Record>> made = new LinkedHashMap<>();
        for (Class<?> one : container.getDeclaredClasses()) {
            made.put(Json.memberOf(one.getSimpleName()).substring(1), one.asSubclass(Record.class));
        }
        return made;
    }

    /** The members of a record by the names that they have in documents, as text. */
    private static Object members(Object value) {
        if (value instanceof Record record) {
            Map<String, Object> made = new LinkedHashMap<>();
            for (var component : record.getClass().getRecordComponents()) {
                try {
                    Method accessor = component.getAccessor();
                    accessor.setAccessible(true);
                    Object member = members(accessor.invoke(record));
                    if (Flattened.class.isAssignableFrom(component.getType())) {
                        ((Map<?, ?>) member).forEach((name, one) -> made.put((String) name, one));
                    } else {
                        made.put(Json.memberOf(component.getName()), member);
                    }
                } catch (ReflectiveOperationException problem) {
                    throw new AssertionError(problem);
                }
            }
            return made;
        }
        if (value instanceof List<?> items) {
            return items.stream().map(Conformance::members).toList();
        }
        return value == null ? null : Json.parse(Json.write(value));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> converted(Map<?, ?> document) {
        return (Map<String, Object>) Json.converted(document, "");
    }

    private static Command command(Map<?, ?> document) {
        Document<?> made = document.containsKey("actor") ? typed(Commands.class, document, "command") : null;
        return made instanceof Command known ? known : Document.command(converted(document));
    }

    /** How many documents the classes could say, and how many none could. */
    static int byClass;
    static int byMap;

    /** The document as one of the generated classes; null where their methods cannot say it. */
    private static Document<?> typed(Class<?> container, Map<?, ?> document, String tag) {
        for (Class<?> one : container.getDeclaredClasses()) {
            if (Json.memberOf(one.getSimpleName()).equals("_" + document.get(tag))) {
                Map<Object, Object> fields = new LinkedHashMap<>(document);
                fields.remove(tag);
                Document<?> made = (Document<?>) made(one, fields);
                byClass += made == null ? 0 : 1;
                byMap += made == null ? 1 : 0;
                return made;
            }
        }
        return null;
    }

    private static Object made(Class<?> type, Map<?, ?> fields) {
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object document = constructor.newInstance();
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                if (!set(type, document, (String) field.getKey(), field.getValue())) {
                    return null;
                }
            }
            return document;
        } catch (InvocationTargetException problem) {
            throw new AssertionError(problem.getCause());
        } catch (ReflectiveOperationException problem) {
            throw new AssertionError(problem);
        }
    }

    private static boolean set(Class<?> type, Object document, String name, Object value) throws ReflectiveOperationException {
        for (Method method : type.getDeclaredMethods()) {
            if (!method.isSynthetic() && !method.isVarArgs() && Json.memberOf(method.getName()).equals(name)) {
                Object argument = argument(method.getGenericParameterTypes()[0], value, name);
                if (argument != null) {
                    method.invoke(document, argument);
                    return true;
                }
            }
        }
        return false;
    }

    private static Object argument(Type type, Object value, String name) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            if (!(value instanceof List<?> items)) {
                return null;
            }
            List<Object> made = new ArrayList<>();
            for (Object item : items) {
                Object one = argument(generic.getActualTypeArguments()[0], item, name);
                if (one == null) {
                    return null;
                }
                made.add(one);
            }
            return made;
        }
        if (type instanceof ParameterizedType) {
            return value instanceof Map ? "custom".equals(name) ? value : Json.converted(value, name) : null;
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Instant.class) {
            return value instanceof String text ? Time.instantOf(text) : null;
        }
        if (plain == Duration.class) {
            return value instanceof String text ? Time.durationOf(text) : null;
        }
        if (plain == Object.class || plain == String.class) {
            return plain.isInstance(value) ? value : null;
        }
        if (plain == long.class || plain == Long.class) {
            return value instanceof Long ? value : null;
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return value instanceof Boolean ? value : null;
        }
        if (plain == double.class) {
            return value instanceof Number number ? number.doubleValue() : null;
        }
        return Document.class.isAssignableFrom(plain) && value instanceof Map<?, ?> members ? made(plain, members) : null;
    }

    // Members that hold documents of other forms: tests in packs, conditions and what they saw, what a refusal quotes.
    private static final Set<String> FOREIGN =
            Set.of("custom", "steps", "condition", "when", "where", "detail", "value", "operands");

    /** An answer as text again, in which nothing was left as text that is an instant or a duration. */
    private static Object asText(Object answer) {
        demandNative(answer, "");
        return Json.parse(Json.write(answer));
    }

    private static void demandNative(Object part, String name) {
        if (part instanceof Map<?, ?> members) {
            members.forEach((member, value) -> {
                if (!FOREIGN.contains(member)) {
                    demandNative(value, (String) member);
                }
            });
        } else if (part instanceof Iterable<?> items) {
            items.forEach(item -> demandNative(item, name));
        } else if (part instanceof String text && (Time.instantOf(text) != null || Time.durationOf(text) != null)) {
            throw new Mismatch(name + " is left as text: " + text);
        }
    }

    // ---- one file

    interface Speaking {
        TextSpeaker of(Desk desk);
    }

    private final Map<?, ?> file;
    private final Path path;
    private final Speaking speaking;
    private TextSpeaker speaker;
    private Desk desk;

    Conformance(Map<?, ?> file, Path path, Speaking speaking) {
        this.file = file;
        this.path = path;
        this.speaking = speaking;
    }

    private void open() {
        OpenOptions options = new OpenOptions().saltSeed(SALT_SEED);
        if (file.get("options") instanceof Map<?, ?> given) {
            Definitions.DeskOptions made = new Definitions.DeskOptions();
            converted(given).forEach(made::with);
            options.options(made);
        }
        desk = Tocsin.open(path, options);
        speaker = speaking.of(desk);
    }

    private void reopen() {
        if (path != null) {
            Head before = desk.head();
            desk.close();
            open();
            if (!desk.head().equals(before)) {
                throw new Mismatch("the desk, closed and opened again, has another head");
            }
        }
    }

    private Object answer(Map<?, ?> step) {
        if (step.containsKey("execute")) {
            return speaker.executeParsed(step, step.get("execute"));
        }
        if (step.containsKey("execute_text")) {
            return Json.parse(speaker.execute(step, textOf(step.get("execute_text")).getBytes(StandardCharsets.UTF_8)));
        }
        if (step.containsKey("execute_hex")) {
            return Json.parse(speaker.execute(step, HexFormat.of().parseHex((String) step.get("execute_hex"))));
        }
        if (step.containsKey("query")) {
            return speaker.query(step.get("query"));
        }
        if (step.containsKey("entry")) {
            return speaker.entry((Long) step.get("entry"));
        }
        if (step.get("effects") instanceof String consumer) {
            Object effects = speaker.effects(consumer, step.get("max") instanceof Long most ? most.intValue() : 100);
            if (Boolean.TRUE.equals(step.get("acknowledge"))) {
                List<?> taken = (List<?>) effects;
                desk.acknowledgeEffects(consumer, (Long) ((Map<?, ?>) taken.get(taken.size() - 1)).get("id"));
            }
            return effects;
        }
        if (step.containsKey("advance")) {
            Advanced done = desk.advance(microseconds(step.get("advance")), step.get("limit") instanceof Long limit ? limit : 0,
                    Boolean.TRUE.equals(step.get("allow_leap")));
            return Map.of("fired", done.fired(), "more", done.more());
        }
        throw new Mismatch("the step does nothing that is known");
    }

    private static void checkRefusal(Map<?, ?> expected, TocsinException found) {
        if (!found.status().name().equalsIgnoreCase((String) expected.get("status")) || !found.reason().equals(expected.get("reason"))) {
            throw new Mismatch("expected " + expected + ", found " + found.status() + " " + found.reason() + ": " + found.getMessage());
        }
        if (!found.getClass().getSimpleName().equalsIgnoreCase(found.status().name().replace("_", ""))) {
            throw new Mismatch(found.status() + " is thrown as " + found.getClass());
        }
        for (String member : List.of("path", "index")) {
            if (expected.containsKey(member)) {
                demand(expected.get(member), found.detail().get(member), member);
            }
        }
        if (expected.get("unmet") instanceof List<?> unmet) {
            List<?> parts = unmet.stream().map(part -> Map.of("$contains", part)).toList();
            demand(parts, found.detail().getOrDefault("unmet", List.of()), "the unmet conditions");
        }
    }

    private void take(Map<?, ?> step) {
        if (step.containsKey("next_due")) {
            Instant due = desk.nextDue();
            Long wanted = step.get("next_due") == null ? null : (Long) microseconds(step.get("next_due"));
            demand(wanted, due == null ? null : (Long) Time.microseconds(due), "next_due");
            return;
        }
        Head before = desk.head();
        if (step.get("head") instanceof Map<?, ?> head) {
            demand(head.get("sequence"), before.sequence(), "the head");
            return;
        }
        if (step.containsKey("reopen")) {
            reopen();
            return;
        }
        Object answer;
        try {
            answer = answer(step);
        } catch (TocsinException refusal) {
            if (!(step.get("refused") instanceof Map<?, ?> expected)) {
                throw new Mismatch("it is refused: " + refusal.reason() + ": " + refusal.getMessage() + " " + refusal.detail());
            }
            checkRefusal(expected, refusal);
            long fired = expected.get("fired") instanceof Long count ? count : 0;
            Head after = desk.head();
            if (after.sequence() != before.sequence() + fired || (fired == 0 && !after.equals(before))) {
                throw new Mismatch("the head after the refusal is another");
            }
            return;
        }
        if (step.containsKey("refused")) {
            throw new Mismatch("it is accepted, and answers " + answer);
        }
        if (Boolean.TRUE.equals(step.get("dry_run")) && !desk.head().equals(before)) {
            throw new Mismatch("the head after the dry run is another");
        }
        if (step.containsKey("expect")) {
            demand(step.get("expect"), answer, "it");
        }
    }

    void run() {
        open();
        try {
            if (file.get("given") instanceof String given) {
                for (Object command : (List<?>) readJson(FOLDER.resolve("given/" + given + ".json"))) {
                    speaker.executeParsed(Map.of(), command);
                }
            }
            int place = 0;
            for (Object step : (List<?>) file.get("steps")) {
                try {
                    take((Map<?, ?>) expanded(step));
                } catch (Mismatch | RuntimeException problem) {
                    String shown = step.toString();
                    throw new AssertionError("step " + place + " " + shown.substring(0, Math.min(160, shown.length())) + "\n  " + problem, problem);
                }
                ++place;
            }
            desk.verify();
            reopen();
        } finally {
            desk.close();
        }
    }
}
