package dev.hearth.spi;

import java.util.List;

/**
 * What a chat model is asked.
 *
 * @param messages the composed prompt: one system message first, then history, then the new message
 * @param maxTokens how long the reply may be, in the model's tokens
 * @param grounding what the prompt was made from, for a voice that reads no prompts
 */
public record ChatRequest(List<Message> messages, int maxTokens, Grounding grounding) {

    public ChatRequest {
        messages = List.copyOf(messages);
    }

    /** One message of the prompt. */
    public record Message(Role role, String text) {}

    /** Whose message. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }
}
