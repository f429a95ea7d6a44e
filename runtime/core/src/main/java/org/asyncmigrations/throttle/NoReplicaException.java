package org.asyncmigrations.throttle;

import java.sql.SQLException;

/** Says why a server has no lag to tell: it is none's replica, or does not replicate at the moment. */
final class NoReplicaException extends SQLException {
    private static final long serialVersionUID = 1L;

    NoReplicaException(String reason) {
        super(reason);
    }
}
