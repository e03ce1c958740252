package io.tocsin;

import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Opens desks, and answers what needs no desk. */
public final class Tocsin {
    private Tocsin() {}

    /** Opens a desk in memory. */
    public static Desk open() {
        return new OpenOptions().open(null);
    }

    /** Opens a desk in memory. */
    public static Desk open(OpenOptions options) {
        return options.open(null);
    }

    /** Opens a desk file, which is made if it is not there. */
    public static Desk open(Path path) {
        return open(path, new OpenOptions());
    }

    /** Opens a desk file, which is made if it is not there; a null path is a desk in memory. */
    public static Desk open(Path path, OpenOptions options) {
        return options.open(path);
    }

    /** The version of the library that runs. */
    public static String version() {
        Native.demand();
        return Native.text(Raw.tocsin_version());
    }

    /** The JSON Schema (2020-12) of one kind of document, or of all for "all". */
    public static Map<String, Object> schema(String name) {
        byte[] text = Native.bytes(name);
        return Json.read(Native.read((buffer, error) -> Raw.tocsin_schema(text, text.length, buffer, error)));
    }

    /** Every command, question, event and definition, with meaning and fields. */
    public static Map<String, Object> catalogue() {
        return Json.read(Native.read(Raw::tocsin_catalogue));
    }

    /** When clocks in the zone (an IANA name) show the local time, by the zone data that the library carries. */
    public static LocalInstant localToInstant(String zone, LocalDateTime local) {
        byte[] name = Native.bytes(zone);
        LongByReference at = new LongByReference();
        IntByReference kind = new IntByReference();
        long shown = Time.microseconds(local.toInstant(ZoneOffset.UTC));
        Native.call(error -> Raw.tocsin_local_to_instant(name, name.length, shown, at, kind, error));
        return new LocalInstant(Time.instant(at.getValue()), LocalInstant.Kind.values()[kind.getValue()]);
    }

    /** What clocks in the zone show. */
    public static LocalDateTime instantToLocal(String zone, Instant at) {
        byte[] name = Native.bytes(zone);
        LongByReference local = new LongByReference();
        Native.call(error -> Raw.tocsin_instant_to_local(name, name.length, Time.microseconds(at), local, error));
        return LocalDateTime.ofInstant(Time.instant(local.getValue()), ZoneOffset.UTC);
    }

    /** The holidays of an iCalendar feed, what was passed over, and warnings: for a person to review. */
    public static Records.ImportedHolidays importHolidays(String icalendar) {
        byte[] text = Native.bytes(icalendar);
        return Json.read(Native.read((buffer, error) -> Raw.tocsin_import_holidays(text, text.length, buffer, error)),
                Records.ImportedHolidays.class);
    }

    /** Who is on call, without a desk: one answer for each line, in order. Lines of the book define, and are taken for granted. */
    public static List<Map<String, Object>> oncallAnswer(List<?> book, List<?> lines) {
        byte[] given = Json.writeLines(book);
        byte[] asked = Json.writeLines(lines);
        return Json.readLines(Native.read((buffer, error) ->
                Raw.tocsin_oncall_answer(given, given.length, asked, asked.length, buffer, error)));
    }

    /** Who is paged when, without a desk; the lines of oncallAnswer are understood, too. */
    public static List<Map<String, Object>> escalationAnswer(List<?> book, List<?> lines) {
        byte[] given = Json.writeLines(book);
        byte[] asked = Json.writeLines(lines);
        return Json.readLines(Native.read((buffer, error) ->
                Raw.tocsin_escalation_answer(given, given.length, asked, asked.length, buffer, error)));
    }

    /** What an outage affects, without a desk: lines that define services and configuration items, and ask. */
    public static List<Map<String, Object>> impactAnswer(List<?> book, List<?> lines) {
        byte[] given = Json.writeLines(book);
        byte[] asked = Json.writeLines(lines);
        return Json.readLines(Native.read((buffer, error) ->
                Raw.tocsin_impact_answer(given, given.length, asked, asked.length, buffer, error)));
    }

    /** Which incidents make a problem, without a desk: one answer for each line, in order. */
    public static List<Map<String, Object>> recurrenceAnswer(List<?> book, List<?> lines) {
        byte[] given = Json.writeLines(book);
        byte[] asked = Json.writeLines(lines);
        return Json.readLines(Native.read((buffer, error) ->
                Raw.tocsin_recurrence_answer(given, given.length, asked, asked.length, buffer, error)));
    }

    /** Whether a condition holds, and why, without a desk: lines that declare fields, and ask. */
    public static List<Map<String, Object>> conditionAnswer(List<?> book, List<?> lines) {
        byte[] given = Json.writeLines(book);
        byte[] asked = Json.writeLines(lines);
        return Json.readLines(Native.read((buffer, error) ->
                Raw.tocsin_condition_answer(given, given.length, asked, asked.length, buffer, error)));
    }

    /** What a rule makes of data, as jsonlogic.com has it, JavaScript's coercions included; both, and the answer, as JSON. */
    public static String jsonLogic(String rule, String data) {
        byte[] by = Native.bytes(rule);
        byte[] what = Native.bytes(data);
        byte[] answer = Native.read((buffer, error) -> Raw.tocsin_json_logic_apply(by, by.length, what, what.length, buffer, error));
        return new String(answer, StandardCharsets.UTF_8);
    }

    /** Commands out of a document of a monitoring system. The mapping is "alertmanager", or a document as JSON. */
    public static List<Command> intakeCommands(String mapping, String document) {
        byte[] by = Native.bytes(mapping);
        byte[] what = Native.bytes(document);
        byte[] lines = Native.read((buffer, error) -> Raw.tocsin_intake_commands(by, by.length, what, what.length, buffer, error));
        return Json.readLines(lines).stream().map(Document::command).toList();
    }

    /** JSON of a document: a map, or one of Commands, Questions, Definitions. */
    public static String toJson(Object document) {
        return new String(Json.write(document), StandardCharsets.UTF_8);
    }

    /** A document of JSON, its instants and durations as Java has them. */
    public static Map<String, Object> fromJson(String document) {
        return Json.read(Native.bytes(document));
    }
}
