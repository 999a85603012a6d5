package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Problem;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.spi.WriteOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Writes a relationship forward: every change is one conditional write that moves the head from the revision in
 * memory to the next. The events that tell of it and vectors that wait to be stored ride along. The caller holds the
 * turnstile.
 */
public final class Journal {

    private static final int VECTORS_A_WRITE = 40;

    private final Vault vault;
    private final Budgets budgets;
    private final String embedder;
    private final RandomGenerator random;
    private final Witness witness;
    private final History history;
    private final HotCopies copies;

    Journal(
            Vault vault,
            Budgets budgets,
            String embedder,
            RandomGenerator random,
            Witness witness,
            History history,
            HotCopies copies) {
        this.copies = copies;
        this.history = history;
        this.vault = vault;
        this.budgets = budgets;
        this.embedder = embedder;
        this.random = random;
        this.witness = witness;
    }

    /** The relationship in memory is behind the store: it was changed by another process. Load it anew. */
    public static final class Behind extends RuntimeException {
        public Behind() {
            super("The relationship was changed by another process.");
        }
    }

    /**
     * Asks the store before something is refused on the ground of the head in memory.
     *
     * @throws Behind where another process has changed it; the resident is stale then
     */
    public void requireCurrent(Resident resident) {
        RelationshipKey key = resident.key();
        Entry entry = vault.get(key.partition(), key.head(), budgets.store());
        if (entry == null || entry.life() != resident.life() || entry.revision() != resident.revision()) {
            resident.markStale();
            throw new Behind();
        }
    }

    /** Judges what a write that is being made is to the relationship's memories. */
    public Keeping keeping(Resident resident) {
        return new Keeping(resident, history, budgets.store());
    }

    /**
     * Writes the next head with what goes with it, then advances the resident.
     *
     * @param happenings what the change is told as, in order
     * @throws Behind where another process was faster; the resident is stale then
     * @throws Problem where the store cannot write
     */
    public void advance(Resident resident, Head next, Batch batch, List<Happening> happenings) {
        RelationshipKey key = resident.key();
        if (happenings.isEmpty()) {
            advance(resident, next, batch);
            return;
        }
        Instant now = budgets.clock().now();
        long number = next.events();
        for (Happening happening : happenings) {
            EntityId id = EntityId.of(EntityId.Kind.EVENT, key.partition(), now, key.ordinal(), random.nextLong());
            batch.put(key.event(++number), 1, new StoredEvent(id, happening).encode(), now.plus(StoredEvent.KEPT));
        }
        try {
            witness.before(key, resident.head());
        } catch (RuntimeException untold) {
            // Its caller may have let go of what the write was to erase.
            resident.markStale();
            throw untold;
        }
        try {
            advance(resident, next.told(happenings.size()), batch);
        } finally {
            witness.after(key);
        }
    }

    /** The same for a change that nobody is told of. */
    public void advance(Resident resident, Head next, Batch batch) {
        byte[] head = next.encode(random.nextLong());
        batch.replace(resident.key().head(), resident.revision(), head);
        List<VectorBlock.Embedded> vectors = embedder.isEmpty()
                ? List.of()
                : resident.unsavedVectors().take(Math.min(VECTORS_A_WRITE, WarmStore.MAX_OPERATIONS - batch.size()));
        List<VectorBlock.Embedded> later = new ArrayList<>();
        for (VectorBlock.Embedded message : vectors) {
            String key = resident.key().vectors(message.seq());
            if (batch.touches(key)) {
                later.add(message);
            } else {
                batch.put(key, 1, new VectorBlock(embedder, List.of(message)).encode(), null);
            }
        }
        byte[] uses =
                batch.size() < WarmStore.MAX_OPERATIONS - 8 ? resident.uses().take() : null;
        if (uses != null) {
            batch.put(resident.key().uses(), resident.revision() + 1, uses, null);
        }
        boolean written = false;
        resident.records().writing(head);
        try {
            write(resident, batch, head);
            written = true;
            resident.advance(next, resident.revision() + 1);
        } finally {
            resident.records().writing(null);
            resident.unsavedVectors().putBack(written ? later : vectors);
        }
        resident.records().written(batch, resident.revision());
        batch.written();
        copies.changed(resident);
    }

    private void write(Resident resident, Batch batch, byte[] head) {
        WriteOutcome outcome;
        try {
            outcome = vault.write(resident.key().partition(), resident.life(), batch, budgets.store());
        } catch (RuntimeException failure) {
            if (answerLost(failure) && happened(resident, head)) {
                return;
            }
            resident.markStale();
            throw failure;
        }
        if (outcome instanceof WriteOutcome.Conflict) {
            resident.markStale();
            throw new Behind();
        }
    }

    private static boolean answerLost(RuntimeException failure) {
        return failure.getCause() instanceof StoreException store
                && (store.kind() == StoreException.Kind.DEADLINE || store.kind() == StoreException.Kind.UNAVAILABLE);
    }

    /** Whether a write whose answer was lost did happen: then the head says so. */
    private boolean happened(Resident resident, byte[] head) {
        try {
            Entry entry = vault.get(resident.key().partition(), resident.key().head(), budgets.store());
            return entry != null && entry.revision() == resident.revision() + 1 && Arrays.equals(entry.bytes(), head);
        } catch (Problem stillUnknown) {
            return false;
        }
    }
}
