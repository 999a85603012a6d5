package dev.hearth.engine.partition;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
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
import dev.hearth.spi.WarmStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Erases partitions: decided in the ledger first, then the key, then every store, then verified. What a crash
 * interrupts is carried through at the next start, and so is what a restored backup brought back.
 */
public final class Erasures {

    private final WarmStore warm;
    private final HotStore hot;
    private final ColdStore cold;
    private final Keys keys;
    private final ErasureLedger ledger;
    private final Vault vault;
    private final Budgets budgets;
    private final RandomGenerator random;
    private final Function<Partition, Removal> forget;

    /**
     * @param forget lets go of what is held in memory of a partition
     */
    public Erasures(
            WarmStore warm,
            HotStore hot,
            ColdStore cold,
            Keys keys,
            ErasureLedger ledger,
            Vault vault,
            Budgets budgets,
            RandomGenerator random,
            Function<Partition, Removal> forget) {
        this.warm = warm;
        this.hot = hot;
        this.cold = cold;
        this.keys = keys;
        this.ledger = ledger;
        this.vault = vault;
        this.budgets = budgets;
        this.random = random;
        this.forget = forget;
    }

    Receipt erase(Partition partition) {
        return vault.exclusively(partition, () -> {
            Deadline deadline = budgets.background();
            PartitionKey key = keys.find(partition);
            if (key == null && !warm.exists(partition, deadline)) {
                throw Problem.notFound("There is no user with this external_id: nothing was left to erase.");
            }
            String id = "era_" + Base32.encode(random.nextLong(), random.nextLong());
            return carryOut(new Erasure(
                    id,
                    partition,
                    key == null ? 0 : key.id(),
                    budgets.clock().now(),
                    Erasure.Step.STARTED));
        });
    }

    /** Replays the ledger: nothing that was erased may be there when the engine begins to serve. */
    public void replay() {
        Map<String, Erasure> unfinished = new LinkedHashMap<>();
        List<Erasure> entries = ledger.entries();
        for (Erasure entry : entries) {
            if (entry.step() == Erasure.Step.STARTED) {
                unfinished.put(entry.id(), entry);
            } else {
                unfinished.remove(entry.id());
            }
        }
        for (Erasure entry : entries) {
            if (entry.step() == Erasure.Step.STARTED && (unfinished.containsKey(entry.id()) || cameBack(entry))) {
                vault.exclusively(entry.partition(), () -> carryOut(entry));
            }
        }
    }

    /** Whether data or the key of an erasure are there again, as after restoring a backup. */
    private boolean cameBack(Erasure erasure) {
        PartitionKey key = keys.find(erasure.partition());
        if (key != null) {
            return key.id() == erasure.keyId();
        }
        return warm.exists(erasure.partition(), budgets.background());
    }

    private Receipt carryOut(Erasure erasure) {
        Partition partition = erasure.partition();
        Deadline deadline = budgets.background();
        ledger.append(erasure);
        List<Receipt.StoreLine> lines = new ArrayList<>();
        PartitionKey present = keys.find(partition);
        // A later key belongs to a user who came back: what it sealed is not part of this erasure.
        boolean returned = present != null && present.id() != erasure.keyId();
        boolean destroyed = !returned && keys.destroy(partition);
        lines.add(new Receipt.StoreLine("keys", destroyed ? 1 : 0, destroyed ? 32 : 0, true));
        if (!returned) {
            lines.add(line("memory", forget.apply(partition)));
            lines.add(line("hot", hot.drop(partition, deadline)));
            lines.add(line("warm", warm.drop(partition, deadline)));
            lines.add(line("cold", cold.drop(partition, deadline)));
        }
        boolean verified = returned || gone(partition, deadline);
        if (!verified) {
            throw new Problem(
                    Code.INTERNAL,
                    "The erasure " + erasure.id() + " removed the key but a store still shows data. It is tried again"
                            + " at the next start; check that the data folder can be written.");
        }
        ledger.append(new Erasure(
                erasure.id(), partition, erasure.keyId(), budgets.clock().now(), Erasure.Step.COMPLETED));
        return new Receipt(erasure.id(), budgets.clock().now(), lines, true);
    }

    private boolean gone(Partition partition, Deadline deadline) {
        List<Item> left = warm.range(partition, new Range(" ", "~~", 1, false), deadline);
        return left.isEmpty()
                && !warm.exists(partition, deadline)
                && keys.find(partition) == null
                && cold.list(partition, "", deadline).isEmpty();
    }

    private static Receipt.StoreLine line(String store, Removal removal) {
        return new Receipt.StoreLine(store, removal.removed(), removal.bytes(), true);
    }
}
