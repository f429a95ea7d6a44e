package org.asyncmigrations.example.shop;

import static org.jooq.impl.DSL.trim;

import org.jooq.Field;
import org.springframework.stereotype.Component;

/** Defines full names, for requests and for the back-fill. */
@Component
public class FullNames {
    public Field<String> of(Field<String> name) {
        return trim(name);
    }
}
