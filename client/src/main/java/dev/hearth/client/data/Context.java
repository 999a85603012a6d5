package dev.hearth.client.data;

import java.util.List;

/**
 * A composed prompt.
 *
 * @param contextToken handed back with the reply; valid for an hour
 * @param recalled ids of memories
 */
public record Context(
        String contextToken,
        List<PromptMessage> messages,
        int maxTokens,
        List<String> recalled,
        List<Section> sections,
        List<String> degraded) {
    public Context {
        messages = List.copyOf(messages);
        recalled = List.copyOf(recalled);
        sections = List.copyOf(sections);
        degraded = List.copyOf(degraded);
    }
}
