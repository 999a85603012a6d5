package dev.hearth.engine.memory;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.recall.Standing;
import dev.hearth.engine.relationship.History;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.spi.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows stored messages as the memories they are. Reads what they refer to, all at once. */
final class MemoryViews {

    private static final Logger log = LoggerFactory.getLogger(MemoryViews.class);

    /** Of what was said often, the first and the newest messages are named. */
    private static final int MOST_SOURCES = 20;

    private static final int MOST_READ = 100;

    private final History history;

    MemoryViews(History history) {
        this.history = history;
    }

    /** The same where what they refer to is left out that cannot be read now: a search is worth more than its sources. */
    List<Memory> atHand(Resident resident, Collection<StoredMessage> messages, Deadline deadline) {
        try {
            return of(resident, messages, deadline);
        } catch (Problem away) {
            log.debug("What memories refer to is left out: {}", away.getMessage());
            return messages.stream()
                    .map(message -> view(resident, message, Map.of()))
                    .toList();
        }
    }

    /** The memories, in the order of the messages. */
    List<Memory> of(Resident resident, Collection<StoredMessage> messages, Deadline deadline) {
        TreeSet<Long> referred = new TreeSet<>();
        for (StoredMessage message : messages) {
            Standing standing = resident.index().standing(message.seq());
            referred.addAll(others(standing));
            referred.add(standing.supersededBy());
            referred.add(standing.supersedes());
        }
        referred.remove(0L);
        Map<Long, StoredMessage> read = new TreeMap<>();
        List<Long> seqs = List.copyOf(referred);
        for (int from = 0; from < seqs.size(); from += MOST_READ) {
            read.putAll(history.read(resident, seqs.subList(from, Math.min(seqs.size(), from + MOST_READ)), deadline));
        }
        return messages.stream().map(message -> view(resident, message, read)).toList();
    }

    /** What was said is an episode, what was made from it a fact. */
    static String kind(StoredMessage message) {
        return message.derived() ? "semantic" : "episodic";
    }

    /** The messages beside its own that a memory comes from. */
    private static List<Long> others(Standing standing) {
        return newest(standing.sources().isEmpty() ? standing.copies() : standing.sources());
    }

    private static List<Long> newest(List<Long> copies) {
        return copies.subList(Math.max(0, copies.size() - MOST_SOURCES + 1), copies.size());
    }

    private static Memory view(Resident resident, StoredMessage message, Map<Long, StoredMessage> read) {
        RelationshipKey key = resident.key();
        Standing standing = resident.index().standing(message.seq());
        List<StoredMessage> sources = new ArrayList<>(message.derived() ? List.of() : List.of(message));
        for (long other : others(standing)) {
            StoredMessage source = read.get(other);
            if (source != null) {
                sources.add(source);
            }
        }
        String speaker = message.speaker();
        String turn = sources.isEmpty() ? null : sources.getFirst().turn();
        Instant last = standing.lastSaid();
        return new Memory(
                memoryId(key, message),
                kind(message),
                message.text(),
                message.said(),
                message.times(),
                speaker != null
                        ? speaker
                        : message.origin().byUser() ? "user" : resident.head().companion(),
                sources.stream().map(source -> externalId(key, source)).toList(),
                new Memory.Provenance(
                        sources.stream().map(source -> messageId(key, source)).toList(),
                        turn == null
                                ? null
                                : EntityId.parseUlid(EntityId.Kind.TURN, key.partition(), turn)
                                        .map(EntityId::toString)
                                        .orElse(null)),
                new Memory.Standing(
                        standing.count(),
                        last == null ? message.said() : last,
                        standing.pinned(),
                        standing.correction(),
                        referred(key, standing.supersededBy(), read),
                        referred(key, standing.supersedes(), read)));
    }

    private static @Nullable String referred(RelationshipKey key, long seq, Map<Long, StoredMessage> read) {
        StoredMessage message = read.get(seq);
        return message == null ? null : memoryId(key, message);
    }

    private static String memoryId(RelationshipKey key, StoredMessage message) {
        return message.id(EntityId.Kind.MEMORY, key.partition(), key.ordinal()).toString();
    }

    private static String messageId(RelationshipKey key, StoredMessage message) {
        return message.id(EntityId.Kind.MESSAGE, key.partition(), key.ordinal()).toString();
    }

    private static String externalId(RelationshipKey key, StoredMessage message) {
        String external = message.externalId();
        return external != null ? external : messageId(key, message);
    }
}
