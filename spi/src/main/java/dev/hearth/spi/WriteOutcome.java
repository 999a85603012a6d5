package dev.hearth.spi;

/** How a conditional write ended. */
public sealed interface WriteOutcome {

    /** Every operation is applied and durable. */
    record Written() implements WriteOutcome {}

    /**
     * A condition did not hold; nothing changed.
     *
     * @param key the key of a condition that failed
     */
    record Conflict(String key) implements WriteOutcome {}
}
