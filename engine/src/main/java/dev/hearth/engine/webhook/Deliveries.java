package dev.hearth.engine.webhook;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Ulid;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Page;
import dev.hearth.engine.problem.Problem;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries, in the system partition: {@code d/<webhook>/<delivery>} and, of what is pending, its place in the
 * webhook's queue, {@code q/<webhook>/<when>/<delivery>}. Both change in one write. Kept for 30 days. Safe for many
 * threads.
 */
final class Deliveries {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final String ID = "dlv_";
    private static final int ID_LENGTH = 4;
    private static final int PAGE = 90;
    private static final int MAX_LIMIT = 200;

    /** A list by state looks at so many at most; it answers a cursor then, and maybe fewer than were asked for. */
    private static final int MOST_LOOKED_AT = 2_000;

    private final Vault vault;
    private final Budgets budgets;
    private final RandomGenerator random;
    private final Consumer<String> onDue;

    /**
     * @param onDue told of webhooks whose queue has changed
     */
    Deliveries(Vault vault, Budgets budgets, RandomGenerator random, Consumer<String> onDue) {
        this.vault = vault;
        this.budgets = budgets;
        this.random = random;
        this.onDue = onDue;
    }

    /** A delivery as it was read. */
    record Stored(Delivery delivery, long revision) {}

    /** A place in a webhook's queue. */
    record Due(String key, String deliveryId, Instant at) {}

    /** Adds a new delivery to a write, due at once. */
    void add(Batch batch, String webhook, Delivery.About about) {
        Instant now = budgets.clock().now();
        String id = ID + Ulid.of(now, about.number(), random);
        put(batch, new Delivery(id, webhook, about, Delivery.State.PENDING, 0, null, now, now), 1);
    }

    private static void put(Batch batch, Delivery delivery, long revision) {
        Instant expiry = delivery.createdAt().plus(KEPT);
        batch.put(row(delivery.webhook(), delivery.id()), revision, DeliveryCodec.encode(delivery), expiry);
        Instant next = delivery.nextAttemptAt();
        if (next != null) {
            batch.put(place(delivery, next), 1, new byte[] {1}, expiry);
        }
    }

    void due(String webhook) {
        onDue.accept(webhook);
    }

    /** The first places in a webhook's queue, due or not. */
    List<Due> queue(String webhook, int limit) {
        return vault.range(Partition.SYSTEM, Range.prefix(queueOf(webhook), limit), budgets.store()).stream()
                .map(entry -> {
                    String rest = entry.key().substring(queueOf(webhook).length());
                    int slash = rest.indexOf('/');
                    return new Due(
                            entry.key(),
                            ID + rest.substring(slash + 1),
                            Instant.ofEpochMilli(Long.parseLong(rest.substring(0, slash), 16)));
                })
                .toList();
    }

    @Nullable
    Stored find(String webhook, String id) {
        Entry entry = id.startsWith(ID) && Ulid.is(id.substring(ID_LENGTH))
                ? vault.get(Partition.SYSTEM, row(webhook, id), budgets.store())
                : null;
        return entry == null ? null : new Stored(DeliveryCodec.decode(id, webhook, entry.bytes()), entry.revision());
    }

    /** Puts a delivery in the place of what it was; false where that changed meanwhile, and then nothing happens. */
    boolean replace(Stored before, Delivery after) {
        Batch batch = new Batch().when(row(after.webhook(), after.id()), before.revision());
        Instant was = before.delivery().nextAttemptAt();
        Instant is = after.nextAttemptAt();
        if (was != null && !was.equals(is)) {
            batch.delete(place(before.delivery(), was));
        }
        put(batch, after, before.revision() + 1);
        return write(batch);
    }

    /** Takes a place out of the queue that leads to no delivery. */
    void clear(Due due) {
        write(new Batch().delete(due.key()));
    }

