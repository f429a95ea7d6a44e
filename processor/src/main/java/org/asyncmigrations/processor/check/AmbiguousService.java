package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.ServiceComponents;
import org.asyncmigrations.processor.model.ServiceComponents.Clash;

/** What a constructor asks for must be clear from the name and type of its parameter. */
final class AmbiguousService implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        String services = build.home().servicesName().simpleName();
        ServiceComponents components = ServiceComponents.of(build);
        for (Clash clash : components.differentQualifiers()) {
            findings.add(
                    Message.DIFFERENT_QUALIFIERS,
                    clash.later().origin(),
                    clash.later().place(),
                    clash.first().place(),
                    clash.later().qualifierText(),
                    clash.first().qualifierText(),
                    services);
        }
        for (Clash clash : components.namesTaken()) {
            findings.add(
                    Message.SERVICE_NAME_TAKEN,
                    clash.later().origin(),
                    clash.component(),
                    services,
                    clash.first().place(),
                    clash.later().place());
        }
    }
}
