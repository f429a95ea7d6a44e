/** Builds, tests, runs and breaks the projects that the archetype's plugin has generated just before, as their users would. */
package org.asyncmigrations.archetype;
