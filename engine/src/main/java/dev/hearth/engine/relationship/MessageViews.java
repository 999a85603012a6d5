package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.partition.Vault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows stored messages as their owner sees them. How a turn ended shows in the reply, which stands beside its message;
 * only for those without one the turns' records are read, all at once, and only as long as these are kept: later such a
 * message counts as failed.
 */
final class MessageViews {

    /** As many keys as one read takes. */
    private static final int TOGETHER = 100;

    private final Vault vault;
    private final History history;
    private final Budgets budgets;
    private final Function<byte[], Message.Status> turnStatus;

    /**
     * Wires the views.
     *
     * @param turnStatus how the turn in a turn record's bytes ended; throws a codec's exception for what is none
     */
    MessageViews(Vault vault, History history, Budgets budgets, Function<byte[], Message.Status> turnStatus) {
        this.vault = vault;
        this.history = history;
        this.budgets = budgets;
        this.turnStatus = turnStatus;
    }

    /**
     * The first {@code count} messages of a run, in its order.
     *
     * @param run in the order of the seqs, up or down; one more than is shown saves a read
     */
    List<Message> of(RelationshipKey key, Head head, List<StoredMessage> run, int count) {
        Map<Long, StoredMessage> atHand = new HashMap<>();
        run.forEach(message -> atHand.put(message.seq(), message));
        List<StoredMessage> shown = run.subList(0, Math.min(count, run.size()));
        Map<Long, Message.Status> known = new HashMap<>();
        Set<String> unanswered = new LinkedHashSet<>();
        for (StoredMessage message : shown) {
            Message.Status status = status(key, head, message, atHand);
            if (status != null) {
                known.put(message.seq(), status);
            } else if (message.turn() != null) {
                unanswered.add(message.turn());
            }
        }
        Map<String, Message.Status> ended = ended(key, List.copyOf(unanswered));
        return shown.stream()
                .map(message -> {
                    Message.Status status = known.get(message.seq());
                    return view(
                            key,
                            message,
                            status != null ? status : ended.getOrDefault(message.turn(), Message.Status.FAILED));
                })
                .toList();
    }

    private static Message view(RelationshipKey key, StoredMessage message, Message.Status status) {
        String turn = message.turn();
        return new Message(
                message.id(EntityId.Kind.MESSAGE, key.partition(), key.ordinal())
                        .toString(),
                message.seq(),
                message.role(),
                message.speaker(),
                message.text(),
                message.said(),
                turn == null
                        ? null
                        : EntityId.parseUlid(EntityId.Kind.TURN, key.partition(), turn)
                                .map(EntityId::toString)
                                .orElse(null),
                status);
    }

    /** What the messages tell; null where the turn has no reply. */
    private Message.@Nullable Status status(
            RelationshipKey key, Head head, StoredMessage message, Map<Long, StoredMessage> atHand) {
        return switch (message.origin()) {
            case USER_IMPORT, COMPANION_IMPORT -> Message.Status.IMPORTED;
            case COMPANION_TURN -> Message.Status.COMPLETED;
            case COMPANION_INTERRUPTED -> Message.Status.INTERRUPTED;
            case DERIVED -> throw new IllegalArgumentException("What was derived is no message.");
            case USER_TURN -> {
                Claim claim = head.claim();
                if (claim != null && claim.turn().equals(message.turn())) {
                    yield Message.Status.OPEN;
                }
                long after = message.seq() + 1;
                StoredMessage reply = atHand.get(after);
                if (reply == null && after < head.nextSeq()) {
                    reply = history.tryFind(key, after);
                }
                if (reply == null || reply.turn() == null || !reply.turn().equals(message.turn())) {
                    yield null;
                }
                yield reply.origin() == StoredMessage.Origin.COMPANION_INTERRUPTED
                        ? Message.Status.INTERRUPTED
                        : Message.Status.COMPLETED;
            }
        };
    }

    private Map<String, Message.Status> ended(RelationshipKey key, List<String> turns) {
        Map<String, Message.Status> ended = new HashMap<>();
        for (int from = 0; from < turns.size(); from += TOGETHER) {
            List<String> keys = new ArrayList<>();
            turns.subList(from, Math.min(turns.size(), from + TOGETHER)).forEach(turn -> keys.add(key.turn(turn)));
            for (Opened record : vault.tryAll(key.partition(), keys, budgets.store())) {
                Message.Status status = Damage.read(key, record, turnStatus);
                if (status != null) {
                    ended.put(record.key().substring(key.turns().length()), status);
                }
            }
        }
        return ended;
    }
}