    /** Takes a delivery away, since there is nobody (any more) to tell of. */
    void drop(Stored stored) {
        Delivery delivery = stored.delivery();
        Batch batch = new Batch()
                .when(row(delivery.webhook(), delivery.id()), stored.revision())
                .delete(row(delivery.webhook(), delivery.id()));
        Instant next = delivery.nextAttemptAt();
        if (next != null) {
            batch.delete(place(delivery, next));
        }
        write(batch);
    }

    private boolean write(Batch batch) {
        return vault.found(Partition.SYSTEM, batch, budgets.store()) instanceof WriteOutcome.Written;
    }

    Page<Delivery> list(String webhook, Delivery.@Nullable State state, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problem.invalid("limit is 1 to 200.");
        }
        if (cursor != null && !Ulid.is(cursor)) {
            throw Problem.invalid("cursor is not one that this list answered. Leave it out to begin again.");
        }
        List<Delivery> found = new ArrayList<>();
        String to = cursor == null ? Range.after(rows(webhook)) : rows(webhook) + cursor;
        int looked = 0;
        while (looked < MOST_LOOKED_AT) {
            List<Entry> page =
                    vault.range(Partition.SYSTEM, new Range(rows(webhook), to, MAX_LIMIT, true), budgets.store());
            for (Entry entry : page) {
                Delivery delivery = decode(webhook, entry);
                to = entry.key();
                looked++;
                if (state == null || delivery.state() == state) {
                    found.add(delivery);
                    if (found.size() == limit) {
                        return new Page<>(found, to.substring(rows(webhook).length()));
                    }
                }
            }
            if (page.size() < MAX_LIMIT) {
                return new Page<>(found, null);
            }
        }
        return new Page<>(found, to.substring(rows(webhook).length()));
    }

    int replay(String webhook, String id) {
        Stored stored = find(webhook, id);
        if (stored == null) {
            throw Problem.notFound("There is no such delivery. They are kept for 30 days.");
        }
        boolean replayed =
                replace(stored, stored.delivery().replayed(budgets.clock().now()));
        due(webhook);
        return replayed ? 1 : 0;
    }

    int replayDead(String webhook) {
        Deadline deadline = budgets.background();
        int replayed = 0;
        String from = rows(webhook);
        while (true) {
            List<Entry> page =
                    vault.range(Partition.SYSTEM, new Range(from, Range.after(rows(webhook)), PAGE, false), deadline);
            for (Entry entry : page) {
                Delivery delivery = decode(webhook, entry);
                if (delivery.state() == Delivery.State.DEAD
                        && replace(
                                new Stored(delivery, entry.revision()),
                                delivery.replayed(budgets.clock().now()))) {
                    replayed++;
                }
            }
            due(webhook);
            if (page.size() < PAGE) {
                return replayed;
            }
            from = page.getLast().key() + " ";
        }
    }

    void deleteAll(String webhook) {
        Deadline deadline = budgets.background();
        for (String prefix : List.of(queueOf(webhook), rows(webhook))) {
            List<Entry> page;
            do {
                page = vault.range(Partition.SYSTEM, Range.prefix(prefix, PAGE), deadline);
                Batch batch = new Batch();
                page.forEach(entry -> batch.delete(entry.key()));
                if (!page.isEmpty()) {
                    write(batch);
                }
            } while (page.size() == PAGE);
        }
    }

    private static Delivery decode(String webhook, Entry entry) {
        return DeliveryCodec.decode(ID + entry.key().substring(rows(webhook).length()), webhook, entry.bytes());
    }

    private static String rows(String webhook) {
        return "d/" + webhook.substring(ID_LENGTH) + "/";
    }

    private static String row(String webhook, String id) {
        return rows(webhook) + id.substring(ID_LENGTH);
    }

    private static String queueOf(String webhook) {
        return "q/" + webhook.substring(ID_LENGTH) + "/";
    }

    private static String place(Delivery delivery, Instant at) {
        return String.format(
                Locale.ROOT,
                "%s%012x/%s",
                queueOf(delivery.webhook()),
                at.toEpochMilli(),
                delivery.id().substring(ID_LENGTH));
    }
}
