package org.asyncmigrations;

/** Thrown by {@link MigrationHandle#requireDone()}: code that depends on a migration was reached before it was done. */
public final class MigrationNotDoneException extends MigrationException {
    private static final long serialVersionUID = 1L;

    /** The state in which it was found; an enum, and so serializable. */
    private final State state;

    /**
     * A migration that is not done.
     *
     * @param version its version
     * @param name its class
     * @param state where it stands instead
     */
    public MigrationNotDoneException(long version, String name, State state) {
        super(
                version,
                "migration " + MigrationEntry.written(version) + " (" + name + ") must be done, and is " + state.word()
                        + "; wait for it, or ask isDone() first",
                null);
        this.state = state;
    }

    /**
     * Where the migration stands.
     *
     * @return any state but {@link State#DONE}
     */
    public State state() {
        return state;
    }
}
