package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Home.Candidate;
import org.asyncmigrations.processor.model.Origin;

/** Of two classes of one name on a class path one hides the other, and with it all that it runs. */
final class RegistryElsewhere implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        build.shadowed()
                .ifPresent(registry -> findings.add(
                        Message.REGISTRY_ELSEWHERE,
                        build.home().candidates().stream()
                                .findFirst()
                                .map(Candidate::origin)
                                .orElse(Origin.BUILD),
                        registry.name()));
    }
}
