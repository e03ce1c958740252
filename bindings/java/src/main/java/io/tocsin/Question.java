package io.tocsin;

import java.util.Map;

/** What a desk is asked about: one of {@link Questions}, or {@link Document#question} of a map. */
public interface Question {
    /** The document; a value that is null is not in it. */
    Map<String, Object> asMap();
}
