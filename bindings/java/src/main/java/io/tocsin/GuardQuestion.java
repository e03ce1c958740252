package io.tocsin;

import java.time.Instant;

/**
 * What a workflow asks the host.
 *
 * @param guard Its name: "credit".
 * @param incident The number of the record that is to be moved.
 * @param actor Who moves it.
 * @param at The instant of the command.
 */
public record GuardQuestion(String guard, String incident, String actor, Instant at) {}
