package dev.hearth.engine.turn;

import org.jspecify.annotations.Nullable;

/**
 * What a client sets around a message. None of it is remembered.
 *
 * @param scene words of the application on the situation, quoted in the prompt within a budget; empty for none
 * @param conversation the client's own conversation; where the last turn has the same one, that turn is replaced. Null
 *     for clients that keep none
 * @param maxTokens how long the reply may be at most, at least 1; the plan's limit holds as well. Null for the plan's
 */
public record Framing(
        String scene,
        @Nullable ClientConversation conversation,
        @Nullable Integer maxTokens) {

    public static final Framing NONE = new Framing("", null, null);

    int replyTokens(int plan) {
        return maxTokens == null ? plan : Math.min(plan, maxTokens);
    }
}
