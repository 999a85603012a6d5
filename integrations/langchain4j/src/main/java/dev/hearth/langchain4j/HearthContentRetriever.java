package dev.hearth.langchain4j;

import dev.hearth.client.HearthClient;
import dev.hearth.client.data.Hit;
import dev.hearth.client.data.Memory;
import dev.hearth.conversation.NamedRelationship;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a relationship remembers that answers a query, best first. Whose memories they are is told by the query's chat
 * memory id, as {@link HearthChatMemoryStore} reads it. What the chat memory holds already is left out.
 *
 * <p>Each content is the words as they were said. Its segment's metadata tell {@value #MEMORY_ID}, {@value #TIME} (when it
 * was said, ISO 8601 in UTC), {@value #SPEAKER} and {@value #KIND}; {@link ContentMetadata#SCORE} is Hearth's score, higher
 * for better and comparable within one answer.
 *
 * <p>Throws as {@link HearthClient} does. Safe for many threads.
 */
public final class HearthContentRetriever implements ContentRetriever {

    public static final String MEMORY_ID = "memory_id";
    public static final String TIME = "time";
    public static final String SPEAKER = "speaker";
    public static final String KIND = "kind";

    private static final int DEFAULT_MOST = 8;
    private static final int MOST = 100;

    private final HearthClient hearth;
    private final int most;

    /** Retrieves up to eight memories. */
    public HearthContentRetriever(HearthClient hearth) {
        this(hearth, DEFAULT_MOST);
    }

    /**
     * Retrieves up to as many memories as given.
     *
     * @param hearth stays its owner's to close
     * @param most how many memories at most, 1 to 100
     */
    public HearthContentRetriever(HearthClient hearth, int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("most must be 1 to 100; " + most + " is not.");
        }
        this.hearth = hearth;
        this.most = most;
    }

    /**
     * Searches once.
     *
     * @throws IllegalArgumentException where the query has no chat memory id, or one that names no relationship
     */
    @Override
    public List<Content> retrieve(Query query) {
        var metadata = query.metadata();
        NamedRelationship relationship =
                NamedRelationship.of(hearth, metadata == null ? null : metadata.chatMemoryId());
        Set<String> held = metadata == null ? Set.of() : held(metadata.chatMemory());
        return relationship.search(query.text(), Math.min(most + held.size(), MOST)).stream()
                .filter(hit -> !held.contains(hit.memory().text()))
                .limit(most)
                .map(HearthContentRetriever::content)
                .toList();
    }

    private static Set<String> held(@Nullable List<ChatMessage> window) {
        Set<String> texts = new HashSet<>();
        for (ChatMessage message : window == null ? List.<ChatMessage>of() : window) {
            if (message instanceof UserMessage user) {
                texts.add(ChatMessages.words(user));
            } else if (message instanceof AiMessage reply && reply.text() != null) {
                texts.add(reply.text());
            }
        }
        return texts;
    }

    private static Content content(Hit hit) {
        Memory memory = hit.memory();
        Metadata metadata = Metadata.from(Map.of(
                MEMORY_ID, memory.memoryId(),
                TIME, memory.time().toString(),
                SPEAKER, memory.speaker(),
                KIND, memory.kind()));
        return Content.from(TextSegment.from(memory.text(), metadata), Map.of(ContentMetadata.SCORE, hit.score()));
    }
}
