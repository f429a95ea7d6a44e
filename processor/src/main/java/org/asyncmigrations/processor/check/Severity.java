package org.asyncmigrations.processor.check;

/** Whether a finding makes the compile fail. A warning doesn't, and {@code @SuppressWarnings} with its name suppresses it. */
public enum Severity {
    ERROR,
    WARNING
}
