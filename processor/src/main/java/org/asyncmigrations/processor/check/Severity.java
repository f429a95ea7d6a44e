package org.asyncmigrations.processor.check;

/** Whether a finding ends the compile. */
public enum Severity {
    /** It does. */
    ERROR,
    /** It does not, and {@code @SuppressWarnings} with its name silences it. */
    WARNING
}
