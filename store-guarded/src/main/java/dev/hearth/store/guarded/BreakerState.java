package dev.hearth.store.guarded;

/** Whether a store is asked. */
public enum BreakerState {
    /** Every call is let through. */
    CLOSED,
    /** One call is let through to try. */
    HALF_OPEN,
    /** No call is let through. */
    OPEN
}
