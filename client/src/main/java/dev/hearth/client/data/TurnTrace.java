package dev.hearth.client.data;

import java.util.List;

/** The ledger of a turn. Ids, no text. */
public record TurnTrace(
        String id,
        TurnStatus status,
        String voice,
        List<Step> steps,
        List<Section> sections,
        List<Recalled> recalled,
        List<String> degraded,
        Usage usage) {
    public TurnTrace {
        steps = List.copyOf(steps);
        sections = List.copyOf(sections);
        recalled = List.copyOf(recalled);
        degraded = List.copyOf(degraded);
    }
}
