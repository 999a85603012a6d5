package dev.hearth.spring.ai;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;

/** Says what a test wrote down, and keeps what it was asked. */
final class ScriptedChatModel implements ChatModel {

    final List<Prompt> prompts = new ArrayList<>();
    private final Deque<Supplier<AssistantMessage>> script = new ArrayDeque<>();

    ScriptedChatModel then(String reply) {
        return then(new AssistantMessage(reply));
    }

    ScriptedChatModel then(AssistantMessage reply) {
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
    public ChatOptions getOptions() {
        return ToolCallingChatOptions.builder().build();
    }

    @Override
    public ChatResponse call(Prompt prompt) {
        prompts.add(prompt);
        return new ChatResponse(List.of(new Generation(script.remove().get())));
    }

    /** Says it in two pieces. */
    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        prompts.add(prompt);
        String text = String.valueOf(script.remove().get().getText());
        return Flux.just(text.substring(0, 1), text.substring(1))
                .map(piece -> new ChatResponse(List.of(new Generation(new AssistantMessage(piece)))));
    }
}
