package dev.hearth.engine.prompt;

import dev.hearth.spi.ChatRequest;
import java.util.List;
import java.util.Set;

/**
 * A composed prompt.
 *
 * @param messages system message, history, new message with its context
 * @param sections what each section took, in their order in the prompt
 * @param memories the seqs of the memories it holds
 */
public record Prompt(List<ChatRequest.Message> messages, List<Section> sections, Set<Long> memories) {

    public Prompt {
        messages = List.copyOf(messages);
        sections = List.copyOf(sections);
        memories = Set.copyOf(memories);
    }

    /** What a section took and what it may take, in estimated tokens; {@code cut} is what was left out. */
    public record Section(String name, int tokens, int budget, int cut) {}
}
