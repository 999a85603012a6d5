package dev.hearth.engine.turn;

/** Reads stored turns for other rooms. */
public final class StoredTurns {

    private StoredTurns() {}

    /** The ledger in a stored turn's bytes. */
    public static TurnTrace trace(byte[] bytes) {
        return TurnRecord.decode(bytes).trace();
    }
}
