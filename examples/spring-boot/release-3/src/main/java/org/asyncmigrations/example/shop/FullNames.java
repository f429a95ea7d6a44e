package org.asyncmigrations.example.shop;

import static org.jooq.impl.DSL.trim;

import org.jooq.Field;
import org.springframework.stereotype.Component;

/** What a full name is, in one place for requests and for the back-fill. */
@Component
public class FullNames {
    public Field<String> of(Field<String> name) {
        return trim(name);
    }
}
