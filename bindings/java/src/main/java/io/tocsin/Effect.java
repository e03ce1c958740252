package io.tocsin;

import java.time.Instant;
import java.util.Map;

/**
 * Something to do outside: a page, a message. Nothing is sent by the library.
 *
 * @param id Tells an effect that comes again.
 * @param effect Its kind, "page".
 * @param record Number of the record that it is about; null where it is about none.
 * @param scheduledAt When it was to happen.
 * @param recordedAt When the journal came to it.
 * @param fields Those of its kind; instants are Instant, durations Duration, numbers Long or Double.
 */
public record Effect(long id, String effect, String record, Instant scheduledAt, Instant recordedAt, Map<String, Object> fields) {
    static Effect of(Map<String, Object> fields) {
        return new Effect((Long) fields.remove("id"), (String) fields.remove("effect"),
                fields.remove("record") instanceof String number ? number : null, (Instant) fields.remove("scheduled_at"),
                (Instant) fields.remove("recorded_at"), fields);
    }

    /** Whether it is of that kind, one of {@link Events}. */
    public boolean is(Class<? extends Record> type) {
        return Event.is(effect, type);
    }

    /** The effect as its record, one of {@link Events}: {@code effect.as(Events.Page.class)}. */
    public <T extends Record> T as(Class<T> type) {
        return Event.as(effect, fields, type);
    }
}
