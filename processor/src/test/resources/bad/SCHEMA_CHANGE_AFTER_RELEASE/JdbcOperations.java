package org.springframework.jdbc.core;

public interface JdbcOperations {
    void execute(String sql);

    int update(String sql, Object... arguments);

    int[] batchUpdate(String... sql);
}
