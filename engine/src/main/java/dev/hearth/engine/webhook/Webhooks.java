package dev.hearth.engine.webhook;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Ulid;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Page;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.WriteOutcome;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The operator's webhooks, in the system partition. Safe for many threads. */
public final class Webhooks {

    /** So many that every one's delivery of one event fits into one write. */
    private static final int MOST = 40;

    private static final String ID = "whk_";
    private static final String PREFIX = "w/";
    private static final int FORMAT = 1;
    private static final int TRIES = 5;

    /** Another server's change is seen this late, one's own at once. */
    private static final long KNOWN_NANOS = 5_000_000_000L;

    private final Vault vault;
    private final Budgets budgets;
    private final RandomGenerator random;
    private final Deliveries deliveries;
    private volatile @Nullable Known known;

    /** Counts changes, so that what was read before one is not taken for what is. */
    private final AtomicLong changes = new AtomicLong();

    private record Known(List<Signed> all, List<Signed> active, long change, long until) {}

    /**
     * A webhook with what only this room knows.
     *
     * @param secret what its messages are signed with
     * @param since from when on it is told of events: since it was made or last resumed
     * @param until when it was paused, null while it is active
     */
    record Signed(
            Webhook webhook,
            String secret,
            Instant since,
            @Nullable Instant until) {

        /** Whether it is to be told of an event of this type and moment; also of one from just before it was paused. */
        boolean wants(String type, Instant at) {
            return webhook.wants(type) && !at.isBefore(since) && (until == null || !at.isAfter(until));
        }

        private Signed as(Webhook changed, Instant now) {
            boolean was = webhook.status() == Webhook.Status.ACTIVE;
            boolean is = changed.status() == Webhook.Status.ACTIVE;
            return new Signed(changed, secret, is && !was ? now : since, is ? null : was ? now : until);
        }

        @Override
        public String toString() {
            return webhook.toString();
        }
    }

    /**
     * A webhook that was just made.
     *
     * @param secret what its messages are signed with, {@code whsec_} and base64; told here and never again
     */
    public record Created(Webhook webhook, String secret) {
        @Override
        public String toString() {
            return webhook.toString();
        }
    }

    /**
     * What is to be changed of a webhook; null leaves a thing as it is.
     *
     * @param description empty takes it away
     */
    public record Change(
            @Nullable String url,
            @Nullable List<String> events,
            @Nullable String description,
            Webhook.@Nullable Status status) {}

    Webhooks(Vault vault, Budgets budgets, RandomGenerator random, Deliveries deliveries) {
        this.vault = vault;
        this.budgets = budgets;
        this.random = random;
        this.deliveries = deliveries;
    }

    /** Makes a webhook, active from now on: earlier events are not told. */
    public Created create(String url, List<String> events, @Nullable String description) {
        Instant now = budgets.clock().now();
        String ulid = Ulid.of(now, random.nextInt(), random);
        Webhook webhook = new Webhook(
                ID + ulid,
                WebhookInput.url(url),
                WebhookInput.events(events),
                description == null || description.isEmpty() ? null : WebhookInput.description(description),
                Webhook.Status.ACTIVE,
                now);
        if (read().size() >= MOST) {
            throw new Problem(Code.CONFLICT, "There are 40 webhooks, as many as there can be. Delete one first.");
        }
        Signed signed = new Signed(webhook, Signature.newSecret(random), now, null);
        vault.found(Partition.SYSTEM, new Batch().create(PREFIX + ulid, encode(signed)), budgets.store());
        forget();
        return new Created(webhook, signed.secret());
    }

    /** All webhooks, oldest first. */
    public List<Webhook> list() {
        return read().stream().map(Signed::webhook).toList();
    }

    /** The webhook; a problem {@code not_found} where there is none. */
    public Webhook get(String id) {
        return decode(entry(id)).webhook();
    }

    public Webhook change(String id, Change change) {
        return change(id, webhook -> {
            String description = change.description();
            return new Webhook(
                    webhook.id(),
                    change.url() == null ? webhook.url() : WebhookInput.url(change.url()),
                    change.events() == null ? webhook.events() : WebhookInput.events(change.events()),
                    description == null
                            ? webhook.description()
                            : description.isEmpty() ? null : WebhookInput.description(description),
                    change.status() == null ? webhook.status() : change.status(),
                    webhook.createdAt());
        });
    }

