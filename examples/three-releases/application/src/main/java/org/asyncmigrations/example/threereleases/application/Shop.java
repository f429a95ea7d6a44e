package org.asyncmigrations.example.threereleases.application;

import java.util.function.Supplier;

/**
 * What the application does for its users. Immutable.
 *
 * @param customers asked at each request; release 2 changes its answer while it runs
 * @param orders likewise
 */
public record Shop(Supplier<Customers> customers, Supplier<Orders> orders) {}
