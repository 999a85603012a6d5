package dev.hearth.engine.turn;

import dev.hearth.engine.relationship.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a turn went as it did: the ledger. Ids, no text; kept 30 days.
 *
 * @param voice the model's name, {@code offline}, or empty where nobody spoke
 * @param carriedOver the ids of memories in the prompt that an earlier turn asked for and that came too late for it
 * @param extraction what it took to extract facts from what was said up to this turn, beside the turn's own usage; null
 *     where nothing was extracted behind it
 */
public record TurnTrace(
        String id,
        Message.Status status,
        String voice,
        List<Step> steps,
        List<Section> sections,
        List<Recalled> recalled,
        List<String> degraded,
        List<String> carriedOver,
        TurnUsage usage,
        @Nullable TurnUsage extraction) {

    /** A turn to which nothing was carried over, and behind which nothing was extracted. */
    public TurnTrace(
            String id,
            Message.Status status,
            String voice,
            List<Step> steps,
            List<Section> sections,
            List<Recalled> recalled,
            List<String> degraded,
            TurnUsage usage) {
        this(id, status, voice, steps, sections, recalled, degraded, List.of(), usage, null);
    }

    public TurnTrace {
        steps = List.copyOf(steps);
        sections = List.copyOf(sections);
        recalled = List.copyOf(recalled);
        degraded = List.copyOf(degraded);
        carriedOver = List.copyOf(carriedOver);
    }

    /** The same turn with memories in its prompt that came too late for the turn before. */
    TurnTrace carriedOver(List<String> memories) {
        return new TurnTrace(id, status, voice, steps, sections, recalled, degraded, memories, usage, extraction);
    }

    /** The same turn with another status. */
    TurnTrace as(Message.Status other) {
        return new TurnTrace(id, other, voice, steps, sections, recalled, degraded, carriedOver, usage, extraction);
    }

    /** The same turn with the step that extracted behind it, and what that took. */
    TurnTrace extracted(Step step, TurnUsage took) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new TurnTrace(id, status, voice, more, sections, recalled, degraded, carriedOver, usage, took);
    }

    /**
     * One step of the turn.
     *
     * @param name as in {@code admit}, {@code recall}, {@code speak}, {@code extract}
     * @param millis what it took
     * @param budgetMillis what it may take, 0 for no budget of its own
     * @param outcome {@code ok}, {@code late}, {@code failed} or {@code skipped}
     */
    public record Step(String name, double millis, long budgetMillis, String outcome) {}

    /**
     * One section of the prompt.
     *
     * @param tokens what it took, estimated
     * @param budget what it may take
     * @param cut tokens left out for lack of budget
     */
    public record Section(String name, int tokens, int budget, int cut) {}

    /** One memory that the prompt held, and why. */
    public record Recalled(String memoryId, double score, Map<String, Double> parts) {}
}
