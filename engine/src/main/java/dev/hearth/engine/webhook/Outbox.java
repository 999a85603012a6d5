package dev.hearth.engine.webhook;

import dev.hearth.engine.event.Event;
import dev.hearth.engine.event.EventLog;
import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Head;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Witness;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes deliveries of events, so that none is left out whatever stops in between, at next to no cost for a turn.
 *
 * <p>Events lie in a user's partition, deliveries in the system's, and no write spans both. So before a relationship's
 * first event after a pause a row is written here that says: look there, behind this number. It is trusted for ten
 * minutes without being asked for, and taken away only when it was not touched for twenty and nothing lies behind it:
 * what is written under that trust is never without a row. Deliveries and the row's next number are one write. Safe
 * for many threads.
 */
final class Outbox implements Witness {

    private static final Duration TRUSTED = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofMinutes(20);
    private static final int MOST_IN_MEMORY = 100_000;
    private static final int TRIES = 5;
    private static final int PAGE = 200;
    private static final int RUN = 45;
    private static final int OPERATIONS = 96;

    /** Events that nobody wants are skipped without a write, until there are so many. */
    private static final int SKIPPED = 100;

    private final Vault vault;
    private final Budgets budgets;
    private final EventLog log;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Runnable onReady;
    private final Map<RelationshipKey, Instant> touched = new ConcurrentHashMap<>();
    private final SequencedSet<RelationshipKey> ready = new LinkedHashSet<>();
    private boolean overflowed;

    /**
     * @param onReady called when there is something to make deliveries of
     */
    Outbox(Vault vault, Budgets budgets, EventLog log, Webhooks webhooks, Deliveries deliveries, Runnable onReady) {
        this.vault = vault;
        this.budgets = budgets;
        this.log = log;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.onReady = onReady;
    }

    @Override
    public void before(RelationshipKey key, Head present) {
        if (webhooks.active().isEmpty()) {
            return;
        }
        Instant at = touched.get(key);
        if (at == null || !budgets.clock().now().isBefore(at.plus(TRUSTED))) {
            note(key, present);
        }
    }

    private void note(RelationshipKey key, Head present) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Instant now = budgets.clock().now();
            Entry entry = vault.get(Partition.SYSTEM, OutboxRow.key(key), budgets.store());
            OutboxRow row = entry == null ? null : OutboxRow.decode(entry.bytes());
            boolean same = row != null && row.relationship().equals(present.id()) && row.upTo() <= present.events();
            OutboxRow next = new OutboxRow(present.id(), row != null && same ? row.upTo() : present.events(), now);
            Batch batch = entry == null
                    ? new Batch().create(OutboxRow.key(key), next.encode())
                    : new Batch().replace(OutboxRow.key(key), entry.revision(), next.encode());
            if (written(batch)) {
                trust(key, now);
                return;
            }
        }
        throw new Problem(Code.OVERLOADED, "The webhooks' outbox is too busy to note this. Send it again in a moment.");
    }

    private void trust(RelationshipKey key, Instant at) {
        if (touched.size() < MOST_IN_MEMORY || touched.containsKey(key)) {
            touched.put(key, at);
        }
    }

    @Override
    public void after(RelationshipKey key) {
        if (!webhooks.active().isEmpty()) {
            offer(key);
            onReady.run();
        }
    }

    /** Puts a relationship among those that deliveries are to be made of. */
    void offer(RelationshipKey key) {
        synchronized (ready) {
            if (ready.size() < MOST_IN_MEMORY) {
                ready.add(key);
            } else {
                overflowed = true;
            }
        }
    }

    /** The next relationship that deliveries are to be made of, null for none. */
    @Nullable
    RelationshipKey poll() {
        synchronized (ready) {
            return ready.isEmpty() ? null : ready.removeFirst();
        }
    }

    /** Whether there was more than is held in memory: then {@link #walk} finds it. */
    boolean overflowed() {
        synchronized (ready) {
            boolean was = overflowed;
            overflowed = false;
            return was;
        }
    }

    /** Gives every row to {@code sink}: what an earlier process, or one that died, left. */
    void walk(Consumer<RelationshipKey> sink) {
        String from = OutboxRow.PREFIX;
        while (true) {
            List<Entry> page = vault.range(
                    Partition.SYSTEM, new Range(from, Range.after(OutboxRow.PREFIX), PAGE, false), budgets.store());
            page.forEach(entry -> sink.accept(OutboxRow.relationship(entry.key())));
            if (page.size() < PAGE) {
                return;
            }
            from = page.getLast().key() + " ";
        }
    }

    /** Forgets which rows are trusted no more, and has a look at those that may go. */
    void tidy() {
        Instant now = budgets.clock().now();
        touched.forEach((key, at) -> {
            if (!now.isBefore(at.plus(KEPT)) && touched.remove(key, at)) {
                offer(key);
            }
        });
    }

    /** Makes deliveries of what lies behind the relationship's row, and takes a row away that is not needed any more. */
    void advance(RelationshipKey key) {
        boolean more = true;
        while (more) {
            Entry entry = vault.get(Partition.SYSTEM, OutboxRow.key(key), budgets.store());
            more = entry != null && step(key, entry);
        }
    }

    /** One write's worth; whether there may be more. */
    private boolean step(RelationshipKey key, Entry entry) {
        OutboxRow row = OutboxRow.decode(entry.bytes());
        Head head = log.head(key);
        if (head == null || !head.id().equals(row.relationship())) {
            remove(key, entry);
            return false;
        }
        List<Webhooks.Signed> hooks = webhooks.all();
        List<Event> events = log.read(key, head, row.upTo(), RUN);
        Batch batch = new Batch();
        int operations = 1;
        long upTo = row.upTo();
        Set<String> due = new LinkedHashSet<>();
        for (Event event : events) {
            List<String> wanting = wanting(hooks, event);
            if (operations + 2 * wanting.size() > OPERATIONS) {
                break;
            }
            operations += 2 * wanting.size();
            wanting.forEach(webhook -> deliveries.add(batch, webhook, about(key, event)));
            due.addAll(wanting);
            upTo = event.number();
        }
        boolean behind = upTo < head.events() && !events.isEmpty();
        Instant now = budgets.clock().now();
        if (!due.isEmpty() || behind || upTo - row.upTo() >= SKIPPED) {
            batch.when(entry.key(), entry.revision());
            batch.put(entry.key(), entry.revision() + 1, new OutboxRow(row.relationship(), upTo, now).encode(), null);
            if (written(batch)) {
                trust(key, now);
                due.forEach(deliveries::due);
                return behind;
            }
            // Another process was faster: what it left is looked at anew.
            return true;
        }
        if (!now.isBefore(row.touchedAt().plus(KEPT))) {
            remove(key, entry);
        }
        return false;
    }

    private static List<String> wanting(List<Webhooks.Signed> hooks, Event event) {
        return hooks.stream()
                .filter(hook -> hook.wants(event.type().wire(), event.at()))
                .map(hook -> hook.webhook().id())
                .toList();
    }

    private static Delivery.About about(RelationshipKey key, Event event) {
        return new Delivery.About(
                key,
                event.relationship(),
                event.number(),
                event.id(),
                event.type().wire());
    }

    private void remove(RelationshipKey key, Entry entry) {
        touched.remove(key);
        written(new Batch().when(entry.key(), entry.revision()).delete(entry.key()));
    }

    private boolean written(Batch batch) {
        return vault.found(Partition.SYSTEM, batch, budgets.store()) instanceof WriteOutcome.Written;
    }
}
