package io.tocsin;

/**
 * What advancing did.
 *
 * @param fired How many entries fired.
 * @param more Whether more is due.
 */
public record Advanced(long fired, boolean more) {}
