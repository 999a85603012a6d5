package dev.hearth.spring.ai;

import dev.hearth.client.HearthClient;
import dev.hearth.conversation.Conversations;
import java.util.List;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.messages.Message;

/**
 * Spring AI's chat memory, kept by Hearth: for an application that calls a model of its own.
 *
 * <p>The conversation id is {@code companion:user} or {@code rel_...}. It decides whose memories are read: take it from a
 * login. The companion must exist; the user and the relationship are made where they are missing.
 *
 * <ul>
 *   <li>{@link #get} gives the last messages of the relationship, said here or at any other door, and what the turn under
 *       way needs.
 *   <li>{@link #add} records a turn when its reply arrives: what the user said since the last reply, and the reply. Then it
 *       is durable, and recorded once however often it is tried again. System messages, calls of tools and their results,
 *       pictures and files are never remembered; they are held in memory while they are needed. Of longer messages the
 *       first 32,768 characters are.
 *   <li>{@link #clear} begins a new conversation and forgets nothing. What is to be forgotten is deleted by the client: a
 *       memory, a relationship, a user.
 * </ul>
 *
 * <p>Every method throws as {@link HearthClient} does. Safe for many threads; what two calls say in one conversation at
 * the same time may become one turn.
 */
public final class HearthChatMemory implements ChatMemory {

    private static final int DEFAULT_WINDOW = 20;

    private final Conversations<Message> conversations;
    private final int window;

    /** Gives the last twenty messages. */
    public HearthChatMemory(HearthClient hearth) {
        this(hearth, DEFAULT_WINDOW);
    }

    /**
     * Gives as many messages as wanted.
     *
     * @param hearth stays its owner's to close
     * @param window how many messages of turns {@link #get} gives at most, 1 to 200
     */
    public HearthChatMemory(HearthClient hearth, int window) {
        if (window < 1 || window > 200) {
            throw new IllegalArgumentException("window must be 1 to 200; " + window + " is not.");
        }
        this.conversations = new Conversations<>(hearth, new SpringMessages());
        this.window = window;
    }

    @Override
    public void add(String conversationId, List<Message> messages) {
        conversations.of(conversationId).add(messages);
    }

    @Override
    public List<Message> get(String conversationId) {
        return conversations.of(conversationId).window(window);
    }

    @Override
    public void clear(String conversationId) {
        conversations.of(conversationId).clear();
    }
}
