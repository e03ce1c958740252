package io.tocsin;

import java.util.Map;

/**
 * What a command decided.
 *
 * @param event Its name, "incident_logged".
 * @param fields All that it says; instants are Instant, durations Duration, numbers Long or Double.
 */
public record Event(String event, Map<String, Object> fields) {
    @SuppressWarnings("unchecked")
    static Event of(Map<?, ?> members) {
        Map<String, Object> fields = (Map<String, Object>) Json.converted(members, "");
        return new Event(String.valueOf(fields.remove("event")), fields);
    }

    /** The event as its record, one of {@link Events}: {@code event.as(Events.IncidentLogged.class)}. */
    public <T extends Record> T as(Class<T> type) {
        return as(event, fields, type);
    }

    static <T extends Record> T as(String name, Map<String, Object> fields, Class<T> type) {
        if (!is(name, type)) {
            throw new IllegalArgumentException(name + " is no " + type.getSimpleName());
        }
        return Json.again(fields, type);
    }

    static boolean is(String name, Class<? extends Record> type) {
        return Json.memberOf(type.getSimpleName()).equals("_" + name);
    }
}
