package dev.hearth;

import dev.hearth.spi.Clock;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a migration notes in the stores that it fills, in a partition of its own: small values by name. As long as
 * {@link #UNFINISHED} is among the names, nobody serves these stores. What is left of a migration that is finished lets
 * it be repeated; it is gone once they have been served, since from then on they are a source of their own.
 */
public interface MigrationNotes {

    /** No user's: theirs have 26 characters. It is never copied. */
    Partition PARTITION = new Partition("migration");

    /** The note that nobody may serve. */
    String UNFINISHED = "unfinished";

    /** Every note's name, ascending. */
    List<String> names();

    /** The note's bytes, or null where there is none. */
    byte @Nullable [] get(String name);

    /** Makes a note whose name is not taken; durable on return. */
    void put(String name, byte[] bytes);

    /** Removes a note; durable on return. */
    void remove(String name);

    /** Removes all of them. */
    void clear();

    /** Notes in a warm store. */
    static MigrationNotes in(WarmStore store, Clock clock) {
        return new InWarm(store, clock);
    }

    /** Notes in a cold store, for a migration that moves nothing but that. */
    static MigrationNotes in(ColdStore store, Clock clock) {
        return new InCold(store, clock);
    }

    /**
     * Lets stores be served: refuses those of a migration that is not finished, and forgets one that is.
     *
     * @throws StoreException {@code UNAVAILABLE} where nobody may serve them
     */
    static void admit(WarmStore warm, ColdStore cold, Clock clock) {
        for (MigrationNotes notes : List.of(in(warm, clock), in(cold, clock))) {
            List<String> names = notes.names();
            if (names.contains(UNFINISHED)) {
                throw new StoreException(
                        StoreException.Kind.UNAVAILABLE,
                        "These stores are being filled by a migration that is not finished, so they cannot be served:"
                                + " something may be missing. Run the same `hearth migrate` again; it goes on where it"
                                + " stopped. The stores it reads from are untouched.");
            }
            if (!names.isEmpty()) {
                notes.clear();
            }
        }
    }

    /** See {@link #in(WarmStore, Clock)}. */
    record InWarm(WarmStore store, Clock clock) implements MigrationNotes {

        private static final Range ALL = new Range(" ", "~", 10_000, false);

        @Override
        public List<String> names() {
            return store.range(PARTITION, ALL, soon(clock)).stream()
                    .map(Item::key)
                    .toList();
        }

        @Override
        public byte @Nullable [] get(String name) {
            Item item = store.get(PARTITION, name, soon(clock));
            return item == null ? null : item.value();
        }

        @Override
        public void put(String name, byte[] bytes) {
            write(new Write.Operation.Put(name, 1, bytes, null));
        }

        @Override
        public void remove(String name) {
            write(new Write.Operation.Delete(name));
        }

        @Override
        public void clear() {
            store.drop(PARTITION, soon(clock));
        }

        private void write(Write.Operation operation) {
            store.write(PARTITION, new Write(List.of(), List.of(operation)), soon(clock));
        }
    }

    /** See {@link #in(ColdStore, Clock)}. */
    record InCold(ColdStore store, Clock clock) implements MigrationNotes {

        @Override
        public List<String> names() {
            return store.list(PARTITION, "", soon(clock));
        }

        @Override
        public byte @Nullable [] get(String name) {
            return store.get(PARTITION, name, soon(clock));
        }

        @Override
        public void put(String name, byte[] bytes) {
            boolean ignored = store.putIfAbsent(PARTITION, name, bytes, soon(clock));
        }

        @Override
        public void remove(String name) {
            store.delete(PARTITION, name, soon(clock));
        }

        @Override
        public void clear() {
            store.drop(PARTITION, soon(clock));
        }
    }

    private static Deadline soon(Clock clock) {
        return Deadline.after(clock, Duration.ofMinutes(1));
    }
}
