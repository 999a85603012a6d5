package dev.hearth.engine.memory;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Page;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.recall.Ranked;
import dev.hearth.engine.relationship.Addresses;
import dev.hearth.engine.relationship.Forgetting;
import dev.hearth.engine.relationship.History;
import dev.hearth.engine.relationship.Importer;
import dev.hearth.engine.relationship.Journal;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.Residents;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a relationship remembers. Safe for many threads. */
public final class Memories {

    private static final int TRIES = 4;
    private static final int MAX_QUERY = 32_768;
    private static final int MAX_TEXT = 32_768;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int MAX_LIMIT = 100;
    private static final int MAX_PAGE = 200;
    /** What a hit refers to is read in the time that a search is given, and in this where nothing is left of it. */
    private static final Duration SOURCES = Duration.ofMillis(20);

    private static final Duration MAX_DEADLINE = Duration.ofSeconds(30);

    private final Addresses addresses;
    private final History history;
    private final MemoryViews views;
    private final Recollection recollection;
    private final Forgetting forgetting;
    private final Importer importer;
    private final Users users;
    private final BiConsumer<Resident, StoredMessage> embed;
    private final Duration recallBudget;
    private final Clock clock;

    /**
     * Wires the room.
     *
     * @param embed embeds a message in a moment, off the caller's path
     */
    public Memories(
            Addresses addresses,
            History history,
            Recollection recollection,
            Forgetting forgetting,
            Importer importer,
            Users users,
            BiConsumer<Resident, StoredMessage> embed,
            Duration recallBudget,
            Clock clock) {
        this.addresses = addresses;
        this.history = history;
        this.views = new MemoryViews(history);
        this.recollection = recollection;
        this.forgetting = forgetting;
        this.importer = importer;
        this.users = users;
        this.embed = embed;
        this.recallBudget = recallBudget;
        this.clock = clock;
    }

    /** The memories that answer a query, best first. */
    public SearchResult search(String relationship, SearchRequest request) {
        if (request.query().isBlank()) {
            throw Problem.invalid("query says what to look for: it has at least one character that is not a space.");
        }
        if (request.query().length() > MAX_QUERY) {
            throw new Problem(Code.TOO_LARGE, "query has at most 32,768 characters.");
        }
        if (request.limit() < 1 || request.limit() > MAX_LIMIT) {
            throw Problem.invalid("limit is 1 to 100.");
        }
        Duration budget = request.deadline() == null ? recallBudget : request.deadline();
        if (budget.isNegative() || budget.isZero() || budget.compareTo(MAX_DEADLINE) > 0) {
            throw Problem.invalid("deadline_ms is 1 to 30000.");
        }
        try (Residents.Lease lease = addresses.lease(relationship)) {
            Resident resident = lease.resident();
            Deadline deadline = Deadline.after(clock, budget);
            Recollection.Recalled recalled = recollection.recall(
                    resident,
                    request.query(),
                    request.query(),
                    request.limit(),
                    request.at() == null ? clock.now() : request.at(),
                    zone(resident),
                    Set.of(),
                    false,
                    deadline);
            long start = clock.nanoTime();
            List<SearchResult.Hit> hits = hits(resident, recalled.ranked(), deadline);
            long took = recalled.searchNanos() + clock.nanoTime() - start;
            return new SearchResult(
                    hits,
                    recalled.confidence(),
                    recalled.degraded(),
                    Duration.ofNanos(took),
                    Duration.ofNanos(recalled.embedNanos()));
        }
    }

    private Deadline sourcesBy(Deadline asked) {
        return new Deadline(Math.max(asked.nanos(), clock.nanoTime() + SOURCES.toNanos()), clock);
    }

    private ZoneId zone(Resident resident) {
        Users.Stored user = users.known(resident.key().partition(), resident.life());
        return user == null ? ZoneOffset.UTC : user.record().user().zone();
    }

