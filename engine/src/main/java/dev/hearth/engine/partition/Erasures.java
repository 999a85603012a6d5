package dev.hearth.engine.partition;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.problem.StoreCall;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Erasure;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Item;
import dev.hearth.spi.Keys;
import dev.hearth.spi.Partition;
import dev.hearth.spi.PartitionKey;
import dev.hearth.spi.Range;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.VectorIndex;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Erases partitions: decided in the ledger first, then the key, then every store, then verified. What a crash
 * interrupts is carried through at the next start, and so is what a restored backup brought back.
 */
public final class Erasures {

    private static final int PAGE = 90;

    /** So many erasures are looked after at once when they are replayed. */
    private static final int TOGETHER = 32;

    private static final int KEY_BYTES = 32;

    private final WarmStore warm;
    private final HotStore hot;
    private final ColdStore cold;
    private final Keys keys;
    private final ErasureLedger ledger;
    private final @Nullable VectorIndex vectors;
    private final Vault vault;
    private final Budgets budgets;
    private final RandomGenerator random;
    private final Function<Partition, Removal> forget;

    /**
     * @param vectors null where there are none outside the node
     * @param forget lets go of what is held in memory of a partition
     */
    public Erasures(
            WarmStore warm,
            HotStore hot,
            ColdStore cold,
            Keys keys,
            ErasureLedger ledger,
            @Nullable VectorIndex vectors,
            Vault vault,
            Budgets budgets,
            RandomGenerator random,
            Function<Partition, Removal> forget) {
        this.warm = warm;
        this.hot = hot;
        this.cold = cold;
        this.keys = keys;
        this.ledger = ledger;
        this.vectors = vectors;
        this.vault = vault;
        this.budgets = budgets;
        this.random = random;
        this.forget = forget;
    }

    Receipt erase(Partition partition) {
        Deadline deadline = budgets.background();
        return vault.exclusively(partition, deadline, () -> {
            PartitionKey key = readable(partition);
            if (key == null && !warm.exists(partition, deadline)) {
                return carryOut(unfinished(partition));
            }
            String id = "era_" + Base32.encode(random.nextLong(), random.nextLong());
            return carryOut(new Erasure(
                    id,
                    partition,
                    key == null ? sealedWith(partition, deadline) : key.id(),
                    budgets.clock().now(),
                    Erasure.Step.STARTED));
        });
    }

    /** The erasure of a partition that a store's failure cut off behind its records; a problem where there is none. */
    private Erasure unfinished(Partition partition) {
        return unfinished(ledger.entries()).values().stream()
                .filter(entry -> entry.partition().equals(partition))
                .findFirst()
                .orElseThrow(
                        () -> Problem.notFound("There is no user with this external_id: nothing was left to erase."));
    }

    private static Map<String, Erasure> unfinished(List<Erasure> entries) {
        Map<String, Erasure> unfinished = new LinkedHashMap<>();
        for (Erasure entry : entries) {
            if (entry.step() == Erasure.Step.STARTED) {
                unfinished.put(entry.id(), entry);
            } else {
                unfinished.remove(entry.id());
            }
        }
        return unfinished;
    }

    /** Replays the ledger: nothing that was erased may be there when the engine begins to serve. */
    public void replay() {
        List<Erasure> entries = ledger.entries();
        Map<String, Erasure> unfinished = unfinished(entries);
        List<Erasure> started = entries.stream()
                .filter(entry -> entry.step() == Erasure.Step.STARTED)
                .toList();
        for (int from = 0; from < started.size(); from += TOGETHER) {
            replay(started.subList(from, Math.min(started.size(), from + TOGETHER)), unfinished);
        }
    }

    /** Looks after some at once, since stores that are far answer each look in milliseconds, and nothing is served before. */
    private void replay(List<Erasure> some, Map<String, Erasure> unfinished) {
        try (Scope scope = new Scope(budgets.clock())) {
            List<Fork<Boolean>> looks = some.stream()
                    .map(entry -> scope.fork("replay", () -> unfinished.containsKey(entry.id()) || cameBack(entry)))
                    .toList();
            for (int i = 0; i < looks.size(); i++) {
                Erasure entry = some.get(i);
                if (looks.get(i).join()) {
                    vault.exclusively(entry.partition(), budgets.background(), () -> carryOut(entry));
                }
            }
        }
    }

