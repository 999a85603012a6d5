package dev.hearth.client.data;

/** How much of a memory that was said more than once is forgotten. */
public enum ForgetScope {
    /** All messages that said it. */
    MEMORY,
    /** Only the first: the next that says the same takes its place. */
    MESSAGE
}
