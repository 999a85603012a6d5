package dev.hearth.client.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a turn. Ids, no text.
 *
 * @param extraction what it took to extract facts from what was said up to this turn, beside its own usage; null where
 *     nothing was extracted behind it
 */
public record TurnTrace(
        String id,
        TurnStatus status,
        String voice,
        List<Step> steps,
        List<Section> sections,
        List<Recalled> recalled,
        List<String> degraded,
        List<String> carriedOver,
        Usage usage,
        @Nullable Usage extraction) {
    public TurnTrace {
        steps = List.copyOf(steps);
        sections = List.copyOf(sections);
        recalled = List.copyOf(recalled);
        degraded = List.copyOf(degraded);
        carriedOver = List.copyOf(carriedOver);
    }
}
