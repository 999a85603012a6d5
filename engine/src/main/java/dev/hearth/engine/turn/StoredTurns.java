package dev.hearth.engine.turn;

import dev.hearth.engine.relationship.Message;

/** Reads stored turns for other rooms. */
public final class StoredTurns {

    private StoredTurns() {}

    /** The ledger in a stored turn's bytes. */
    public static TurnTrace trace(byte[] bytes) {
        return TurnRecord.decode(bytes).trace();
    }

    /** How a stored turn ended; cheap. */
    public static Message.Status status(byte[] bytes) {
        return TurnRecord.status(bytes);
    }
}
