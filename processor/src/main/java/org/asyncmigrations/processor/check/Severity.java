package org.asyncmigrations.processor.check;

/** Whether a finding ends the compile. A warning does not, and {@code @SuppressWarnings} with its name silences it. */
public enum Severity {
    ERROR,
    WARNING
}
