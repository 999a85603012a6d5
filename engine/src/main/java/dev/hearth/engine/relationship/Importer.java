package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.OpaqueNames;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import dev.hearth.spi.EmbedderException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over another history, run by run: a run of messages and their vectors is one durable write, so that an import
 * that is cut off is continued by sending it again.
 */
public final class Importer {

    private static final Logger log = LoggerFactory.getLogger(Importer.class);
    private static final int TRIES = 4;

    private static final int MAX_MESSAGES = 1_000;
    private static final int RUN_MESSAGES = 24;
    private static final int RUN_CHARACTERS = 8_192;

    /** The session of what was remembered at an application's word, which no conversation is in. */
    static final String REMEMBERED = "remembered";

    private static final Duration EMBEDDING = Duration.ofMinutes(2);

    private final Addresses addresses;
    private final Journal journal;
    private final History history;
    private final OpaqueNames names;
    private final @Nullable Embedder embedder;
    private final Sessions sessions;
    private final Users users;
    private final Budgets budgets;
    private final RandomGenerator random;

    Importer(
            Addresses addresses,
            Journal journal,
            History history,
            OpaqueNames names,
            @Nullable Embedder embedder,
            Sessions sessions,
            Users users,
            Budgets budgets,
            RandomGenerator random) {
        this.addresses = addresses;
        this.journal = journal;
        this.history = history;
        this.names = names;
        this.embedder = embedder;
        this.sessions = sessions;
        this.users = users;
        this.budgets = budgets;
        this.random = random;
    }

    /** A message that may be new; the hash stands for its external id, 0 for none. */
    private record Candidate(Imported message, long hash) {}

    /** What a stored run is told as. */
    private interface Telling {
        Happening of(RelationshipKey key, List<StoredMessage> run);
    }

    ImportResult run(String relationship, List<Imported> messages) {
        if (messages.size() > MAX_MESSAGES) {
            throw new Problem(
                    Code.TOO_LARGE,
                    "An import holds up to 1,000 messages; this one has " + messages.size() + ". Send it in parts.");
        }
        List<Candidate> fresh = null;
        int from = 0;
        int imported = 0;
        for (int behind = 0; behind < TRIES; behind++) {
            try (Residents.Lease lease = addresses.lease(relationship)) {
                Resident resident = lease.resident();
                fresh = fresh == null ? fresh(resident, messages) : fresh;
                while (from < fresh.size()) {
                    int to = endOfRun(fresh, from);
                    imported += store(
                                    resident,
                                    fresh.subList(from, to),
                                    (key, stored) -> Happening.imported(stored.size()))
                            .size();
                    from = to;
                }
                return new ImportResult(imported, messages.size() - imported);
            } catch (Journal.Behind again) {
                log.debug("A relationship was changed during an import, which goes on where it was.");
            }
        }
        throw new Problem(
                Code.CONFLICT,
                "The relationship was changed by another server during the import. Send it again: what was stored"
                        + " is not stored twice.");
    }

    /**
     * Takes over one statement in a session of its own. The message that was stored; where the external id was taken
     * over before, the one that was stored then.
     */
    public StoredMessage remember(
            Resident resident, @Nullable String speaker, String text, Instant said, @Nullable String externalId) {
        Imported statement = new Imported(externalId, Message.Role.USER, speaker, REMEMBERED, text, said);
        try {
            List<Candidate> fresh = fresh(resident, List.of(statement));
            List<StoredMessage> stored = fresh.isEmpty() ? List.of() : store(resident, fresh, Importer::remembered);
            return stored.isEmpty() ? before(resident, statement) : stored.getFirst();
        } catch (Journal.Behind behind) {
            throw new Problem(
                    Code.CONFLICT,
                    "The relationship was changed by another server at the same time; send it again.",
                    behind);
        }
    }

    private static Happening remembered(RelationshipKey key, List<StoredMessage> run) {
        return Happening.of(
                Happening.Type.MEMORY_CREATED, run.getFirst().id(EntityId.Kind.MEMORY, key.partition(), key.ordinal()));
    }

    private StoredMessage before(Resident resident, Imported statement) {
        long seq;
        resident.enter(budgets.background());
        try {
            seq = resident.seqOf(hash(resident, statement));
        } finally {
            resident.leave();
        }
        StoredMessage stored = seq == 0 ? null : history.find(resident.key(), seq);
        if (stored == null || stored.deleted()) {
            throw new Problem(
                    Code.CONFLICT,
                    "What came under this external_id was forgotten. Remember it under another, or under none.");
        }
        return stored;
    }

