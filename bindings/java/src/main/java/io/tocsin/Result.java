package io.tocsin;

import java.time.Instant;
import java.util.List;

/**
 * What a command came to.
 *
 * @param sequence Of the entry in the journal.
 * @param recordedAt When it was recorded.
 * @param record What it was about; null where it was about none.
 * @param events What it decided.
 * @param repeated The idempotency key was known, and this is what it came to then.
 * @param keysSince Where repeated: keys are remembered since then.
 * @param error Why a command of many, each for itself, was refused; else null.
 */
public record Result(long sequence, Instant recordedAt, RecordHead record, List<Event> events, boolean repeated,
        Instant keysSince, TocsinException error) {}
