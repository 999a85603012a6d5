package dev.hearth.engine.turn;

import dev.hearth.spi.ChatReply;

/**
 * What was answered without remembering anything.
 *
 * @param text the answer
 * @param finish why it ended
 * @param voice the model's name, or {@code offline}
 */
public record Aside(String text, ChatReply.Finish finish, String voice, TurnUsage usage) {}