    private List<SearchResult.Hit> hits(Resident resident, List<Ranked> ranked, Deadline asked) {
        List<Long> seqs = ranked.stream().map(Ranked::seq).toList();
        Deadline deadline = Deadline.after(clock, MAX_DEADLINE);
        SortedMap<Long, StoredMessage> messages = history.read(resident, seqs, deadline);
        List<Ranked> found =
                ranked.stream().filter(hit -> messages.containsKey(hit.seq())).toList();
        List<Memory> memories = views.atHand(
                resident, found.stream().map(hit -> messages.get(hit.seq())).toList(), sourcesBy(asked));
        List<SearchResult.Hit> hits = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            hits.add(new SearchResult.Hit(
                    memories.get(i), found.get(i).score(), found.get(i).parts()));
        }
        return hits;
    }

    /**
     * The memories of a relationship, the newest first.
     *
     * @param limit 1 to 200
     * @param cursor as an earlier page answered it, null for the first
     */
    public Page<Memory> list(String relationship, MemoryFilter filter, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw Problem.invalid("limit is 1 to 200.");
        }
        try (Residents.Lease lease = addresses.lease(relationship)) {
            Resident resident = lease.resident();
            long from = cursor == null ? resident.head().nextSeq() - 1 : seq(cursor);
            List<StoredMessage> page = new ArrayList<>();
            while (from > 0 && page.size() <= limit) {
                List<StoredMessage> run = history.run(resident.key(), from, MAX_PAGE, false);
                for (StoredMessage message : run) {
                    if (page.size() <= limit
                            && resident.isMemory(message)
                            && filter.takes(message, resident.index().standing(message.seq()))) {
                        page.add(message);
                    }
                }
                from = run.size() < MAX_PAGE ? 0 : run.getLast().seq() - 1;
            }
            String next = page.size() > limit ? Long.toString(page.removeLast().seq(), 36) : null;
            return new Page<>(views.of(resident, page, Deadline.after(clock, MAX_DEADLINE)), next);
        }
    }

    private static long seq(String cursor) {
        try {
            return Long.parseLong(cursor, 36);
        } catch (NumberFormatException e) {
            throw Problem.invalid("cursor is not one that this list answered. Leave it out to begin again.");
        }
    }

    /** A memory by its id, or by that of a message that was folded into it. */
    public Memory get(String memoryId) {
        EntityId id = parse(memoryId);
        try (Residents.Lease lease = lease(id)) {
            return view(lease.resident(), kept(lease.resident(), id));
        }
    }

    private Memory view(Resident resident, StoredMessage message) {
        return views.of(resident, List.of(message), Deadline.after(clock, MAX_DEADLINE))
                .getFirst();
    }

    /** The message that stands for a memory. */
    private StoredMessage kept(Resident resident, EntityId id) {
        StoredMessage message = history.find(resident.key(), id.seq());
        if (message == null || message.deleted() || !isIt(message, id)) {
            throw unknown();
        }
        Long folded = resident.keptBy(id.seq());
        StoredMessage kept = folded == null ? message : history.find(resident.key(), folded);
        if (kept == null || kept.deleted() || !resident.isMemory(kept)) {
            throw unknown();
        }
        return kept;
    }

    /**
     * Forgets a memory: when this returns, the words are in no recall, no history and no record of the store. Sealed
     * traces in freed pages and the store's log last until they are overwritten, at the latest by the next checkpoint.
     *
     * @param memoryId the memory's id, or a message's that was folded into it
     * @param extent the whole memory with everything that was folded into it, or only the one message
     */
    public void delete(String memoryId, Forgetting.Extent extent) {
        EntityId id = parse(memoryId);
        boolean gone = changing(
                () -> lease(id),
                resident -> forgetting.forget(resident, id.seq(), message -> isIt(message, id), extent));
        if (!gone) {
            throw unknown();
        }
    }

    /** Changes something of a relationship; again where it was changed meanwhile, as by what tidies it. */
    private static <T> T changing(Supplier<Residents.Lease> leasing, Function<Resident, T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Residents.Lease lease = leasing.get()) {
                return work.apply(lease.resident());
            } catch (Problem conflict) {
                if (attempt == TRIES || !(conflict.getCause() instanceof Journal.Behind)) {
                    throw conflict;
                }
            }
        }
    }

    /** Forgets the whole memory. */
    public void delete(String memoryId) {
        delete(memoryId, Forgetting.Extent.MEMORY);
    }

    /**
     * Remembers a statement of the user's, in no conversation. Searchable when this returns.
     *
     * @param text 1 to 32,768 characters
     * @param time when it was said, null for now
     * @param externalId the application's own id of it; the same id again answers the same memory, whatever the text.
     *     Null for none
     */
    public Memory remember(String relationship, String text, @Nullable Instant time, @Nullable String externalId) {
        requireText(text);
        requireTime(time);
        return changing(() -> addresses.lease(relationship), resident -> remember(resident, text, time, externalId));
    }

    private Memory remember(Resident resident, String text, @Nullable Instant time, @Nullable String externalId) {
        Users.Stored user = users.find(resident.key().partition());
        StoredMessage stored = importer.remember(
                resident,
                user == null ? null : user.record().user().displayName(),
                text,
                time == null ? clock.now() : time,
                externalId);
        Long folded = resident.keptBy(stored.seq());
        StoredMessage kept = folded == null ? null : history.find(resident.key(), folded);
        return view(resident, kept == null ? stored : kept);
    }

    /**
     * Puts a statement, said now, in the place of a memory, whose words are forgotten as {@link #delete} does it. The
     * corrected memory has an id of its own, and is recalled before older ones of the same.
     *
     * @param text 1 to 32,768 characters
     */
    public Memory correct(String memoryId, String text) {
        return change(memoryId, text, null);
    }

    /**
     * Changes a memory.
     *
     * @param text corrects it as {@link #correct} does it; null leaves the words
     * @param pinned whether it is recalled before what is about as good; null leaves it
     * @return the memory as it is now; a corrected one has another id
     */
    public Memory change(String memoryId, @Nullable String text, @Nullable Boolean pinned) {
        if (text != null) {
            requireText(text);
        }
        EntityId id = parse(memoryId);
        return changing(() -> lease(id), resident -> change(resident, id, text, pinned));
    }

    private Memory change(Resident resident, EntityId id, @Nullable String text, @Nullable Boolean pinned) {
        StoredMessage kept = kept(resident, id);
        if (text == null) {
            boolean there = pinned == null || forgetting.pin(resident, kept.seq(), kept::equals, pinned);
            if (!there) {
                throw unknown();
            }
            return view(resident, kept);
        }
        StoredMessage corrected = forgetting.correct(resident, kept.seq(), kept::equals, text, pinned);
        if (corrected == null) {
            throw unknown();
        }
        embed.accept(resident, corrected);
        return view(resident, corrected);
    }

    private static void requireText(String text) {
        if (text.isBlank()) {
            throw Problem.invalid("text is empty: it has at least one character that is not a space.");
        }
        if (text.length() > MAX_TEXT) {
            throw new Problem(Code.TOO_LARGE, "text has " + text.length() + " characters; at most 32,768 are taken.");
        }
    }

    private static void requireTime(@Nullable Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw Problem.invalid("time lies between the years 1 and 9999.");
        }
    }

    private Residents.Lease lease(EntityId id) {
        try {
            return addresses.lease(RelationshipKey.of(id));
        } catch (Problem problem) {
            throw problem.code() == Code.NOT_FOUND ? unknown() : problem;
        }
    }

    private static boolean isIt(StoredMessage message, EntityId id) {
        return message.salt() == id.salt() && message.storedAt() == id.millis();
    }

    private static EntityId parse(String memoryId) {
        return EntityId.parse(EntityId.Kind.MEMORY, memoryId).orElseThrow(Memories::unknown);
    }

    private static Problem unknown() {
        return Problem.notFound("There is no such memory (any more).");
    }
}
