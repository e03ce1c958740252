package io.tocsin;

import java.time.Instant;

/**
 * When clocks show a local time.
 *
 * @param instant The instant.
 * @param kind How often they show it.
 */
public record LocalInstant(Instant instant, Kind kind) {
    /** How often clocks show a local time. */
    public enum Kind {
        /** Once. */
        UNIQUE,
        /** Never: the instant of the jump is given. */
        SKIPPED,
        /** Twice: the first is given. */
        REPEATED
    }
}
