package dev.hearth.langchain4j;

import dev.hearth.client.HearthClient;
import dev.hearth.conversation.Conversations;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.util.List;

/**
 * LangChain4j's chat memory, kept by Hearth: for an application that calls a model of its own.
 *
 * <p>The memory id is {@code companion:user} or {@code rel_...}. It decides whose memories are read: take it from a login.
 * The companion must exist; the user and the relationship are made where they are missing.
 *
 * <ul>
 *   <li><b>Reading</b> gives the last 200 messages of the relationship, said here or at any other door; a
 *       {@code MessageWindowChatMemory} keeps as many as it has room for.
 *   <li><b>A turn</b> is recorded when its reply arrives: what the user said since the last reply, and the reply. Then it is
 *       durable, and recorded once however often it is tried again. System messages, calls of tools and their results,
 *       pictures and files are never remembered; they are held in memory while they are needed. Of longer messages the
 *       first 32,768 characters are.
 *   <li><b>Deleting</b> begins a new conversation and forgets nothing. What is to be forgotten is deleted by the client:
 *       a memory, a relationship, a user.
 * </ul>
 *
 * <p>Build AI services with {@code storeRetrievedContentInChatMemory(false)}: otherwise LangChain4j hands over what was
 * retrieved as the words of the user.
 *
 * <p>Every method throws as {@link HearthClient} does. Safe for many threads; of one memory id LangChain4j itself wants
 * one call at a time.
 */
public final class HearthChatMemoryStore implements ChatMemoryStore {

    private static final int WINDOW = 200;

    private final Conversations<ChatMessage> conversations;

    /**
     * Asks nothing yet.
     *
     * @param hearth stays its owner's to close
     */
    public HearthChatMemoryStore(HearthClient hearth) {
        this.conversations = new Conversations<>(hearth, new ChatMessages());
    }

    @Override
    public List<ChatMessage> getMessages(Object memoryId) {
        return conversations.of(memoryId).window(WINDOW);
    }

    @Override
    public void updateMessages(Object memoryId, List<ChatMessage> messages) {
        conversations.of(memoryId).replace(messages);
    }

    @Override
    public void deleteMessages(Object memoryId) {
        conversations.of(memoryId).clear();
    }
}
