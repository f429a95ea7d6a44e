package org.asyncmigrations.testing.product;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What MariaDB and MySQL have in common. */
interface InnoDbWords extends ProductWords {
    @Override
    default String schemaWord() {
        return "database";
    }

    @Override
    default String cascade() {
        return "";
    }

    /** The first one needs the server's table of time zones. */
    @Override
    default List<String> otherZones() {
        return List.of("set time_zone = 'America/New_York'", "set time_zone = '-05:00'");
    }

    @Override
    default String sessionId() {
        return "select connection_id()";
    }

    @Override
    default String kill() {
        return "kill %s";
    }

    @Override
    default String showsName() {
        return "select count(is_used_lock('%s'))";
    }

    @Override
    default String readOnly() {
        return "start transaction read only";
    }

    @Override
    default List<String> refusingTrigger() {
        return List.of("create trigger refuse_%s before update on %s for each row"
                + " signal sqlstate 'UX001' set message_text = 'not today'");
    }

    @Override
    default @Nullable String deferred() {
        return null;
    }

    @Override
    default String createStranger() {
        return "create user %s identified by 'Strange#1'";
    }

    @Override
    default @Nullable String becomeStranger() {
        return null;
    }

    @Override
    default String dropStranger() {
        return "drop user %s";
    }

    @Override
    default List<KeySample> keys() {
        List<KeySample> keys = new ArrayList<>(List.of(
                new KeySample("decimal(30, 6)", KeyValues.decimals(true)),
                new KeySample("decimal(30, 6) unsigned", KeyValues.decimals(false)),
                new KeySample("varchar(40) character set utf8mb4 collate utf8mb4_bin", KeyValues.unicode()),
                new KeySample("varchar(40) character set utf8mb4 collate utf8mb4_unicode_ci", KeyValues.unicode()),
                new KeySample(
                        "varchar(40) character set latin1",
                        KeyValues.words().stream()
                                .filter(word -> !word.startsWith("Ž"))
                                .toList()),
                new KeySample("char(40) character set utf8mb4", KeyValues.unicode()),
                new KeySample("date", KeyValues.dates("1000-01-01", "9999-12-31")),
                new KeySample("datetime(6)", KeyValues.times(6, "", "1000-01-01 00:00:00.000000")),
                new KeySample("timestamp(6)", KeyValues.times(6, "")),
                new KeySample("binary(16)", KeyValues.bytes(KeyValues.HEX, 16, 16)),
                new KeySample("varbinary(16)", KeyValues.bytes(KeyValues.HEX, 1, 16))));
        Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "bigint", 64)
                .forEach((type, bits) -> {
                    keys.add(new KeySample(type, KeyValues.integers(bits, true)));
                    keys.add(new KeySample(type + " unsigned", KeyValues.integers(bits, false)));
                });
        return keys;
    }

    @Override
    default List<String> refusedKeys() {
        return List.of(
                "float", "double", "enum('b', 'a')", "set('b', 'a')", "json", "text", "blob", "time", "year", "bit(3)");
    }

    @Override
    default List<IndexSample> indexes() {
        return List.of(
                new IndexSample("(a, id)", ""),
                new IndexSample("(a)", ""),
                new IndexSample("(a desc, id desc)", ""),
                new IndexSample("(a, id, b)", ""),
                new IndexSample("(a desc)", "in the opposite order"),
                new IndexSample("(a desc, id)", "in the opposite order"),
                new IndexSample("(id, a)", "has id where a would have to be"),
                new IndexSample("(s(2), a, id)", "has only the first 2 characters of s"),
                new IndexSample("(a, id)", "is hidden", "alter table %s alter index k_%s " + hidden()));
    }

    /** {@return the keyword that hides an index from the optimizer} */
    String hidden();

    @Override
    default String dropIndex() {
        return "drop index k_%1$s on %1$s";
    }

    @Override
    default String analyze() {
        return "analyze table %s";
    }
}
