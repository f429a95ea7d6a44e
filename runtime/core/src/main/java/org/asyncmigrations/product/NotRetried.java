package org.asyncmigrations.product;

/** Marks a failure that would occur again at each attempt with the same code. The migration fails at once and waits for other code. */
public interface NotRetried {}
