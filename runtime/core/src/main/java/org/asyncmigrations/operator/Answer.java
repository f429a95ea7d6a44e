package org.asyncmigrations.operator;

/**
 * What came of an order. Immutable, and so safe for threads.
 *
 * @param given whether the order was given; nothing was changed otherwise
 * @param why the reason in a sentence, without a full stop, if it was not given; empty otherwise
 */
public record Answer(boolean given, String why) {}