    Webhook change(String id, UnaryOperator<Webhook> change) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Entry entry = entry(id);
            Signed before = decode(entry);
            Webhook changed = change.apply(before.webhook());
            Batch batch = new Batch()
                    .replace(
                            entry.key(),
                            entry.revision(),
                            encode(before.as(changed, budgets.clock().now())));
            WriteOutcome outcome = vault.write(Partition.SYSTEM, entry.life(), batch, budgets.store());
            forget();
            if (outcome instanceof WriteOutcome.Written) {
                deliveries.due(id);
                return changed;
            }
        }
        throw new Problem(Code.CONFLICT, "This webhook is being changed by others at the same time; send it again.");
    }

    /**
     * The webhook's deliveries of the last 30 days, newest first; {@code limit} 1 to 200.
     *
     * @param state only those in this state; null for all. Then a page may hold fewer than {@code limit} and go on
     */
    public Page<Delivery> deliveries(String id, Delivery.@Nullable State state, int limit, @Nullable String cursor) {
        entry(id);
        return deliveries.list(id, state, limit, cursor);
    }

    /** Delivers one once more, whatever became of it; how many that were. */
    public int replay(String id, String deliveryId) {
        entry(id);
        return deliveries.replay(id, deliveryId);
    }

    /** Delivers once more everything that was given up; how many that were. */
    public int replayDead(String id) {
        entry(id);
        return deliveries.replayDead(id);
    }

    /** Takes the webhook away with its deliveries. */
    public void delete(String id) {
        Entry entry = entry(id);
        vault.write(Partition.SYSTEM, entry.life(), new Batch().delete(entry.key()), budgets.store());
        forget();
        deliveries.deleteAll(id);
    }

    /** Those that are told at the moment; from memory as {@link #all}. */
    List<Signed> active() {
        return known().active();
    }

    /** All of them, from memory where they were read in the last seconds. */
    List<Signed> all() {
        return known().all();
    }

    private Known known() {
        Known present = known;
        long change = changes.get();
        long now = budgets.clock().nanoTime();
        if (present == null || present.change() != change || (!vault.exclusive() && present.until() - now <= 0)) {
            List<Signed> all = read();
            List<Signed> active = all.stream()
                    .filter(signed -> signed.webhook().status() == Webhook.Status.ACTIVE)
                    .toList();
            present = new Known(all, active, change, now + KNOWN_NANOS);
            known = present;
        }
        return present;
    }

    private void forget() {
        changes.incrementAndGet();
    }

    private List<Signed> read() {
        List<Signed> found = new ArrayList<>();
        for (Entry entry : vault.range(Partition.SYSTEM, Range.prefix(PREFIX, 2 * MOST), budgets.store())) {
            found.add(decode(entry));
        }
        return found;
    }

    private Entry entry(String id) {
        Entry entry = id.startsWith(ID) && Ulid.is(id.substring(ID.length()))
                ? vault.get(Partition.SYSTEM, PREFIX + id.substring(ID.length()), budgets.store())
                : null;
        if (entry == null) {
            throw Problem.notFound("There is no such webhook. GET /v1/webhooks lists them.");
        }
        return entry;
    }

    private static byte[] encode(Signed signed) {
        Webhook webhook = signed.webhook();
        RecordWriter out = new RecordWriter(FORMAT)
                .text(webhook.url().toString())
                .optionalText(webhook.description())
                .flag(webhook.status() == Webhook.Status.ACTIVE)
                .instant(webhook.createdAt())
                .text(signed.secret())
                .instant(signed.since())
                .optionalInstant(signed.until())
                .number(webhook.events().size());
        webhook.events().forEach(out::text);
        return out.toBytes();
    }

    private static Signed decode(Entry entry) {
        RecordReader in = new RecordReader(entry.bytes()).supporting(FORMAT);
        URI url = URI.create(in.text());
        String description = in.optionalText();
        Webhook.Status status = in.flag() ? Webhook.Status.ACTIVE : Webhook.Status.PAUSED;
        Instant createdAt = in.instant();
        String secret = in.text();
        Instant since = in.instant();
        Instant until = in.optionalInstant();
        List<String> events = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            events.add(in.text());
        }
        String id = ID + entry.key().substring(PREFIX.length());
        return new Signed(new Webhook(id, url, events, description, status, createdAt), secret, since, until);
    }
}
