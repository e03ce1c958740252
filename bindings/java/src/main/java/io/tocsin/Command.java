package io.tocsin;

import java.util.Map;

/** What a desk is asked to do: one of {@link Commands}, or {@link Document#command} of a map. */
public interface Command {
    /** The document; a value that is null is not in it. */
    Map<String, Object> asMap();
}
