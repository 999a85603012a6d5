package dev.hearth.engine.turn;

/**
 * What a client that keeps a conversation of its own held when it sent a message. It tells a repetition from somebody
 * who says the same thing twice. The words themselves are not kept.
 *
 * @param before a digest of everything before the new message; empty where there was nothing
 * @param whole a digest of all of it, the new message included
 */
public record ClientConversation(String before, String whole) {

    /** Whether this one is the other sent again, word for word. */
    boolean repeats(ClientConversation earlier) {
        return whole.equals(earlier.whole);
    }

    /** Whether this one has other words in the other's place, after a common beginning. */
    boolean edits(ClientConversation earlier) {
        return !before.isEmpty() && before.equals(earlier.before) && !whole.equals(earlier.whole);
    }
}
