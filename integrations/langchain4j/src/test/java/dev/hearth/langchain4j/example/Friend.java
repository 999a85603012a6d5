package dev.hearth.langchain4j.example;

import dev.hearth.client.HearthClient;
import dev.hearth.langchain4j.HearthChatMemoryStore;
import dev.hearth.langchain4j.HearthContentRetriever;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.content.injector.DefaultContentInjector;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import java.util.List;

/** Talks with a model of the application's own, and remembers with Hearth. */
public interface Friend {

    @SystemMessage("You are Nora, dry and loyal.")
    String reply(@MemoryId String relationship, @UserMessage String text);

    static Friend with(ChatModel model, HearthClient hearth) {
        var store = new HearthChatMemoryStore(hearth);
        var memories = DefaultRetrievalAugmentor.builder()
                .contentRetriever(new HearthContentRetriever(hearth))
                .contentInjector(new DefaultContentInjector(List.of("speaker", "time")))
                .build();
        return AiServices.builder(Friend.class)
                .chatModel(model)
                .chatMemoryProvider(id -> MessageWindowChatMemory.builder()
                        .id(id)
                        .maxMessages(20)
                        .chatMemoryStore(store)
                        .build())
                .retrievalAugmentor(memories)
                .storeRetrievedContentInChatMemory(false) // what was recalled is not what the user said
                .build();
    }
}
