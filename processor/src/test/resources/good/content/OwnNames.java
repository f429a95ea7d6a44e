package com.acme.content;

import static com.acme.content.Users.USERS;

import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.jooq.DSLContext;
import org.jooq.Record;

public final class OwnNames {
    private OwnNames() {}

    @AfterRelease(version = 133)
    @Idempotent(By.TRANSACTION)
    public static final class MethodsOfItsOwn implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            createTable(run.dsl(), "users");
            dropTable();
            this.alterTable("x");
            truncate("drop table", 3);
            commentOnTable("users");
            grant();
            revoke();
        }

        private void createTable(DSLContext dsl, String name) {
            dsl.fetchCount(USERS, USERS.EMAIL.eq(name));
        }

        private void dropTable() {}

        private void alterTable(String name) {
            truncate(name, 1);
        }

        private static String truncate(String text, int length) {
            return text.substring(0, Math.min(length, text.length()));
        }

        private void commentOnTable(String name) {}

        private void grant() {}

        private void revoke() {}
    }

    @AfterRelease(version = 134)
    @Idempotent(By.TRANSACTION)
    public static final class ClassesOfItsOwn implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            Furniture furniture = new Furniture();
            furniture.createTable("oak").dropTable().alterTable("pine");
            Furniture.workshop().createView();
            Optional.of(furniture).ifPresent(found -> found.createTable("elm"));
            List.of("a", "b").forEach(furniture::createTable);
            var same = furniture;
            same.truncateTable();
        }
    }

    @AfterRelease(version = 135)
    @Idempotent(By.TRANSACTION)
    public static final class TimeAndFiles implements DataMigration {
        @Override
        public void migrate(MigrationRun run) throws Exception {
            Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS);
            Duration left = Duration.ofSeconds(3).truncatedTo(ChronoUnit.SECONDS);
            Path file = Files.createTempFile("drop", "table");
            try (FileChannel channel = FileChannel.open(file)) {
                channel.truncate(0);
            }
            run.dsl().deleteFrom(USERS).where(USERS.EMAIL.eq(day + "" + left)).execute();
        }
    }

    @AfterRelease(version = 136)
    @Idempotent(By.TRANSACTION)
    public static final class Executors implements DataMigration {
        @Override
        public void migrate(MigrationRun run) throws Exception {
            Executor executor = Runnable::run;
            executor.execute(() -> run.dsl().fetchCount(USERS));
            Callable<String> callable = () -> "drop table";
            List<String> log = new ArrayList<>();
            new Recorder(log).execute("drop table users");
            new Recorder(log).query("create table users (id int)");
            new Recorder(log).update("delete from users");
            new Recorder(log).sql(callable.call());
            record(log, "alter table users drop column email");
        }

        private static void record(List<String> log, String execute) {
            log.add(execute);
        }
    }

    @AfterRelease(version = 137)
    @Idempotent(By.TRANSACTION)
    public static final class OwnExecute implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            execute("drop table users");
            new Object() {
                void update(String text) {
                    execute(text);
                }
            }.update("delete from users");
        }

        private void execute(String text) {
            new StringWriter().append(text);
        }
    }

    @AfterRelease(version = 138)
    @Idempotent(By.TRANSACTION)
    public static final class OwnChain implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            Client client = new Client();
            client.delete("users").execute();
            client.update(USERS).set("a").execute();
            new Client().deleteFrom(USERS).fetch();
        }
    }

    @AfterRelease(version = 139)
    @Idempotent(By.TRANSACTION)
    public static final class HelperWithTwoUses implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            say("drop table users");
            send(run.dsl(), "select 1");
            describe(run.dsl(), "create table", 1);
        }

        private static void say(String text) {
            new StringWriter().append(text);
        }

        private static void send(DSLContext dsl, String sql) {
            dsl.fetch(sql);
        }

        private static void describe(DSLContext dsl, String text, int id) {
            dsl.execute("insert into audit values (?, ?)", text, id);
        }
    }

    @AfterRelease(version = 140)
    @Idempotent(By.TRANSACTION)
    public static final class Overloads implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            send("drop table users");
            send(run.dsl());
        }

        private static void send(String text) {
            text.strip();
        }

        private static void send(DSLContext sql) {
            sql.fetch("select 1");
        }
    }

    @AfterRelease(version = 190)
    @Idempotent(By.TRANSACTION)
    public static final class SameNames implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            new Note().send(run.dsl(), "drop table users");
            send(run.dsl(), "select 1");
        }

        private static void send(DSLContext dsl, String sql) {
            dsl.execute(sql);
        }

        private static final class Note {
            void send(Object about, String text) {
                text.concat(about.toString());
            }
        }
    }

    static final class Furniture {
        static Furniture workshop() {
            return new Furniture();
        }

        Furniture createTable(String wood) {
            return this;
        }

        Furniture dropTable() {
            return this;
        }

        Furniture alterTable(String wood) {
            return this;
        }

        Furniture truncateTable() {
            return this;
        }

        void createView() {}
    }

    record Recorder(List<String> log) {
        void execute(String text) {
            log.add(text);
        }

        void query(String text) {
            log.add(text);
        }

        void update(String text) {
            log.add(text);
        }

        void sql(String text) {
            log.add(text);
        }
    }

    static final class Client {
        Client delete(String path) {
            return this;
        }

        Client deleteFrom(Object path) {
            return this;
        }

        Client update(Object what) {
            return this;
        }

        Client set(String value) {
            return this;
        }

        int execute() {
            return 1;
        }

        Record fetch() {
            return null;
        }
    }
}
