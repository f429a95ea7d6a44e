package org.asyncmigrations.release;

/**
 * Decides whether after-release migrations may begin, in addition to the check of the instances; both must agree. Asked every few
 * seconds while a migration waits. If it throws, that counts as "not yet" with the failure as the reason. Implementations must be
 * thread-safe.
 *
 * <p>A gate of your own also answers for instances that are in no table: those of releases without this library. So the first build
 * in a database then waits only for its gates.
 * <pre>{@code
 * builder.gate(run -> deployment.isComplete() ? GateAnswer.open() : GateAnswer.notYet("the deployment goes on"));
 * }</pre>
 */
@FunctionalInterface
public interface Gate {
    /**
     * Whether a migration may begin, as far as this gate knows.
     *
     * @param run the question
     * @return the answer
     * @throws Exception if it can't be determined
     */
    GateAnswer ask(GateRun run) throws Exception;
}