    private long hash(Resident resident, Imported message) {
        if (message.externalId() == null) {
            return 0;
        }
        long hash = names.hash(resident.key().partition(), message.externalId());
        return hash == 0 ? 1 : hash;
    }

    private List<Candidate> fresh(Resident resident, List<Imported> messages) {
        Set<Long> seen = new HashSet<>();
        List<Candidate> fresh = new ArrayList<>();
        resident.enter(budgets.background());
        try {
            for (Imported message : messages) {
                long hash = hash(resident, message);
                if (hash == 0 || (seen.add(hash) && !resident.imported(hash))) {
                    fresh.add(new Candidate(message, hash));
                }
            }
        } finally {
            resident.leave();
        }
        return fresh;
    }

    private static int endOfRun(List<Candidate> fresh, int from) {
        int to = from;
        int characters = 0;
        while (to < fresh.size() && to - from < RUN_MESSAGES) {
            characters += fresh.get(to).message().text().length();
            if (to > from && characters > RUN_CHARACTERS) {
                break;
            }
            to++;
        }
        return to;
    }

    /** Stores one run; embedding comes first, so that turns of the relationship do not wait for it. */
    private List<StoredMessage> store(Resident resident, List<Candidate> run, Telling telling) {
        List<List<QuantizedVector>> vectors = embed(run);
        ZoneId zone = users.zone(resident.key().partition());
        resident.enter(budgets.background());
        try {
            if (resident.stale()) {
                throw new Journal.Behind();
            }
            Instant now = budgets.clock().now();
            Head head = resident.head();
            Keeping keeping = journal.keeping(resident);
            List<StoredMessage> messages = new ArrayList<>();
            List<VectorBlock.Embedded> embedded = new ArrayList<>();
            for (int i = 0; i < run.size(); i++) {
                Candidate candidate = run.get(i);
                if (resident.imported(candidate.hash())) {
                    continue;
                }
                Imported message = candidate.message();
                head = head.withImports(sessions.imported(head, message.time(), message.session()));
                messages.add(stored(head, candidate, now).timed(zone));
                boolean memory = keeping.add(messages.getLast());
                if (memory && !vectors.isEmpty()) {
                    embedded.add(new VectorBlock.Embedded(head.nextSeq(), vectors.get(i)));
                }
                head = head.appended(1, memory ? 1 : 0);
            }
            if (messages.isEmpty()) {
                return messages;
            }
            long first = messages.getFirst().seq();
            Batch batch = new Batch().create(resident.key().messages(first), new MessageBlock(messages).encode());
            if (embedder != null && !embedded.isEmpty()) {
                VectorBlock block = new VectorBlock(embedder.id(), embedded);
                batch.put(resident.key().vectors(first), 1, block.encode(), null);
            }
            keeping.into(batch);
            journal.advance(resident, head, batch, List.of(telling.of(resident.key(), messages)));
            keeping.settle();
            resident.admit(messages);
            embedded.forEach(message -> resident.index().quantizedVectors(message.seq(), message.windows()));
            return messages;
        } finally {
            resident.leave();
        }
    }

    private StoredMessage stored(Head head, Candidate candidate, Instant now) {
        Imported message = candidate.message();
        return new StoredMessage(
                head.nextSeq(),
                now.toEpochMilli(),
                random.nextInt(EntityId.SALTS),
                message.role() == Message.Role.USER
                        ? StoredMessage.Origin.USER_IMPORT
                        : StoredMessage.Origin.COMPANION_IMPORT,
                message.speaker(),
                head.imports().ordinal(),
                message.text(),
                message.time(),
                null,
                message.externalId(),
                candidate.hash(),
                false);
    }

    private List<List<QuantizedVector>> embed(List<Candidate> run) {
        if (embedder == null) {
            return List.of();
        }
        List<String> texts = run.stream()
                .map(Candidate::message)
                .map(message -> StoredMessage.spoken(message.speaker(), message.text()))
                .toList();
        try {
            return embedder.embed(texts, Deadline.after(budgets.clock(), EMBEDDING)).stream()
                    .map(windows -> windows.stream().map(QuantizedVector::of).toList())
                    .toList();
        } catch (EmbedderException failure) {
            throw new Problem(
                    Code.OVERLOADED,
                    "The embedder is too busy for this import. Send it again: what was stored is not stored twice.",
                    failure);
        }
    }
}
