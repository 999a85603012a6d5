package dev.hearth.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Says what a test wrote down, and keeps what it was asked. */
final class ScriptedChatModel implements ChatModel {

    final List<ChatRequest> requests = new ArrayList<>();
    private final Deque<Supplier<AiMessage>> script = new ArrayDeque<>();

    ScriptedChatModel then(String reply) {
        return then(AiMessage.from(reply));
    }

    ScriptedChatModel then(AiMessage reply) {
        script.add(() -> reply);
        return this;
    }

    ScriptedChatModel thenFail() {
        script.add(() -> {
            throw new IllegalStateException("The model is out of order.");
        });
        return this;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        requests.add(request);
        return ChatResponse.builder().aiMessage(script.remove().get()).build();
    }
}
