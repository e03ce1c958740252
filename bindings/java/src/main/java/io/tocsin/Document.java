package io.tocsin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A document that is written: each method sets one member; null takes it out again. */
public abstract class Document<Self extends Document<Self>> {
    private final Map<String, Object> members = new LinkedHashMap<>();

    Document() {}

    Document(String tag, String name) {
        members.put(tag, name);
    }

    /** What has been set: strings, numbers, instants, durations, lists, maps and documents. */
    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(members);
    }

    /** Sets a member by its name in the schema, whatever is known of it here. */
    @SuppressWarnings("unchecked")
    public Self with(String name, Object value) {
        if (value == null) {
            members.remove(name);
        } else {
            members.put(name, value);
        }
        return (Self) this;
    }

    /** A command as a map that has its name in it: {"command": "log_incident", ...}. */
    public static Command command(Map<String, ?> document) {
        Map<String, Object> copy = new LinkedHashMap<>(document);
        return () -> copy;
    }

    /** A question as a map that has its name in it: {"query": "find", ...}. */
    public static Question question(Map<String, ?> document) {
        Map<String, Object> copy = new LinkedHashMap<>(document);
        return () -> copy;
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
