package dev.hearth.engine.turn;

import dev.hearth.spi.ChatRequest;
import java.util.List;

/**
 * A prompt for an application that calls its own model.
 *
 * @param token hand it back with the reply; valid for an hour, opaque
 * @param messages the prompt
 * @param maxTokens how long the plan allows the reply to be
 * @param recalled memory ids in the prompt
 * @param sections what each section took
 */
public record ComposedContext(
        String token,
        List<ChatRequest.Message> messages,
        int maxTokens,
        List<String> recalled,
        List<TurnTrace.Section> sections,
        List<String> degraded) {}
