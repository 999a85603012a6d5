package dev.hearth.engine.turn;

import dev.hearth.engine.relationship.Message;
import java.util.List;
import java.util.Map;

/**
 * Why a turn went as it did: the ledger. Ids, no text; kept 30 days.
 *
 * @param voice the model's name, {@code offline}, or empty where nobody spoke
 */
public record TurnTrace(
        String id,
        Message.Status status,
        String voice,
        List<Step> steps,
        List<Section> sections,
        List<Recalled> recalled,
        List<String> degraded,
        TurnUsage usage) {

    public TurnTrace {
        steps = List.copyOf(steps);
        sections = List.copyOf(sections);
        recalled = List.copyOf(recalled);
        degraded = List.copyOf(degraded);
    }

    /** The same turn with another status. */
    TurnTrace as(Message.Status other) {
        return new TurnTrace(id, other, voice, steps, sections, recalled, degraded, usage);
    }

    /**
     * One step of the turn.
     *
     * @param name as in {@code admit}, {@code recall}, {@code speak}
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
