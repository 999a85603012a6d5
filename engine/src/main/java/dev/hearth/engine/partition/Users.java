package dev.hearth.engine.partition;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Partition;
import dev.hearth.spi.WriteOutcome;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The end users. Safe for many threads. */
public final class Users {

    private static final int TRIES = 5;

    /**
     * What was read longer ago is read again behind the turn that asks, so that another server's change is seen by the turn
     * after it; one's own at once.
     */
    private static final long FRESH_NANOS = 15 * 60 * 1_000_000_000L;

    /** What was read longer ago is not used any more. */
    private static final long KNOWN_NANOS = 2 * FRESH_NANOS;

    private static final int MOST_KNOWN = 50_000;

    private final Vault vault;
    private final OpaqueNames names;
    private final Erasures erasures;
    private final Budgets budgets;
    private final Clock clock;
    private final Map<Partition, Known> known = new ConcurrentHashMap<>();

    private final AtomicLong changes = new AtomicLong();

    private final Set<Partition> refreshing = ConcurrentHashMap.newKeySet();

    private record Known(Stored stored, long readAt) {}

    public Users(Vault vault, OpaqueNames names, Erasures erasures, Budgets budgets) {
        this.vault = vault;
        this.names = names;
        this.erasures = erasures;
        this.budgets = budgets;
        this.clock = budgets.clock();
    }

    /** Makes the user, or replaces everything said of it. */
    public User put(String externalId, UserProfile profile) {
        return change(Profiles.externalId(externalId), true, known -> profile);
    }

    /** Changes what is said of the user; a problem {@code not_found} where there is none. */
    public User patch(String externalId, UnaryOperator<UserProfile> change) {
        return change(externalId, false, change);
    }

    /** The user; a problem {@code not_found} where there is none. */
    public User get(String externalId) {
        Stored stored = find(names.partition(externalId));
        if (stored == null) {
            throw unknown();
        }
        return stored.record().user();
    }

    /** Erases everything of the user from every store and destroys the key; blocks until it is verified. */
    public Receipt erase(String externalId) {
        Partition partition = names.partition(externalId);
        try {
            return erasures.erase(partition);
        } finally {
            forget(partition);
        }
    }

    /** Whether an id (a relationship's, turn's, message's or memory's) is of something of this user's, be it gone. */
    public boolean owns(String externalId, String id) {
        return Arrays.stream(EntityId.Kind.values())
                .flatMap(kind -> EntityId.parse(kind, id).stream())
                .anyMatch(parsed -> parsed.partition().equals(names.partition(externalId)));
    }

    /** A user's record, its revision, and the life of the partition it belongs to. */
    public record Stored(UserRecord record, long revision, long life) {}

    /** The record of the partition's user, or null where there is none. */
    public @Nullable Stored find(Partition partition) {
        Entry entry = vault.get(partition, UserRecord.KEY, budgets.store());
        return entry == null ? null : new Stored(UserRecord.decode(entry.bytes()), entry.revision(), entry.life());
    }

    /**
     * As {@link #find}, from memory where it was read in the last minutes, in the life that the caller knows of.
     *
     * @param life which life of the partition the record is of
     */
    public @Nullable Stored known(Partition partition, long life) {
        long now = clock.nanoTime();
        Known held = known.get(partition);
        if (held == null || now - held.readAt() > KNOWN_NANOS || held.stored().life() != life) {
            return read(partition);
        }
        if (now - held.readAt() > FRESH_NANOS && refreshing.add(partition)) {
            Fork<Boolean> ignored = Scope.outliving("user", clock, () -> {
                try {
                    return read(partition) != null;
                } catch (Problem later) {
                    // The next turn asks again.
                    return false;
                } finally {
                    refreshing.remove(partition);
                }
            });
        }
        return held.stored();
    }

    private @Nullable Stored read(Partition partition) {
        long now = clock.nanoTime();
        long before = changes.get();
        Stored read = find(partition);
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        // Not where a change came between: what was read may be the former.
        known.compute(
                partition, (name, other) -> read == null || changes.get() != before ? null : new Known(read, now));
        return read;
    }

    /** The zone of the partition's user, UTC where there is none (any more). */
    public ZoneId zone(Partition partition) {
        Stored stored = find(partition);
        return stored == null ? ZoneOffset.UTC : stored.record().user().zone();
    }

    /** The record of a user of whom nothing was said yet. */
    public UserRecord blank(String externalId) {
        Instant now = clock.now();
        return new UserRecord(Profiles.user(Profiles.externalId(externalId), UserProfile.EMPTY, now, now), 0);
    }

    private User change(String externalId, boolean create, UnaryOperator<UserProfile> change) {
        Partition partition = names.partition(externalId);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Stored stored = find(partition);
            Instant now = clock.now();
            Batch batch = new Batch();
            User user;
            if (stored != null) {
                User known = stored.record().user();
                user = Profiles.changed(known, change.apply(Profiles.profile(known)), now);
                batch.replace(
                        UserRecord.KEY,
                        stored.revision(),
                        stored.record().withUser(user).encode());
            } else if (create) {
                user = Profiles.user(externalId, change.apply(UserProfile.EMPTY), now, now);
                batch.create(UserRecord.KEY, new UserRecord(user, 0).encode());
            } else {
                throw unknown();
            }
            if (store(partition, stored, batch) instanceof WriteOutcome.Written) {
                return user;
            }
        }
        throw new Problem(Code.CONFLICT, "This user is being changed by others at the same time; send it again.");
    }

    /** Writes on the ground of a user's record, or founds the partition where there was none. */
    public WriteOutcome store(Partition partition, @Nullable Stored stored, Batch batch) {
        try {
            if (stored != null) {
                return vault.write(partition, stored.life(), batch, budgets.store());
            }
            erasures.clearRemains(partition);
            return vault.found(partition, batch, budgets.store());
        } finally {
            // Whatever became of it, what is in memory may be the former.
            forget(partition);
        }
    }

    private void forget(Partition partition) {
        known.compute(partition, (name, former) -> {
            changes.incrementAndGet();
            return null;
        });
    }

    private static Problem unknown() {
        return Problem.notFound("There is no user with this external_id. PUT /v1/users/{external_id} makes one.");
    }
}
