package dev.hearth.engine.memory;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.recall.Ranked;
import dev.hearth.engine.relationship.Addresses;
import dev.hearth.engine.relationship.Forgetting;
import dev.hearth.engine.relationship.History;
import dev.hearth.engine.relationship.Importer;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.Residents;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a relationship remembers. Safe for many threads. */
public final class Memories {

    private static final int MAX_QUERY = 32_768;
    private static final int MAX_TEXT = 32_768;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int MAX_LIMIT = 100;
    private static final Duration MAX_DEADLINE = Duration.ofSeconds(30);

    private final Addresses addresses;
    private final History history;
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
            Recollection.Recalled recalled = recollection.recall(
                    resident,
                    request.query(),
                    request.query(),
                    request.limit(),
                    request.at() == null ? clock.now() : request.at(),
                    users.zone(resident.key().partition()),
                    any -> false,
                    Deadline.after(clock, budget));
            long start = clock.nanoTime();
            List<SearchResult.Hit> hits = hits(resident, recalled.ranked());
            long took = recalled.searchNanos() + clock.nanoTime() - start;
            return new SearchResult(
                    hits,
                    recalled.confidence(),
                    recalled.degraded(),
                    Duration.ofNanos(took),
                    Duration.ofNanos(recalled.embedNanos()));
        }
    }

    private List<SearchResult.Hit> hits(Resident resident, List<Ranked> ranked) {
        List<Long> seqs = ranked.stream().map(Ranked::seq).toList();
        SortedMap<Long, StoredMessage> messages = history.read(resident, seqs, Deadline.after(clock, MAX_DEADLINE));
        List<SearchResult.Hit> hits = new ArrayList<>(ranked.size());
        for (Ranked hit : ranked) {
            StoredMessage message = messages.get(hit.seq());
            if (message != null) {
                hits.add(new SearchResult.Hit(
                        view(resident.key(), message, resident.head().companion()), hit.score(), hit.parts()));
            }
        }
        return hits;
    }

    public Memory get(String memoryId) {
        EntityId id = parse(memoryId);
        try (Residents.Lease lease = lease(id)) {
            StoredMessage message = history.find(lease.resident().key(), id.seq());
            if (message == null || !message.recallable() || !isIt(message, id)) {
                throw unknown();
            }
            return view(lease.resident().key(), message, lease.resident().head().companion());
        }
    }

    /**
     * Forgets it: when this returns, the words are in no recall, no history and no record of the store. Sealed traces in
     * freed pages and the store's log last until they are overwritten, at the latest by the next checkpoint.
     */
    public void delete(String memoryId) {
        EntityId id = parse(memoryId);
        try (Residents.Lease lease = lease(id)) {
            if (!forgetting.forget(lease.resident(), id.seq(), message -> isIt(message, id))) {
                throw unknown();
            }
        }
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
        try (Residents.Lease lease = addresses.lease(relationship)) {
            Resident resident = lease.resident();
            Users.Stored user = users.find(resident.key().partition());
            StoredMessage stored = importer.remember(
                    resident,
                    user == null ? null : user.record().user().displayName(),
                    text,
                    time == null ? clock.now() : time,
                    externalId);
            return view(resident.key(), stored, resident.head().companion());
        }
    }

    /**
     * Puts a statement, said now, in the place of a memory, whose words are forgotten as {@link #delete} does it. The
     * corrected memory has an id of its own.
     *
     * @param text 1 to 32,768 characters
     */
    public Memory correct(String memoryId, String text) {
        requireText(text);
        EntityId id = parse(memoryId);
        try (Residents.Lease lease = lease(id)) {
            Resident resident = lease.resident();
            StoredMessage corrected = forgetting.correct(resident, id.seq(), message -> isIt(message, id), text);
            if (corrected == null) {
                throw unknown();
            }
            embed.accept(resident, corrected);
            return view(resident.key(), corrected, resident.head().companion());
        }
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

    private static Memory view(RelationshipKey key, StoredMessage message, String companion) {
        EntityId id = message.id(EntityId.Kind.MEMORY, key.partition(), key.ordinal());
        String external = message.externalId();
        String speaker = message.speaker();
        return new Memory(
                id.toString(),
                "episodic",
                message.text(),
                message.said(),
                message.times(),
                speaker != null ? speaker : message.origin().byUser() ? "user" : companion,
                List.of(
                        external != null
                                ? external
                                : id.as(EntityId.Kind.MESSAGE).toString()));
    }
}
