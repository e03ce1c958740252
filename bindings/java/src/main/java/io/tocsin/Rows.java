package io.tocsin;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.RandomAccess;

/** The rows of a list: by row, and by column. They were read from the library as one block of memory. */
public final class Rows extends AbstractList<IncidentRow> implements RandomAccess {
    record Column(String name, int offset, boolean wide) {}

    private final ByteBuffer rows;
    private final String cursor;

    Rows(byte[] rows, String cursor) {
        this.rows = ByteBuffer.wrap(rows).order(ByteOrder.nativeOrder());
        this.cursor = cursor;
    }

    static Map<String, Column> columns(Column... columns) {
        Map<String, Column> made = new LinkedHashMap<>();
        for (Column column : columns) {
            made.put(column.name, column);
        }
        return made;
    }

    /** What to give as cursor for the rows that follow; empty at the end. */
    public String cursor() {
        return cursor;
    }

    @Override
    public int size() {
        return rows.limit() / IncidentRow.SIZE;
    }

    @Override
    public IncidentRow get(int index) {
        return IncidentRow.read(rows, java.util.Objects.checkIndex(index, size()) * IncidentRow.SIZE);
    }

    /** One member of all rows; instants are microseconds since 1970, Long.MIN_VALUE where not set. */
    public long[] column(String name) {
        Column column = IncidentRow.COLUMNS.get(name);
        if (column == null) {
            throw new IllegalArgumentException(name + " is no column; there are " + String.join(", ", IncidentRow.COLUMNS.keySet()));
        }
        long[] numbers = new long[size()];
        for (int i = 0, at = column.offset; i < numbers.length; ++i, at += IncidentRow.SIZE) {
            numbers[i] = column.wide ? rows.getLong(at) : rows.getInt(at);
        }
        return numbers;
    }
}
