package dev.hearth.engine.persona;

import java.util.List;

/**
 * Who a companion is, as its author wrote it.
 *
 * @param coreTraits what never changes, a phrase each
 * @param backstory where it comes from; may be empty
 * @param style how it speaks, a phrase each
 * @param exampleLines lines it might say
 * @param document the author's whole document as JSON, kept as it came and answered again
 */
public record Personality(
        List<String> coreTraits, String backstory, List<String> style, List<String> exampleLines, String document) {

    public Personality {
        coreTraits = List.copyOf(coreTraits);
        style = List.copyOf(style);
        exampleLines = List.copyOf(exampleLines);
    }

    /** A companion of whom no more is said than what never changes; its document stays empty. */
    public static Personality of(String... coreTraits) {
        return new Personality(List.of(coreTraits), "", List.of(), List.of(), "{}");
    }
}
