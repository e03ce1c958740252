package io.tocsin;

/**
 * What a command was about.
 *
 * @param id Its id.
 * @param number Its number, as people know it.
 * @param version The version that it has now.
 */
public record RecordHead(long id, String number, long version) {}
