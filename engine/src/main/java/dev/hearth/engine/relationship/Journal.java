package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Failures;
import dev.hearth.engine.problem.Problem;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WriteOutcome;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a relationship forward: every change is one conditional write that moves the head from the revision in
 * memory to the next. Vectors that wait to be stored ride along. The caller holds the turnstile.
 */
public final class Journal {

    private static final int VECTORS_A_WRITE = 40;

    private final Vault vault;
    private final Budgets budgets;
    private final String embedder;

    Journal(Vault vault, Budgets budgets, String embedder) {
        this.vault = vault;
        this.budgets = budgets;
        this.embedder = embedder;
    }

    /** The relationship in memory is behind the store: it was changed by another process. Load it anew. */
    public static final class Behind extends RuntimeException {
        public Behind() {
            super("The relationship was changed by another process.");
        }
    }

    /**
     * Writes the next head with what goes with it, then advances the resident.
     *
     * @throws Behind where another process was faster; the resident is stale then
     * @throws Problem where the store cannot write
     */
    public void advance(Resident resident, Head next, Batch batch) {
        List<VectorBlock.Embedded> vectors = embedder.isEmpty() ? List.of() : resident.takeUnsaved(VECTORS_A_WRITE);
        byte[] head = next.encode();
        batch.replace(resident.key().head(), resident.revision(), head);
        for (VectorBlock.Embedded message : vectors) {
            VectorBlock block = new VectorBlock(embedder, List.of(message));
            batch.put(resident.key().vectors(message.seq()), 1, block.encode(), null);
        }
        boolean written = false;
        try {
            write(resident, batch, head);
            written = true;
        } finally {
            if (!written) {
                resident.putBack(vectors);
            }
        }
        resident.advance(next, resident.revision() + 1);
    }

    private void write(Resident resident, Batch batch, byte[] head) {
        try {
            switch (vault.write(resident.key().partition(), batch, budgets.store())) {
                case WriteOutcome.Written written -> {}
                case WriteOutcome.Conflict conflict -> {
                    resident.markStale();
                    throw new Behind();
                }
            }
        } catch (StoreException failure) {
            boolean unknown = failure.kind() == StoreException.Kind.DEADLINE
                    || failure.kind() == StoreException.Kind.UNAVAILABLE;
            if (!unknown || !happened(resident, head)) {
                resident.markStale();
                throw Failures.problem(failure);
            }
        }
    }

    /** Whether a write whose answer was lost did happen: then the head says so. */
    private boolean happened(Resident resident, byte[] head) {
        try {
            Entry entry = vault.get(resident.key().partition(), resident.key().head(), budgets.store());
            return entry != null
                    && entry.revision() == resident.revision() + 1
                    && Arrays.equals(entry.bytes(), head);
        } catch (StoreException stillUnknown) {
            return false;
        }
    }
}
