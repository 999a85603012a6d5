package dev.hearth.engine.persona;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Page;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.WriteOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operator's companions, in the system partition. Safe for many threads. */
public final class Companions {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,64}");
    private static final String PREFIX = "c/";
    private static final int MAX_PAGE = 200;
    private static final int TRIES = 5;

    /**
     * Every turn asks for its companion. What was read longer ago is read again behind the turn that asks, so that another
     * server's change is seen by the turn after it; one's own at once.
     */
    private static final long FRESH_NANOS = 5_000_000_000L;

    /** What was read longer ago is not used any more. */
    private static final long KNOWN_NANOS = 15 * 60 * 1_000_000_000L;

    private static final int MOST_KNOWN = 1_000;

    private final Vault vault;
    private final Budgets budgets;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private final AtomicLong changes = new AtomicLong();
    private final Set<String> refreshing = ConcurrentHashMap.newKeySet();

    private record Known(Companion companion, long readAt) {}

    public Companions(Vault vault, Budgets budgets) {
        this.vault = vault;
        this.budgets = budgets;
    }

    /** Makes the companion, or replaces what it is. */
    public Companion put(String slug, String name, Personality personality) {
        if (!SLUG.matcher(slug).matches()) {
            throw Problem.invalid("A companion's id is 1 to 64 characters of a-z, 0-9 and -.");
        }
        if (name.isBlank() || name.length() > 200) {
            throw Problem.invalid("name has 1 to 200 characters.");
        }
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Entry entry = vault.get(Partition.SYSTEM, PREFIX + slug, budgets.store());
            Instant now = budgets.clock().now();
            Instant created =
                    entry == null ? now : CompanionCodec.decode(entry.bytes()).createdAt();
            Companion companion = new Companion(slug, name, personality, created, now);
            byte[] bytes = CompanionCodec.encode(companion);
            Batch batch = entry == null
                    ? new Batch().create(PREFIX + slug, bytes)
                    : new Batch().replace(PREFIX + slug, entry.revision(), bytes);
            WriteOutcome outcome = entry == null
                    ? vault.found(Partition.SYSTEM, batch, budgets.store())
                    : vault.write(Partition.SYSTEM, entry.life(), batch, budgets.store());
            forget(slug);
            if (outcome instanceof WriteOutcome.Written) {
                return companion;
            }
        }
        throw new Problem(Code.CONFLICT, "This companion is being changed by others at the same time; send it again.");
    }

    /** The companion; a problem {@code not_found} where there is none. */
    public Companion get(String slug) {
        return find(slug).orElseThrow(Companions::unknown);
    }

    /** The companion, if there is one. */
    public Optional<Companion> find(String slug) {
        if (!SLUG.matcher(slug).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(vault.get(Partition.SYSTEM, PREFIX + slug, budgets.store()))
                .map(entry -> CompanionCodec.decode(entry.bytes()));
    }

    /** As {@link #get}, from memory where it was read in the last seconds. */
    public Companion known(String slug) {
        long now = budgets.clock().nanoTime();
        Known held = known.get(slug);
        if (held == null || now - held.readAt() > KNOWN_NANOS) {
            return read(slug);
        }
        if (now - held.readAt() > FRESH_NANOS && refreshing.add(slug)) {
            Fork<Boolean> ignored = Scope.outliving("companion", budgets.clock(), () -> {
                try {
                    return read(slug).id().equals(slug);
                } catch (Problem gone) {
                    // Not there any more, or not to be read: the next turn asks for itself.
                    return known.remove(slug, held);
                } finally {
                    refreshing.remove(slug);
                }
            });
        }
        return held.companion();
    }

    private Companion read(String slug) {
        long now = budgets.clock().nanoTime();
        long before = changes.get();
        Companion read = get(slug);
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        // Not where a change came between: what was read may be the former.
        known.compute(slug, (name, other) -> changes.get() == before ? new Known(read, now) : null);
        return read;
    }

    /** Companions by slug, ascending; {@code limit} 1 to 200. */
    public Page<Companion> list(int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw Problem.invalid("limit is 1 to 200.");
        }
        if (cursor != null && !SLUG.matcher(cursor).matches()) {
            throw Problem.invalid("cursor is not one that this list answered. Leave it out to begin again.");
        }
        String from = cursor == null ? PREFIX : PREFIX + cursor + " ";
        Range range = new Range(from, Range.after(PREFIX), limit + 1, false);
        List<Companion> found = vault.range(Partition.SYSTEM, range, budgets.store()).stream()
                .map(entry -> CompanionCodec.decode(entry.bytes()))
                .toList();
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, limit), found.get(limit - 1).id());
    }

    /** Takes the companion away. Its relationships stay readable, can be exported and erased, and take no turn. */
    public void delete(String slug) {
        Entry entry = SLUG.matcher(slug).matches() ? vault.get(Partition.SYSTEM, PREFIX + slug, budgets.store()) : null;
        if (entry == null) {
            throw unknown();
        }
        vault.write(Partition.SYSTEM, entry.life(), new Batch().delete(PREFIX + slug), budgets.store());
        forget(slug);
    }

    private void forget(String slug) {
        known.compute(slug, (name, former) -> {
            changes.incrementAndGet();
            return null;
        });
    }

    private static Problem unknown() {
        return Problem.notFound("There is no such companion. PUT /v1/companions/{id} makes one.");
    }
}