    /**
     * Whether data or the key of an erasure are there again, as after restoring a backup; of a user who came back since,
     * whether anything is there that was theirs before.
     */
    private boolean cameBack(Erasure erasure) {
        Partition partition = erasure.partition();
        Deadline deadline = budgets.background();
        PartitionKey key = readable(partition);
        if (key == null) {
            return warm.exists(partition, deadline)
                    || !cold.list(partition, "", deadline).isEmpty();
        }
        return key.id() == erasure.keyId() || sealedAny(erasure, deadline);
    }

    /** The partition's key; null where it has none, or one so damaged that it opens nothing. */
    private @Nullable PartitionKey readable(Partition partition) {
        try {
            return keys.findNow(partition);
        } catch (StoreException damaged) {
            if (damaged.kind() == StoreException.Kind.CORRUPT) {
                return null;
            }
            throw damaged;
        }
    }

    /**
     * Clears what an erasure left behind when it failed half-way, before the partition's first write. Data without a
     * key that no erasure explains is not touched: then the keys are missing, and may be restored.
     */
    void clearRemains(Partition partition) {
        Deadline deadline = budgets.background();
        vault.exclusively(partition, deadline, () -> {
            if (keys.findNow(partition) == null && warm.exists(partition, deadline)) {
                Erasure cause = ledger.entries().stream()
                        .filter(entry -> entry.partition().equals(partition) && sealedAny(entry, deadline))
                        .findFirst()
                        .orElseThrow(() -> new Problem(
                                Code.INTERNAL,
                                "This user has data and no key, and no erasure says why. Restore the keys folder from"
                                        + " its backup."));
                carryOut(cause);
            }
            return true;
        });
    }

    private void note(Erasure erasure, Erasure.Step step) {
        StoreCall.make(
                "erasures",
                "append",
                () -> ledger.append(new Erasure(
                        erasure.id(),
                        erasure.partition(),
                        erasure.keyId(),
                        budgets.clock().now(),
                        step)));
    }

    private Receipt carryOut(Erasure erasure) {
        Partition partition = erasure.partition();
        Deadline deadline = budgets.background();
        note(erasure, Erasure.Step.STARTED);
        List<Receipt.StoreLine> lines = new ArrayList<>();
        PartitionKey present = readable(partition);
        // A later key belongs to a user who came back: what it sealed is not part of this erasure.
        boolean returned = present != null && present.id() != erasure.keyId();
        // Where another server may carry out the same erasure, the user may come back while this one stalls.
        boolean shared = !vault.exclusive() && erasure.keyId() != 0;
        boolean destroyed = !returned && StoreCall.ask("keys", "destroy", () -> keys.destroy(partition));
        lines.add(new Receipt.StoreLine("keys", destroyed ? 1 : 0, destroyed ? KEY_BYTES : 0, true));
        if (returned) {
            // A cache: what it has of the user as they are now is put there again.
            lines.add(line("hot", () -> hot.drop(partition, deadline)));
            lines.add(line("warm", () -> dropSealedBy(erasure, deadline)));
            lines.add(line("cold", () -> dropObjectsSealedBy(erasure, deadline)));
        } else {
            lines.add(line("memory", () -> forget.apply(partition)));
            lines.add(line("hot", () -> hot.drop(partition, deadline)));
            lines.add(line("warm", () -> shared ? dropErased(erasure, deadline) : warm.drop(partition, deadline)));
            lines.add(line("cold", () -> cold.drop(partition, deadline)));
        }
        VectorIndex outside = vectors;
        if (outside != null) {
            // No key seals them, so none tells an erased user's from those of one who came back: all go, and what lives
            // is
            // written again. What the service keeps of them for a while is in nobody's hands here.
            Removal removed = StoreCall.ask("vectors", "drop", () -> outside.drop(partition, deadline));
            lines.add(new Receipt.StoreLine("vectors", removed.removed(), removed.bytes(), false));
        }
        if ((returned || shared) ? left(erasure, deadline) : !gone(partition, deadline)) {
            throw new Problem(
                    Code.INTERNAL,
                    "The erasure " + erasure.id() + " removed the key but a store still shows data. It is tried again"
                            + " at the next start; check that the data folder can be written.");
        }
        note(erasure, Erasure.Step.COMPLETED);
        return new Receipt(erasure.id(), budgets.clock().now(), lines, true);
    }

