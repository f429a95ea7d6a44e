package org.springframework.jdbc.core;

public abstract class JdbcTemplate implements JdbcOperations {}
