package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Failures;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cold objects of relationships, sealed as everything else is. What was read lately is in the hot store too, which
 * may lose it. An object never changes and its name is never given twice. Safe for many threads.
 */
final class Archive {

    private static final Logger log = LoggerFactory.getLogger(Archive.class);

    /** A cache that takes longer is none: the cold store answers in about that time. */
    private static final Duration WAIT = Duration.ofMillis(100);

    private final Vault vault;
    private final HotStore hot;
    private final ColdStore cold;
    private final Budgets budgets;
    private final RandomGenerator random;
    private final Duration cached;

    /**
     * @param cached how long what was read stays in the hot store
     */
    Archive(Vault vault, HotStore hot, ColdStore cold, Budgets budgets, RandomGenerator random, Duration cached) {
        this.vault = vault;
        this.hot = hot;
        this.cold = cold;
        this.budgets = budgets;
        this.random = random;
        this.cached = cached;
    }

    /** An object as it was put. */
    record Put(String name, long bytes) {}

    /**
     * Puts a segment away under a new name; it counts once an entry names it.
     *
     * @param life which life of the partition it belongs to: in any other nothing is put
     */
    Put put(RelationshipKey key, long life, long firstSeq, ColdSegment segment) {
        String name = String.format(
                Locale.ROOT,
                "%s%010x-%011x-%016x",
                key.objects(),
                firstSeq,
                budgets.clock().now().toEpochMilli(),
                random.nextLong());
        byte[] plain = segment.encode();
        return vault.during(key.partition(), life, budgets.background(), () -> {
            byte[] sealed = vault.seal(key.partition(), name, plain);
            if (!cold.putIfAbsent(key.partition(), name, sealed, budgets.background())) {
                // The answer to a first attempt was lost: the name is nobody else's.
                byte[] there = cold.get(key.partition(), name, budgets.background());
                if (there == null || !java.util.Arrays.equals(there, sealed)) {
                    throw new StoreException(
                            StoreException.Kind.UNAVAILABLE, "The cold store does not have what it took.");
                }
            }
            if (!vault.lives(key.partition(), life)) {
                // Another server erased the user while the object was on its way, and looked for objects before it
                // came.
                tryDelete(key, name);
                throw Problem.notFound("This user was erased meanwhile: nothing was stored.");
            }
            return new Put(name, sealed.length);
        });
    }

    /**
     * Reads an object.
     *
     * @throws CodecException where it is not there, or not what it was
     */
    ColdSegment get(RelationshipKey key, String name, Deadline deadline) {
        byte[] sealed = fromHot(key, name, deadline);
        if (sealed == null) {
            sealed = fromCold(key, name, deadline);
        }
        try {
            byte[] plain = vault.open(key.partition(), name, sealed);
            if (plain == null) {
                throw new CodecException("The user of the object " + name + " was erased.");
            }
            return ColdSegment.decode(plain);
        } catch (StoreException failure) {
            if (failure.kind() != StoreException.Kind.CORRUPT) {
                // The key could not be had: of the object that says nothing.
                throw Failures.problem(failure);
            }
            throw new CodecException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private byte[] fromCold(RelationshipKey key, String name, Deadline deadline) {
        byte[] sealed;
        try {
            sealed = cold.get(key.partition(), name, deadline);
        } catch (StoreException failure) {
            throw Failures.problem(failure);
        }
        if (sealed == null) {
            throw new CodecException("The cold store has no object " + name + ".");
        }
        try {
            hot.put(key.partition(), name, sealed, cached, shortly(deadline));
        } catch (StoreException lost) {
            log.debug("The hot store did not take an object: {}", lost.getMessage());
        }
        return sealed;
    }

    private byte @Nullable [] fromHot(RelationshipKey key, String name, Deadline deadline) {
        try {
            return hot.get(key.partition(), name, shortly(deadline));
        } catch (StoreException lost) {
            log.debug("The hot store did not answer: {}", lost.getMessage());
            return null;
        }
    }

    /** The rest is for the cold store. */
    private Deadline shortly(Deadline deadline) {
        return deadline.within(WAIT);
    }

    /** Removes an object, of the hot store too. */
    void delete(RelationshipKey key, String name) {
        try {
            cold.delete(key.partition(), name, budgets.background());
            hot.remove(key.partition(), name, budgets.store());
        } catch (StoreException failure) {
            throw Failures.problem(failure);
        }
    }

    /** Removes an object if the store lets it; what is left is removed when the relationship is next tidied. */
    void tryDelete(RelationshipKey key, String name) {
        try {
            delete(key, name);
        } catch (Problem later) {
            log.warn("The object {} of partition {} is not removed yet: {}", name, key.partition(), later.getMessage());
        }
    }

    /** The names of the relationship's objects, ascending. */
    List<String> list(RelationshipKey key) {
        try {
            return cold.list(key.partition(), key.objects(), budgets.background());
        } catch (StoreException failure) {
            throw Failures.problem(failure);
        }
    }

    /** When an object of this name was put, in milliseconds since 1970. */
    static long putAt(String name) {
        String[] parts = name.split("-", -1);
        return parts.length == 3 ? Long.parseLong(parts[1], 16) : 0;
    }

    /** The key of the entry that names an object of this name, if any does. */
    static String place(String name) {
        return name.substring(0, Math.max(0, name.indexOf('-')));
    }

    /** How many bytes an object takes in the hot store, 0 where it is not there. */
    long hotBytes(RelationshipKey key, String name) {
        byte[] held = fromHot(key, name, budgets.store());
        return held == null ? 0 : held.length;
    }
}
