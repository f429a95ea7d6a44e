package com.acme;

final class Sql {
    static final String DROP_LEGACY = "DROP" + " TABLE legacy";

    static final class More {
        static final String GRANT = "grant select on users to reporting";
    }

    private Sql() {}
}
