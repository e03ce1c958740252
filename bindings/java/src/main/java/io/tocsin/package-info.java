/**
 * Tocsin, a service desk in your process: incidents, agreements, on-call, escalation. {@link io.tocsin.Tocsin#open} gives a
 * {@link io.tocsin.Desk}.
 */
package io.tocsin;
