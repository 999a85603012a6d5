/**
 * Chat models behind {@link dev.hearth.spi.ChatModel}: any endpoint that speaks OpenAI's chat completions, Anthropic's
 * messages, and the offline voice that needs no model.
 *
 * <p>The endpoints are spoken to with the JDK's HTTP client on the caller's own thread, so that interrupting it closes
 * the connection at once, whether or not a byte has arrived; {@code llm/README.md} says why no library does it. Nothing
 * here retries, logs, or keeps a user's text.
 */
@NullMarked
package dev.hearth.llm;

import org.jspecify.annotations.NullMarked;
