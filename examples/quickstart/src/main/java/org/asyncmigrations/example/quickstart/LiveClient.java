package org.asyncmigrations.example.quickstart;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.trim;
import static org.jooq.impl.DSL.val;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.asyncmigrations.example.quickstart.customer.Customer;
import org.asyncmigrations.example.quickstart.customer.MessyCustomers;
import org.asyncmigrations.example.quickstart.customer.PhoneNumbers;
import org.asyncmigrations.example.quickstart.schema.tables.Customers;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * A live application that writes 200 times a second: nine updates of random customers, then one new customer, on average. While
 * an old release is still running, every second write is the old release's, which doesn't know the new columns.
 */
final class LiveClient implements AutoCloseable {
    private static final long NANOS_A_WRITE = 1_000_000_000L / 200;

    /** The first second and a half, in which the JVM loads and compiles the client's code; not counted. */
    private static final int WRITES_TO_WARM_UP = 300;

    /** Two more seconds without other load; the later waits are compared with these. */
    private static final int WRITES_ALONE = 400;

    private final DSLContext dsl;
    private final Customers table;
    private final long[] ids;
    private final PhoneNumbers phoneNumbers;
    private final Map<Long, Customer> written = new HashMap<>();
    private final Waits waitsAlone = new Waits();
    private final Waits waits = new Waits();
    private final CountDownLatch strideReached = new CountDownLatch(WRITES_TO_WARM_UP + WRITES_ALONE);
    private final Thread thread = new Thread(this::run, "live client");
    private volatile boolean stopped;
    private volatile long lastOldWrite = Long.MAX_VALUE;
    private volatile @Nullable RuntimeException failure;

    LiveClient(DSLContext dsl, Customers table, long[] ids, PhoneNumbers phoneNumbers) {
        this.dsl = dsl;
        this.table = table;
        this.ids = ids;
        this.phoneNumbers = phoneNumbers;
    }

    /** Begins to write, and returns when the client has warmed up. */
    LiveClient start() throws InterruptedException {
        thread.start();
        strideReached.await();
        return this;
    }

    /** Ends the old release after this number of further writes. */
    void endOldRelease(int writes) {
        lastOldWrite = WRITES_TO_WARM_UP + WRITES_ALONE + waits.count() + writes;
    }

    boolean isOldReleaseGone() {
        return WRITES_TO_WARM_UP + WRITES_ALONE + waits.count() >= lastOldWrite;
    }

    /** {@return the waits before {@link #start()} returned, without other load} */
    Waits waitsAlone() {
        return waitsAlone;
    }

    /**
     * {@return the waits since then} Each counts from the time when the write was due, so one long stall counts for each write
     * that it delays.
     */
    Waits waits() {
        return waits;
    }

    /** {@return the last write of each customer; call it after {@link #close()}} */
    Map<Long, Customer> written() {
        return written;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("the live client was refused a write", failure);
        }
    }

    private void run() {
        Random random = new Random(ids.length);
        long newest = ids[ids.length - 1];
        long due = System.nanoTime();
        try {
            for (long write = 1; !stopped; write++, due += NANOS_A_WRITE) {
                LockSupport.parkNanos(due - System.nanoTime());
                boolean insert = random.nextInt(10) == 0;
                long id = insert ? ++newest : ids[random.nextInt(ids.length)];
                Customer customer = MessyCustomers.of(id, write);
                write(customer, insert, write <= lastOldWrite && write % 2 == 0);
                written.put(id, customer);
                if (write > WRITES_TO_WARM_UP) {
                    (strideReached.getCount() > 0 ? waitsAlone : waits).add(System.nanoTime() - due);
                }
                strideReached.countDown();
            }
        } catch (RuntimeException e) {
            failure = e;
            LongStream.range(0, strideReached.getCount()).forEach(left -> strideReached.countDown());
        }
    }

    private void write(Customer customer, boolean insert, boolean oldRelease) {
        Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put(table.NAME, customer.name());
        columns.put(table.EMAIL, customer.email());
        columns.put(table.PHONE, customer.phone());
        if (!oldRelease) {
            columns.put(table.EMAIL_NORMALIZED, lower(nullif(trim(val(customer.email(), table.EMAIL)), inline(""))));
            columns.put(table.PHONE_E164, customer.phone() == null ? null : phoneNumbers.e164(customer.phone()));
            columns.put(table.PHONE_SOURCE, customer.phone());
        }
        if (insert) {
            columns.put(table.ID, customer.id());
        }
        int rows = insert
                ? dsl.insertInto(table).set(columns).execute()
                : dsl.update(table)
                        .set(columns)
                        .where(table.ID.eq(customer.id()))
                        .execute();
        if (rows != 1) {
            throw new IllegalStateException("a write of customer " + customer.id() + " found " + rows + " rows");
        }
    }
}
