package org.asyncmigrations.processor.random;

import java.util.List;
import java.util.random.RandomGenerator;

/** What modules are made of: ordinary words, and those that a generator of code may stumble over. */
final class Words {
    /** Ordinary names, names that become keywords or methods of every object, and names that generated code uses itself. */
    static final List<String> CLASSES = List.of(
            "BackfillEmail",
            "ReadPhones",
            "AddTax",
            "URLBackfill",
            "ABC",
            "X",
            "X1",
            "lower",
            "Class",
            "New",
            "Default",
            "Int",
            "Package",
            "True",
            "Null",
            "Yield",
            "Record_",
            "Builder",
            "Dispatch",
            "Status",
            "Migration",
            "Close",
            "Clone",
            "Equals",
            "Finalize",
            "GetClass",
            "HashCode",
            "Notify",
            "NotifyAll",
            "ToString",
            "Wait",
            "Größe",
            "Данные",
            "数据",
            "Été",
            "Pay$Back",
            "$",
            "$L",
            "_Under",
            "String",
            "Object",
            "Override",
            "Exception",
            "Long",
            "SuppressWarnings",
            "IndexOutOfBoundsException",
            "List",
            "ArrayList",
            "DataSource",
            "Configuration",
            "Mode",
            "By",
            "Migrations",
            "MigrationEntry",
            "MigrationCatalog",
            "MigrationHandle",
            "RegistryBuilder",
            "Dispatcher",
            "GeneratedSource",
            "StateTables",
            "DispatchStatus",
            "SchemaMigrations",
            "Index",
            "Entries",
            "Dispatcher_");

    static final List<String> DESCRIPTIONS = List.of(
            "emails in one spelling",
            "",
            " ",
            "\"quoted\" 'text'",
            "$L and $T, $S, $$, $",
            "100 % of %s, %n, %",
            "back\\slash\\u0041",
            "a\nb\r\nc\td",
            "*/ /* // {@code x} <b>&amp;",
            "Ärger, 数据, 🚀",
            "\u0000\u001b\u2028\ufeff\ud800",
            "line ends with \\",
            "\"\"\"",
            "x".repeat(3_000));

    static final List<String> PARAMETER_NAMES = List.of(
            "clock",
            "vault",
            "names",
            "sizes",
            "service",
            "services",
            "index",
            "clone",
            "hashCode",
            "toString",
            "wait",
            "getClass",
            "record",
            "var",
            "yield",
            "when",
            "sealed",
            "größe",
            "$",
            "_x",
            "a$b",
            "Clock",
            "dataSource",
            "entries",
            "configuration");

    static final List<String> PARAMETER_TYPES = List.of(
            "java.time.Clock",
            "java.util.List<java.lang.String>",
            "java.util.List<java.lang.Integer>",
            "int",
            "long",
            "boolean",
            "long[]",
            "java.lang.String[][]",
            "java.util.Map<java.lang.String, java.util.List<int[]>>",
            "java.util.Map.Entry<? super java.lang.String, ?>",
            "java.util.function.Supplier<? extends java.lang.Number>",
            "java.lang.@org.jspecify.annotations.Nullable String",
            "java.util.List<java.lang.@org.jspecify.annotations.Nullable Long>",
            "char @org.jspecify.annotations.Nullable []",
            "org.jooq.Table<org.jooq.Record>",
            "java.lang.Class<?>[]");

    static final List<String> BODIES = List.of(
            "",
            "// a comment \"with a quote\n",
            "/* ' \" */ char c = '\"'; assert c != '\\'';\n",
            "java.lang.String s = \"\\\"//\" + \"}\"; assert s.length() > 0x1p3;\n",
            "java.lang.String s = \"\"\"\n    {\"a\": 1} \\\n    // no comment\n    \"\"\"; assert s != null;\n",
            "java.util.function.IntUnaryOperator f = x -> x >>> 1 >> 1; assert f.applyAsInt(1) == 0;\n",
            "new Object() { @java.lang.Deprecated int x = 1; }.hashCode();\n");

    static final List<String> PACKAGES = List.of(
            "com.acme", "com.acme.orders", "com.acme.order$", "com.acme2", "org.größe", "com.acme.a.b.c", "acme");

    static final List<String> PREFIXES = List.of("", "async_", "x1_", "X", "_", "a".repeat(40));
    static final List<String> BAD_PREFIXES =
            List.of("1a", "a-b", "a b", "a".repeat(41), "a'b", "$x", "ä_", "a\nb", "%s", "\"");
    static final List<String> SCHEMAS =
            List.of("", "app", "my schema", "Größe", "a$T%s", "back\\slash", "s".repeat(63));
    static final List<String> BAD_SCHEMAS = List.of("\"app\"", "a;b", "a'b", "a`b", "[app]", "a\tb", "s".repeat(64));

    private Words() {}

    static <T> T any(List<T> words, RandomGenerator random) {
        return words.get(random.nextInt(words.size()));
    }

    /** A text as it is written in a source. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                default ->
                    literal.append(
                            c < ' '
                                    ? "\\%03o".formatted((int) c)
                                    : Character.isSurrogate(c) ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return literal.append('"').toString();
    }

    /** A number in one of the ways in which it can be written. */
    static String number(long value, int spelling) {
        if (value < 0) {
            return value == Long.MIN_VALUE ? "java.lang.Long.MIN_VALUE" : value + "L";
        }
        String digits = Long.toString(value);
        return switch (spelling) {
            case 0 -> "0x" + Long.toHexString(value) + "L";
            case 1 -> "0b" + Long.toBinaryString(value) + "L";
            case 2 -> "(" + value + "L - 1) + 1";
            case 3 -> value <= Integer.MAX_VALUE ? digits : digits + "l";
            case 4 -> digits + "L";
            default -> (digits.length() == 14 ? digits.substring(0, 8) + "_" + digits.substring(8) : digits) + "L";
        };
    }
}
