package org.asyncmigrations.throttle;

import java.sql.SQLException;

/** Why a server has no lag to report: it isn't a replica, or it isn't replicating at the moment. */
final class NoReplicaException extends SQLException {
    private static final long serialVersionUID = 1L;

    NoReplicaException(String reason) {
        super(reason);
    }
}
