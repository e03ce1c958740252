package io.tocsin;

/**
 * The last entry of a journal, to be kept elsewhere as an anchor.
 *
 * @param sequence Its sequence.
 * @param hash Its chain hash in hexadecimal.
 */
public record Head(long sequence, String hash) {}
