package dev.hearth.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt was made from.
 *
 * @param companion the companion's name
 * @param coreTraits who the companion is, as its author wrote it
 * @param style how it speaks, as its author wrote it; may be empty
 * @param exampleLines lines it might say; may be empty
 * @param user what to call the user, or null
 * @param message the new message
 * @param memories what was recalled for it, best first, history in the prompt excluded
 * @param history the messages of the session so far, oldest first, without the new one
 * @param at the moment of the turn
 */
public record Grounding(
        String companion,
        List<String> coreTraits,
        List<String> style,
        List<String> exampleLines,
        @Nullable String user,
        String message,
        List<Remembered> memories,
        List<Remembered> history,
        Instant at) {

    public Grounding {
        coreTraits = List.copyOf(coreTraits);
        style = List.copyOf(style);
        exampleLines = List.copyOf(exampleLines);
        memories = List.copyOf(memories);
        history = List.copyOf(history);
    }

    /**
     * Something that was said.
     *
     * @param speaker the name of who said it
     * @param byUser whether the user said it
     * @param text the words
     * @param said when
     * @param score how like in meaning it is to the new message, in [0, 1]: the cosine of their vectors, 0 where
     *     there is none; 1 for history
     */
    public record Remembered(String speaker, boolean byUser, String text, Instant said, double score) {}
}
