/**
 * Random modules, right and wrong, that know what a compiler has to say of them.
 * What is known comes from how a right module was spoilt, and from no rule of the processor.
 * Called by JUnit; more modules than usual with {@code -Dmodules}.
 */
@NullMarked
package org.asyncmigrations.processor.random;

import org.jspecify.annotations.NullMarked;
