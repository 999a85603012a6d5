package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.kernel.codec.CodecException;
import java.util.List;

/**
 * Something that changed in a relationship, to be told to who listens: ids, no text.
 *
 * @param type what happened
 * @param ids what it happened to, in the order of the type's fields; the last ones may be missing
 * @param count how many, for a type that counts; otherwise 0
 * @param dropped how many were not taken, for a type that counts both; otherwise 0
 */
public record Happening(Type type, List<EntityId> ids, int count, int dropped) {

    public Happening {
        ids = List.copyOf(ids);
        if (ids.size() > type.fields.size()) {
            throw new IllegalArgumentException(type + " names at most " + type.fields.size() + " ids.");
        }
    }

    /** One id of a happening. */
    public record Field(String name, EntityId.Kind kind) {
        private static final Field TURN = new Field("turn_id", EntityId.Kind.TURN);
        private static final Field USER_MESSAGE = new Field("user_message_id", EntityId.Kind.MESSAGE);
        private static final Field REPLY = new Field("message_id", EntityId.Kind.MESSAGE);
        private static final Field MEMORY = new Field("memory_id", EntityId.Kind.MEMORY);
        private static final Field REPLACED = new Field("replaced_memory_id", EntityId.Kind.MEMORY);
    }

    /** What can happen. */
    @SuppressWarnings("ImmutableEnumChecker") // the list is an immutable one
    public enum Type {
        TURN_COMPLETED(1, "turn.completed", Field.TURN, Field.USER_MESSAGE, Field.REPLY),
        /** The part of a reply that was kept, if one was, is its message. */
        TURN_INTERRUPTED(2, "turn.interrupted", Field.TURN, Field.USER_MESSAGE, Field.REPLY),
        /** Its message is kept, and the turn may still be taken up and completed. */
        TURN_FAILED(3, "turn.failed", Field.TURN),
        MEMORY_CREATED(4, "memory.created", Field.MEMORY),
        MEMORY_CORRECTED(5, "memory.corrected", Field.MEMORY, Field.REPLACED),
        MEMORY_DELETED(6, "memory.deleted", Field.MEMORY),
        /** One part of an import: an import is stored in parts, each with its own event. */
        MESSAGES_IMPORTED(7, "messages.imported"),
        /** Facts that were made from what was said up to this turn, and how many were refused. */
        MEMORY_EXTRACTED(8, "memory.extracted", Field.TURN);

        private final int stored;
        private final String wire;
        private final List<Field> fields;

        Type(int stored, String wire, Field... fields) {
            this.stored = stored;
            this.wire = wire;
            this.fields = List.of(fields);
        }

        /** The public name, as in {@code turn.completed}. */
        public String wire() {
            return wire;
        }

        public List<Field> fields() {
            return fields;
        }

        int stored() {
            return stored;
        }

        static Type of(long stored) {
            for (Type type : values()) {
                if (type.stored == stored) {
                    return type;
                }
            }
            throw new CodecException("No event is of the type " + stored + ".");
        }
    }

    public static Happening of(Type type, EntityId... ids) {
        return new Happening(type, List.of(ids), 0, 0);
    }

    public static Happening imported(int count) {
        return new Happening(Type.MESSAGES_IMPORTED, List.of(), count, 0);
    }

    static Happening extracted(EntityId turn, int kept, int dropped) {
        return new Happening(Type.MEMORY_EXTRACTED, List.of(turn), kept, dropped);
    }
}