    /** The key that a partition's data was sealed with, 0 where that cannot be told. */
    private long sealedWith(Partition partition, Deadline deadline) {
        List<Item> first = warm.range(partition, new Range(" ", "~~", 1, false), deadline);
        return first.isEmpty() ? 0 : Seal.keyId(first.getFirst().value());
    }

    private boolean sealedAny(Erasure erasure, Deadline deadline) {
        return !sealedBy(erasure, deadline, 1).isEmpty()
                || cold.list(erasure.partition(), "", deadline).stream()
                        .anyMatch(name -> objectSealedBy(erasure, name, deadline) != null);
    }

    /** Whether anything of an erasure is there still, where the user may have come back under another key. */
    private boolean left(Erasure erasure, Deadline deadline) {
        PartitionKey present = readable(erasure.partition());
        return sealedAny(erasure, deadline)
                || (present == null
                        ? !cold.list(erasure.partition(), "", deadline).isEmpty()
                                || hasVectors(erasure.partition(), deadline)
                        : present.id() == erasure.keyId());
    }

    /** Removes what the erased key sealed, and the partition where nothing else is in it. */
    private Removal dropErased(Erasure erasure, Deadline deadline) {
        Removal removed = dropSealedBy(erasure, deadline);
        boolean empty = warm.range(erasure.partition(), new Range(" ", "~~", 1, false), deadline)
                .isEmpty();
        return empty ? removed.plus(warm.drop(erasure.partition(), deadline)) : removed;
    }

    /** Removes what the erased key sealed from a partition that lives on under another. */
    private Removal dropSealedBy(Erasure erasure, Deadline deadline) {
        Removal removed = Removal.NOTHING;
        List<Item> found = sealedBy(erasure, deadline, PAGE);
        while (!found.isEmpty()) {
            List<Write.Operation> deletes = new ArrayList<>();
            for (Item item : found) {
                deletes.add(new Write.Operation.Delete(item.key()));
                removed = removed.plus(new Removal(1, item.value().length));
            }
            warm.write(erasure.partition(), new Write(List.of(), deletes), deadline);
            found = sealedBy(erasure, deadline, PAGE);
        }
        return removed;
    }

    /** The same of cold objects. */
    private Removal dropObjectsSealedBy(Erasure erasure, Deadline deadline) {
        Removal removed = Removal.NOTHING;
        for (String name : cold.list(erasure.partition(), "", deadline)) {
            byte[] sealed = objectSealedBy(erasure, name, deadline);
            if (sealed != null) {
                cold.delete(erasure.partition(), name, deadline);
                removed = removed.plus(new Removal(1, sealed.length));
            }
        }
        return removed;
    }

    /** The object's bytes where the erased key sealed them, otherwise null; of a damaged one nobody can tell. */
    private byte @Nullable [] objectSealedBy(Erasure erasure, String name, Deadline deadline) {
        try {
            byte[] sealed = cold.get(erasure.partition(), name, deadline);
            return sealed != null && Seal.keyId(sealed) == erasure.keyId() ? sealed : null;
        } catch (StoreException damaged) {
            if (damaged.kind() == StoreException.Kind.CORRUPT) {
                return null;
            }
            throw damaged;
        }
    }

    private List<Item> sealedBy(Erasure erasure, Deadline deadline, int limit) {
        List<Item> found = new ArrayList<>();
        String from = " ";
        while (found.size() < limit) {
            List<Item> page = warm.range(erasure.partition(), new Range(from, "~~", PAGE, false), deadline);
            for (Item item : page) {
                if (Seal.keyId(item.value()) == erasure.keyId() && found.size() < limit) {
                    found.add(item);
                }
            }
            if (page.size() < PAGE) {
                break;
            }
            from = page.getLast().key() + " ";
        }
        return found;
    }

    private boolean gone(Partition partition, Deadline deadline) {
        return !warm.exists(partition, deadline)
                && keys.findNow(partition) == null
                && cold.list(partition, "", deadline).isEmpty()
                && !hasVectors(partition, deadline);
    }

    private boolean hasVectors(Partition partition, Deadline deadline) {
        return vectors != null && vectors.count(partition, deadline) > 0;
    }

    private static Receipt.StoreLine line(String store, Supplier<Removal> drop) {
        Removal removal = StoreCall.ask(store, "drop", drop);
        return new Receipt.StoreLine(store, removal.removed(), removal.bytes(), true);
    }
}
