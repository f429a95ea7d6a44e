/** What must be true of a worker on a job engine, as tests to inherit. */
@NullMarked
package org.asyncmigrations.testing.worker;

import org.jspecify.annotations.NullMarked;
