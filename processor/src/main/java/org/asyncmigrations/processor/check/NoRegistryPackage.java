package org.asyncmigrations.processor.check;

import java.util.List;
import java.util.stream.Collectors;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Home.Candidate;

/** The registry has one package, and it must be clear which. */
final class NoRegistryPackage implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        List<Candidate> candidates = build.home().candidates();
        if (candidates.size() > 1) {
            Message message =
                    build.home().annotated() ? Message.SEVERAL_REGISTRY_PACKAGES : Message.NO_REGISTRY_PACKAGE;
            String packages = candidates.stream().map(Candidate::packageName).collect(Collectors.joining(", "));
            findings.add(message, candidates.get(1).origin(), packages);
        }
    }
}
