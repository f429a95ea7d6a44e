/**
 * Checks a build: one method for each rule, one class for the rules of a topic, and one catalogue of all messages. It reads no
 * source and prints nothing: findings are data. Called by the processor, which prints the findings.
 */
@NullMarked
package org.asyncmigrations.processor.check;

import org.jspecify.annotations.NullMarked;
