package dev.hearth.engine.prompt;

import dev.hearth.engine.emotion.Emotion;
import dev.hearth.engine.persona.Companion;
import dev.hearth.engine.plan.Plan;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a prompt is made from.
 *
 * @param profile the section on the user, frozen for the session
 * @param history the session so far, oldest first
 * @param memories what was recalled, best first, nothing of which is in {@code history}
 * @param scene what the application says of the situation; empty for nothing
 * @param message the new message
 */
public record PromptInput(
        Companion companion,
        Plan plan,
        String profile,
        List<Line> history,
        List<Line> memories,
        Emotion emotion,
        Instant at,
        ZoneId zone,
        @Nullable Instant lastTurn,
        String scene,
        String message) {

    public PromptInput {
        history = List.copyOf(history);
        memories = List.copyOf(memories);
    }

    /** Something that was said. */
    public record Line(long seq, String speaker, boolean byUser, String text, Instant said) {}
}
