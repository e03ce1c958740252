package io.tocsin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Documents in and out: JSON, and what Java has for it. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private Json() {}

    // ---- from Java

    static byte[] write(Object document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator to = FACTORY.createGenerator(bytes)) {
            write(to, document, "");
        } catch (IOException problem) {
            throw new IllegalArgumentException("the document cannot be written: " + problem.getMessage(), problem);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator to, Object value, String path) throws IOException {
        if (value == null) {
            to.writeNull();
        } else if (value instanceof CharSequence text) {
            to.writeString(unicode(text.toString(), path));
        } else if (value instanceof Boolean truth) {
            to.writeBoolean(truth);
        } else if (value instanceof Number number) {
            write(to, number, path);
        } else if (value instanceof Map<?, ?> members) {
            writeMembers(to, members, path);
        } else if (value instanceof Document<?> document) {
            writeMembers(to, document.asMap(), path);
        } else if (value instanceof Command command) {
            writeMembers(to, command.asMap(), path);
        } else if (value instanceof Question question) {
            writeMembers(to, question.asMap(), path);
        } else if (value instanceof Iterable<?> items) {
            to.writeStartArray();
            int place = 0;
            for (Object item : items) {
                write(to, item, path + "/" + place++);
            }
            to.writeEndArray();
        } else {
            to.writeString(textOf(value, path));
        }
    }

    private static void write(JsonGenerator to, Number number, String path) throws IOException {
        if (number instanceof Double || number instanceof Float) {
            double real = number.doubleValue();
            if (Double.isNaN(real) || Double.isInfinite(real)) {
                throw new IllegalArgumentException(where(path) + " is no number: " + real);
            }
            to.writeNumber(real);
        } else if (number instanceof BigDecimal exact) {
            to.writeNumber(exact);
        } else if (number instanceof BigInteger exact) {
            to.writeNumber(exact);
        } else {
            to.writeNumber(number.longValue());
        }
    }

    private static void writeMembers(JsonGenerator to, Map<?, ?> members, String path) throws IOException {
        to.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            to.writeFieldName(unicode(String.valueOf(member.getKey()), path));
            write(to, member.getValue(), path + "/" + member.getKey());
        }
        to.writeEndObject();
    }

    /** The text, in which no half of a surrogate pair stands alone. */
    private static String unicode(String text, String path) {
        for (int i = 0; i < text.length(); ++i) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    throw new IllegalArgumentException(where(path) + " is no Unicode: half of a surrogate pair stands alone");
                }
                ++i;
            }
        }
        return text;
    }

    private static String textOf(Object value, String path) {
        if (value instanceof Instant at) {
            return Time.text(at);
        }
        if (value instanceof OffsetDateTime at) {
            return Time.text(at.toInstant());
        }
        if (value instanceof ZonedDateTime at) {
            return Time.text(at.toInstant());
        }
        if (value instanceof Duration span) {
            return Time.text(span);
        }
        if (value instanceof LocalTime clock) {
            return clock.getSecond() == 0 && clock.getNano() == 0 ? clock.format(CLOCK) : clock.toString();
        }
        if (value instanceof LocalDate || value instanceof LocalDateTime || value instanceof Enum<?>) {
            return value.toString();
        }
        throw new IllegalArgumentException(where(path) + ": a document cannot hold a " + value.getClass().getName());
    }

    private static String where(String path) {
        return path.isEmpty() ? "the document" : path;
    }

    // ---- to Java

    /** Maps, lists, text, Long, Double, Boolean and null. */
    static Object parse(byte[] text) {
        try (JsonParser from = FACTORY.createParser(text)) {
            from.nextToken();
            Object tree = parse(from);
            if (from.nextToken() != null) {
                throw new IllegalArgumentException("there is more behind the document");
            }
            return tree;
        } catch (IOException problem) {
            throw new IllegalArgumentException("the document is no JSON: " + problem.getMessage(), problem);
        }
    }

    private static Object parse(JsonParser from) throws IOException {
        JsonToken token = from.currentToken();
        if (token == null) {
            throw new IllegalArgumentException("there is no document");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (from.nextToken() != JsonToken.END_OBJECT) {
                    String name = from.currentName();
                    from.nextToken();
                    members.put(name, parse(from));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (from.nextToken() != JsonToken.END_ARRAY) {
                    items.add(parse(from));
                }
                yield items;
            }
            case VALUE_NUMBER_INT -> from.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? (Object) from.getBigIntegerValue() : (Object) from.getLongValue();
            case VALUE_NUMBER_FLOAT -> from.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> from.getText();
        };
    }

    /** The document with instants and durations as Java has them. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> read(byte[] text) {
        return (Map<String, Object>) converted(parse(text), "");
    }

    static <T extends Record> T read(byte[] text, Class<T> type) {
        return type.cast(value(parse(text), type, "", ""));
    }

    /** Lines of JSON, each a document. */
    static List<Map<String, Object>> readLines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().filter(line -> !line.isEmpty())
                .map(line -> read(line.getBytes(StandardCharsets.UTF_8))).toList();
    }

    static byte[] writeLines(Iterable<?> documents) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Object document : documents) {
            lines.writeBytes(write(document));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** The value of a member, whose name says whether text is an instant or a duration. */
    static Object converted(Object tree, String name) {
        if (tree instanceof Map<?, ?> members) {
            Map<String, Object> made = new LinkedHashMap<>();
            // Fields of the host's own may have any name and any text.
            members.forEach((member, value) ->
                    made.put((String) member, "custom".equals(member) ? value : converted(value, (String) member)));
            return made;
        }
        if (tree instanceof List<?> items) {
            List<Object> made = new ArrayList<>(items.size());
            items.forEach(item -> made.add(converted(item, name)));
            return made;
        }
        if (tree instanceof String text) {
            Object time = Names.INSTANTS.contains(name) ? Time.instantOf(text) : null;
            if (time == null && Names.DURATIONS.contains(name)) {
                time = Time.durationOf(text);
            }
            return time == null ? text : time;
        }
        return tree;
    }

    private static Object value(Object tree, Type type, String name, String path) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            if (tree == null) {
                return List.of();
            }
            if (tree instanceof List<?> items) {
                List<Object> made = new ArrayList<>(items.size());
                for (Object item : items) {
                    made.add(value(item, generic.getActualTypeArguments()[0], name, path + "/" + made.size()));
                }
                return made;
            }
        } else if (type instanceof ParameterizedType) {
            return "custom".equals(name) ? tree : converted(tree, name);
        } else if (type instanceof Class<?> plain) {
            Object made = plainValue(tree, plain, name, path);
            if (made != null || tree == null) {
                return made;
            }
        }
        throw new IllegalArgumentException(where(path) + ": " + tree + " is no " + type.getTypeName());
    }

    private static Object plainValue(Object tree, Class<?> type, String name, String path) {
        if (type == long.class || type == Long.class) {
            return tree == null ? (type == long.class ? 0L : null) : tree instanceof Long ? tree : null;
        }
        if (type == double.class) {
            return tree == null ? 0.0 : tree instanceof Number number ? number.doubleValue() : null;
        }
        if (type == boolean.class) {
            return tree == null ? false : tree instanceof Boolean ? tree : null;
        }
        if (tree == null || type == Object.class) {
            return converted(tree, name);
        }
        if (type == Instant.class) {
            return tree instanceof String text ? Time.instantOf(text) : null;
        }
        if (type == Duration.class) {
            return tree instanceof String text ? Time.durationOf(text) : null;
        }
        if (type == TocsinException.class && tree instanceof Map<?, ?> error) {
            return Native.refusal(error);
        }
        if (type == Event.class && tree instanceof Map<?, ?> members) {
            return Event.of(members);
        }
        if (type.isRecord() && tree instanceof Map<?, ?> members) {
            return record(members, type, path);
        }
        return type.isInstance(tree) ? tree : null;
    }

    private record Shape(Constructor<?> constructor, RecordComponent[] components, String[] names) {}

    private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

    private static Shape shapeOf(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        String[] names = new String[components.length];
        for (int i = 0; i < components.length; ++i) {
            types[i] = components[i].getType();
            names[i] = memberOf(components[i].getName());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return new Shape(constructor, components, names);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** remind_at of remindAt, for of for_. */
    static String memberOf(String component) {
        StringBuilder name = new StringBuilder();
        for (char c : component.toCharArray()) {
            if (Character.isUpperCase(c)) {
                name.append('_').append(Character.toLowerCase(c));
            } else {
                name.append(c);
            }
        }
        return component.endsWith("_") ? name.substring(0, name.length() - 1) : name.toString();
    }

    private static Object record(Map<?, ?> members, Class<?> type, String path) {
        Shape shape = SHAPES.computeIfAbsent(type, Json::shapeOf);
        Object[] values = new Object[shape.names.length];
        for (int i = 0; i < values.length; ++i) {
            String name = shape.names[i];
            if (Flattened.class.isAssignableFrom(shape.components[i].getType())) {
                values[i] = record(members, shape.components[i].getType(), path);
                continue;
            }
            values[i] = value(members.get(name), shape.components[i].getGenericType(), name, path + "/" + name);
        }
        try {
            return shape.constructor.newInstance(values);
        } catch (ReflectiveOperationException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** A record of members that have been converted already. */
    static <T extends Record> T again(Map<String, Object> members, Class<T> type) {
        return read(write(members), type);
    }
}
