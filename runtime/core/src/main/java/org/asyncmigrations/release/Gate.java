package org.asyncmigrations.release;

/**
 * Says whether after-release migrations may begin, beside the gate of the instances, with which it must agree. Asked while
 * they wait, every few seconds. One that throws counts as "not yet", with that as the reason. Implementations must be safe for
 * threads.
 *
 * <p>Whoever gives one answers for those that no table tells of: instances of releases that did not have this library yet. The
 * first build that is ever seen in a database then waits for its gates alone.
 *
 * <pre>{@code
 * builder.gate(run -> deployment.isComplete() ? GateAnswer.open() : GateAnswer.notYet("the deployment goes on"));
 * }</pre>
 */
@FunctionalInterface
public interface Gate {
    /**
     * Whether a migration may begin, as far as this gate can tell.
     *
     * @param run what is asked for
     * @return the answer
     * @throws Exception when it cannot be found out
     */
    GateAnswer ask(GateRun run) throws Exception;
}
