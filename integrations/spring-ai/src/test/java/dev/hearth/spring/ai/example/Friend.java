package dev.hearth.spring.ai.example;

import dev.hearth.client.HearthClient;
import dev.hearth.spring.ai.HearthChatMemory;
import java.util.Objects;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ChatModel;

/** Talks with a model of the application's own, and remembers with Hearth. */
public final class Friend {

    private final ChatClient chat;

    public Friend(ChatModel model, HearthClient hearth) {
        var memory =
                MessageChatMemoryAdvisor.builder(new HearthChatMemory(hearth)).build();
        chat = ChatClient.builder(model)
                .defaultSystem("You are Nora, dry and loyal.")
                .defaultAdvisors(memory)
                .build();
    }

    public String reply(String user, String text) {
        return Objects.requireNonNull(chat.prompt()
                .user(text)
                .advisors(each -> each.param(ChatMemory.CONVERSATION_ID, "nora:" + user))
                .call()
                .content());
    }
}
