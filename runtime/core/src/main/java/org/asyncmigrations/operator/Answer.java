package org.asyncmigrations.operator;

/**
 * The result of an order. Immutable and thread-safe.
 *
 * @param given whether the order was given; otherwise nothing was changed
 * @param why the reason if it was not given, in a sentence without a full stop; otherwise empty
 */
public record Answer(boolean given, String why) {}
