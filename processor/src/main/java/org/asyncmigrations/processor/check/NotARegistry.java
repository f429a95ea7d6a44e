package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.OtherRegistry;

/** Only what has a catalog can be included. */
final class NotARegistry implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (OtherRegistry registry : build.modules().included()) {
            if (!registry.generated()) {
                findings.add(
                        Message.NOT_A_REGISTRY,
                        registry.origin(),
                        registry.name(),
                        build.home().packageName());
            }
        }
    }
}
