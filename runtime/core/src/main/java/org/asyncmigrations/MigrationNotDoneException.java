package org.asyncmigrations;

/** Thrown by {@link MigrationHandle#requireDone()} if code that depends on a migration runs before it is done. */
public final class MigrationNotDoneException extends MigrationException {
    private static final long serialVersionUID = 1L;

    /** Its state at that time. An enum, so it is serializable. */
    private final State state;

    /**
     * A migration that isn't done.
     *
     * @param version its version
     * @param name its class
     * @param state its state instead
     */
    public MigrationNotDoneException(long version, String name, State state) {
        super(
                version,
                "migration " + MigrationEntry.written(version) + " (" + name + ") must be done, but is " + state.word()
                        + "; wait for it, or ask isDone() first",
                null);
        this.state = state;
    }

    /**
     * The migration's state.
     *
     * @return any state except {@link State#DONE}
     */
    public State state() {
        return state;
    }
}
