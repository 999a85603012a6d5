package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Failures;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.problem.StoreCall;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

    /** What the hot store has not answered by then, the cold store is asked. */
    private static final Duration HOT = Duration.ofMillis(100);

    private static final int MOST_DELETED = 10_000;

    private final Vault vault;
    private final HotStore hot;
    private final ColdStore cold;
    private final ColdVectors vectors;
    private final Budgets budgets;
    private final RandomGenerator random;
    private final Duration cached;
    /** Names of objects that were removed here lately. */
    private final Set<String> deleted = Collections.synchronizedSet(new LinkedHashSet<>());

    /**
     * @param cached how long what was read stays in the hot store
     */
    Archive(
            Vault vault,
            HotStore hot,
            ColdStore cold,
            ColdVectors vectors,
            Budgets budgets,
            RandomGenerator random,
            Duration cached) {
        this.vectors = vectors;
        this.vault = vault;
        this.hot = hot;
        this.cold = cold;
        this.budgets = budgets;
        this.random = random;
        this.cached = cached;
    }

    /** The vectors of what was put away, where they are outside the node too. */
    ColdVectors vectors() {
        return vectors;
    }

    /** An object as it was put. */
    record Put(String name, long bytes) {}

    /**
     * Puts a segment away under a new name; it counts once an entry names it.
     *
     * @param life which life of the partition it belongs to: in any other nothing is put
     * @param revision the head's, behind which the object is to be named
     */
    Put put(RelationshipKey key, long life, long revision, long firstSeq, ColdSegment segment) {
        String name = String.format(
                Locale.ROOT,
                "%s%010x-%013x-%011x-%016x",
                key.objects(),
                firstSeq,
                revision,
                budgets.clock().now().toEpochMilli(),
                random.nextLong());
        byte[] plain = segment.encode();
        Put put = vault.during(key.partition(), life, budgets.background(), () -> {
            byte[] sealed = vault.seal(key.partition(), name, plain);
            boolean taken = StoreCall.ask(
                    "cold", "putIfAbsent", () -> cold.putIfAbsent(key.partition(), name, sealed, budgets.background()));
            if (!taken) {
                // The answer to a first attempt was lost: the name is nobody else's.
                byte[] there = StoreCall.<byte @Nullable []>ask(
                        "cold", "get", () -> cold.get(key.partition(), name, budgets.background()));
                if (there == null || !Arrays.equals(there, sealed)) {
                    throw new StoreException(
                            StoreException.Kind.UNAVAILABLE, "The cold store does not have what it took.");
                }
            }
            return new Put(name, sealed.length);
        });
        if (!vault.lives(key.partition(), life)) {
            // Erased elsewhere while this was put: either that erasure saw it, or it goes here.
            tryDelete(key, name);
            throw Problem.notFound("This user was erased meanwhile: nothing was stored.");
        }
        return put;
    }

    /**
     * Reads an object.
     *
     * @throws CodecException where it is not there, or not what it was
     */
    ColdSegment get(RelationshipKey key, String name, Deadline deadline) {
        ColdSegment found = find(key, name, deadline);
        if (found == null) {
            throw new CodecException("The cold store has no object " + name + ".");
        }
        return found;
    }

    /** The same; null where it is not there. */
    @Nullable
    ColdSegment find(RelationshipKey key, String name, Deadline deadline) {
        byte[] held = fromHot(key, name, deadline);
        if (held != null) {
            try {
                return opened(key, name, held);
            } catch (CodecException damaged) {
                log.warn("The hot store's {} cannot be read, the cold store is asked: {}", name, damaged.getMessage());
            }
        }
        byte[] sealed =
                StoreCall.<byte @Nullable []>ask("cold", "get", () -> cold.get(key.partition(), name, deadline));
        if (sealed == null) {
            return null;
        }
        ColdSegment segment = opened(key, name, sealed);
        toHot(key, name, sealed);
        return segment;
    }

    private ColdSegment opened(RelationshipKey key, String name, byte[] sealed) {
        try {
            byte[] plain = vault.open(key.partition(), name, sealed);
            if (plain == null) {
                throw new CodecException("The user of the object " + name + " was erased.");
            }
            return ColdSegment.decode(plain);
        } catch (StoreException failure) {
            if (failure.kind() != StoreException.Kind.CORRUPT) {
                // The key could not be had: of the object that says nothing.
                throw Failures.problem(new StoreCall("keys", "find"), failure);
            }
            throw new CodecException(String.valueOf(failure.getMessage()), failure);
        }
    }

    /** Behind the caller's back; not what was deleted meanwhile, and not while an erasure empties the hot store. */
    private void toHot(RelationshipKey key, String name, byte[] sealed) {
        if (cached.isZero()) {
            return;
        }
        Fork<Boolean> ignored = Scope.outliving("to hot", budgets.clock(), () -> {
            try {
                return vault.present(key.partition(), budgets.store(), () -> {
                    if (!deleted.contains(name)) {
                        hot.put(key.partition(), name, sealed, cached, budgets.store());
                    }
                    return true;
                });
            } catch (StoreException | Problem lost) {
                log.debug("The hot store did not take an object: {}", lost.getMessage());
                return false;
            }
        });
    }

    private byte @Nullable [] fromHot(RelationshipKey key, String name, Deadline deadline) {
        long soon = deadline.clock().nanoTime() + HOT.toNanos();
        try {
            return hot.get(key.partition(), name, new Deadline(Math.min(deadline.nanos(), soon), deadline.clock()));
        } catch (StoreException lost) {
            log.debug("The hot store did not answer: {}", lost.getMessage());
            return null;
        }
    }

    /** Removes an object, of the hot store too. */
    void delete(RelationshipKey key, String name) {
        synchronized (deleted) {
            deleted.add(name);
            if (deleted.size() > MOST_DELETED) {
                deleted.remove(deleted.iterator().next());
            }
        }
        Deadline deadline = budgets.store();
        StoreCall.make("cold", "delete", () -> cold.delete(key.partition(), name, deadline));
        StoreCall.make("hot", "remove", () -> hot.remove(key.partition(), name, deadline));
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
        return StoreCall.ask("cold", "list", () -> cold.list(key.partition(), key.objects(), budgets.background()));
    }

    /** The name of the newest object, by the head's revision, for the segment that begins with {@code firstSeq}; null for none. */
    @Nullable
    String newest(RelationshipKey key, long firstSeq) {
        String prefix = key.objects() + String.format(Locale.ROOT, "%010x-", firstSeq);
        List<String> objects =
                StoreCall.ask("cold", "list", () -> cold.list(key.partition(), prefix, budgets.background()));
        return objects.isEmpty() ? null : objects.getLast();
    }

    /** The first seq of the segment in an object of this name. */
    static long firstSeq(RelationshipKey key, String name) {
        return Long.parseLong(name.substring(key.objects().length(), name.indexOf('-')), 16);
    }

    /** When an object of this name was put, in milliseconds since 1970. */
    static long putAt(String name) {
        String[] parts = name.split("-", -1);
        return parts.length == 4 ? Long.parseLong(parts[2], 16) : Long.MAX_VALUE;
    }

    /** How many bytes an object takes in the hot store, 0 where it is not there. */
    long hotBytes(RelationshipKey key, String name) {
        byte[] held = fromHot(key, name, budgets.store());
        return held == null ? 0 : held.length;
    }
}
