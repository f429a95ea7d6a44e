package org.asyncmigrations.guard;

/** PostgreSQL's locks on relations, from the weakest to the strongest. */
enum LockMode {
    ACCESS_SHARE("AccessShareLock"),
    ROW_SHARE("RowShareLock"),
    ROW_EXCLUSIVE("RowExclusiveLock"),
    SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock"),
    SHARE("ShareLock"),
    SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock"),
    EXCLUSIVE("ExclusiveLock"),
    ACCESS_EXCLUSIVE("AccessExclusiveLock");

    private final String inPgLocks;

    LockMode(String inPgLocks) {
        this.inPgLocks = inPgLocks;
    }

    static LockMode of(String inPgLocks) {
        for (LockMode mode : values()) {
            if (mode.inPgLocks.equals(inPgLocks)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(inPgLocks);
    }

    /** Whether inserts, updates and deletes wait for it. */
    boolean blocksWrites() {
        return compareTo(SHARE) >= 0;
    }

    boolean blocksReads() {
        return this == ACCESS_EXCLUSIVE;
    }

    /** {@return as the PostgreSQL manual writes it} */
    @Override
    public String toString() {
        return name().replace('_', ' ');
    }
}
