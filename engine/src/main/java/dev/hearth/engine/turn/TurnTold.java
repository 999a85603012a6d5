package dev.hearth.engine.turn;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.relationship.Happening;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.StoredMessage;
import org.jspecify.annotations.Nullable;

/** What a turn's end is told as to who listens. */
final class TurnTold {

    private TurnTold() {}

    static Happening of(
            RelationshipKey key,
            String turn,
            Message.Status status,
            StoredMessage message,
            @Nullable StoredMessage reply) {
        EntityId id = id(key, turn);
        return switch (status) {
            case COMPLETED, INTERRUPTED -> {
                Happening.Type type = status == Message.Status.COMPLETED
                        ? Happening.Type.TURN_COMPLETED
                        : Happening.Type.TURN_INTERRUPTED;
                yield reply == null
                        ? Happening.of(type, id, id(key, message))
                        : Happening.of(type, id, id(key, message), id(key, reply));
            }
            case FAILED -> failed(key, turn);
            case OPEN, IMPORTED -> throw new IllegalArgumentException("A turn does not end as " + status + ".");
        };
    }

    static Happening failed(RelationshipKey key, String turn) {
        return Happening.of(Happening.Type.TURN_FAILED, id(key, turn));
    }

    private static EntityId id(RelationshipKey key, String turn) {
        return EntityId.parseUlid(EntityId.Kind.TURN, key.partition(), turn)
                .orElseThrow(() -> new IllegalStateException("A turn has a broken id."));
    }

    private static EntityId id(RelationshipKey key, StoredMessage message) {
        return message.id(EntityId.Kind.MESSAGE, key.partition(), key.ordinal());
    }
}
