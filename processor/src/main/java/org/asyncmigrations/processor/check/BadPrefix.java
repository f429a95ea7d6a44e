package org.asyncmigrations.processor.check;

import java.util.regex.Pattern;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Home.Setting;

/** The names of the state tables must be names in every database, and that of the services one of a class. */
final class BadPrefix implements Rule {
    /** With the longest of the tables' names behind it, a name still has less than the 63 characters of PostgreSQL. */
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,39})?");
    /** PostgreSQL ends at 63 characters, MariaDB at 64. */
    private static final Pattern SCHEMA = Pattern.compile("[^\"'`;\\[\\]\\p{Cntrl}]{0,63}");

    @Override
    public void check(Build build, Findings findings) {
        check(build.home().prefix(), PREFIX, Message.BAD_PREFIX, findings);
        check(build.home().schema(), SCHEMA, Message.BAD_SCHEMA, findings);
        if (!build.home().canNameServices()) {
            Setting services = build.home().services();
            findings.add(Message.BAD_SERVICES, services.origin(), printable(services.value()));
        }
    }

    private static void check(Setting setting, Pattern pattern, Message message, Findings findings) {
        if (!pattern.matcher(setting.value()).matches()) {
            findings.add(message, setting.origin(), printable(setting.value()));
        }
    }

    private static String printable(String value) {
        return value.replaceAll("\\p{Cntrl}", "?");
    }
}
