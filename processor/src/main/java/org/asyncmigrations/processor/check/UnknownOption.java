package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Options;
import org.asyncmigrations.processor.model.Origin;

/** A misspelt option would do nothing, silently. */
final class UnknownOption implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        build.options()
                .unknown()
                .forEach(option -> findings.add(Message.UNKNOWN_OPTION, Origin.BUILD, option, Options.JOURNAL));
    }
}
