package dev.hearth.engine.recall;

import dev.hearth.engine.when.TimeSpan;
import java.time.Instant;
import java.util.List;

/**
 * A message as recall sees it. The index keeps no text: only terms, places and times of it that ranking uses.
 *
 * @param seq its place in the relationship
 * @param byUser false for what the companion said
 * @param speaker who said it, by name; found as a word of the message is
 * @param session the number of its session; neighbouring messages of one session support each other
 * @param time when it was said
 * @param text the words
 * @param searchable false for what takes a place and is never found
 * @param times the times that the words name
 */
public record IndexedMessage(
        long seq,
        boolean byUser,
        String speaker,
        int session,
        Instant time,
        String text,
        boolean searchable,
        List<TimeSpan> times) {

    public IndexedMessage {
        times = List.copyOf(times);
    }

    /** A message that names no time. */
    public IndexedMessage(
            long seq, boolean byUser, String speaker, int session, Instant time, String text, boolean searchable) {
        this(seq, byUser, speaker, session, time, text, searchable, List.of());
    }
}
