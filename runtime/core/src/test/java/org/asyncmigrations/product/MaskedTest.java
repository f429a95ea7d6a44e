package org.asyncmigrations.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is masked in a text, and that nothing else is. */
class MaskedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "no driver for jdbc:x://h/db?user=u&password=geheim&a=b | no driver for jdbc:x://h/db?user=u&password=***&a=b",
                "jdbc:h2:mem:x;PASSWORD=geheim;MODE=MySQL | jdbc:h2:mem:x;PASSWORD=***;MODE=MySQL",
                "sslPassword = geheim) and more | sslPassword = ***) and more",
                "jdbc:postgresql://me:ge@heim@host:5432/db | jdbc:postgresql://me:***@host:5432/db",
                "Failing row contains (1, geheim). | Failing row contains (***).",
                "Batch entry 0 update t set a = ('geheim') was aborted: ERROR | Batch entry 0 *** was aborted: ERROR",
            })
    void aSecretIsMasked(String text, String masked) {
        assertThat(Masked.text(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "create user u identified by 'ge''hei\\'m' require ssl | create user u identified by *** require ssl",
                "identified with mysql_native_password by 'geheim', x | identified with mysql_native_password by ***, x",
                "IDENTIFIED BY PASSWORD 'geheim' | IDENTIFIED BY PASSWORD ***",
                "create role r login password 'ge heim' valid | create role r login password *** valid",
                "alter role r password E'ge\\'heim'; | alter role r password E***;",
                "set password for u = password('geheim') | set password for u = password(***)",
                "{\"password\":\"ge,heim\",\"a\":1} | {\"password\":***,\"a\":1}",
                "{\"dbPassword\" : \"ge heim\"} | {\"dbPassword\" : ***}",
                "user: u, password: geheim, a: b | user: u, password: ***, a: b",
                "x;password='ge;hei m';a=b | x;password=***;a=b",
                "x;password={ge;heim};a=b | x;password=***;a=b",
                "x password = \"ge heim\" a | x password = *** a",
                "create role r password 'geheim and cut | create role r password ***",
            })
    void aQuotedSecretIsMasked(String text, String masked) {
        assertThat(Masked.text(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "FATAL: password authentication failed for user \"me\"",
                "null value in column \"password\" of relation \"users\" violates not-null constraint",
                "Column \"PASSWORD\" not found; SQL statement",
                "select password::text from users where name = 'x'",
                "The server requested password-based authentication, but no password was provided",
                "identified by its key",
                "Connection to localhost:5432 refused",
                "jdbc:postgresql://host:5432/db?user=me",
                "at https://host:80/a mail me@example.org",
                "duplicate key value violates unique constraint pk (5)",
            })
    void nothingElseIs(String text) {
        assertThat(Masked.text(text)).isEqualTo(text);
    }

    @Test
    void aFailureReadsTheSameButForTheSecrets() {
        Exception failure = new IllegalStateException("outer", new SQLException("password=geheim", "08001"));
        failure.addSuppressed(new SQLException("pwd=geheim"));
        String expected = printed(failure).replace("geheim", "***");
        assertThat(printed(Masked.failure(failure))).isEqualTo(expected);
    }

    @Test
    void aFailureWithoutSecretsIsItself() {
        Exception failure = new IllegalStateException("outer", new SQLException("inner"));
        assertThat(Masked.failure(failure)).isSameAs(failure);
    }

    @Test
    void causesInARingEnd() {
        Exception one = new Exception("password=geheim");
        Exception two = new Exception("two", one);
        one.initCause(two);
        assertThat(printed(Masked.failure(two))).doesNotContain("geheim");
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
