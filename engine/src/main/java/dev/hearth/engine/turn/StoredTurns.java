package dev.hearth.engine.turn;

import dev.hearth.engine.relationship.Message;
import java.time.Instant;

/** Stored turns for other rooms. */
public final class StoredTurns {

    private StoredTurns() {}

    /** The ledger in a stored turn's bytes. */
    public static TurnTrace trace(byte[] bytes) {
        return TurnRecord.decode(bytes).trace();
    }

    /**
     * The bytes of a turn's ledger with the step that extracted behind the turn.
     *
     * @param took what that step spent, beside the turn's own usage
     */
    public static byte[] extracted(byte[] bytes, TurnTrace.Step step, TurnUsage took) {
        return TurnRecord.decode(bytes).extracted(step, took).encode();
    }

    /** Until when the ledger of a turn is kept that began then. */
    public static Instant keptUntil(Instant begun) {
        return Admission.keptUntil(begun);
    }

    /** How a stored turn ended; cheap. */
    public static Message.Status status(byte[] bytes) {
        return TurnRecord.status(bytes);
    }
}
