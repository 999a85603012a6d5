package dev.hearth.spring.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.HearthClient;
import dev.hearth.integrations.testkit.DoorsDocument;
import dev.hearth.integrations.testkit.RealHearth;
import dev.hearth.spring.ai.example.Friend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.tool.annotation.Tool;

/** Spring AI's own client and advisor, on a real server. */
@Timeout(60)
final class HearthChatMemoryTest {

    private static final String BEN = "nora:ben";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ScriptedChatModel model = new ScriptedChatModel();

    @SuppressWarnings("NullAway.Init")
    private RealHearth server;

    @SuppressWarnings("NullAway.Init")
    private HearthClient client;

    @BeforeEach
    void start() {
        server = RealHearth.in(folder);
        client = server.client();
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    private List<String> history() {
        return client.relationship("nora", "ben").messages().stream()
                .map(dev.hearth.client.data.Message::text)
                .toList();
    }

    private List<String> lastPrompt() {
        return model.prompts.getLast().getInstructions().stream()
                .map(message -> message.getMessageType() + " " + message.getText())
                .toList();
    }

    @Test
    void aFriendRemembersInTheNextApplication() {
        try (HearthClient first = server.client()) {
            new Friend(model.then("A fine name."), first).reply("ben", "My cat is called Miso.");
        }
        try (HearthClient second = server.client()) {
            Friend friend = new Friend(model.then("Miso."), second);
            assertThat(friend.reply("ben", "What is my cat called?")).isEqualTo("Miso.");
        }
        assertThat(lastPrompt())
                .containsExactly(
                        "SYSTEM You are Nora, dry and loyal.",
                        "USER My cat is called Miso.",
                        "ASSISTANT A fine name.",
                        "USER What is my cat called?");
        assertThat(history())
                .containsExactly("My cat is called Miso.", "A fine name.", "What is my cat called?", "Miso.");
    }

    @Test
    void aCallThatFailsAndIsMadeAgainIsOneTurn() {
        Friend friend = new Friend(model.thenFail().then("A fine name."), client);
        assertThatThrownBy(() -> friend.reply("ben", "My cat is called Miso.")).hasMessageContaining("out of order");
        assertThat(friend.reply("ben", "My cat is called Miso.")).isEqualTo("A fine name.");
        assertThat(history()).containsExactly("My cat is called Miso.", "A fine name.");
    }

    /** Something to call. */
    static final class Weather {
        @Tool(description = "tells the weather")
        String weather() {
            return "Rain in Rome.";
        }
    }

    /** Spring AI's memory stands before the calls of tools, or, where an application wants it so, behind them. */
    @ParameterizedTest
    @ValueSource(ints = {Advisor.DEFAULT_CHAT_MEMORY_PRECEDENCE_ORDER, ToolCallingAdvisor.DEFAULT_ORDER + 1})
    void toolsAreUsedAndNotRemembered(int order) {
        HearthChatMemory memory = new HearthChatMemory(client);
        ChatClient chat = ChatClient.builder(model)
                .defaultTools(new Weather())
                .defaultAdvisors(
                        MessageChatMemoryAdvisor.builder(memory).order(order).build())
                .build();
        model.then(AssistantMessage.builder()
                        .content("Let me see.")
                        .toolCalls(List.of(new ToolCall("1", "function", "weather", "{}")))
                        .build())
                .then("It rains.");
        assertThat(chat.prompt()
                        .user("Rome today?")
                        .advisors(each -> each.param(ChatMemory.CONVERSATION_ID, BEN))
                        .call()
                        .content())
                .isEqualTo("It rains.");
        assertThat(model.prompts.getLast().getInstructions())
                .extracting(Message::getMessageType)
                .filteredOn(type -> type != MessageType.SYSTEM)
                .containsExactly(MessageType.USER, MessageType.ASSISTANT, MessageType.TOOL);
        assertThat(history()).containsExactly("Rome today?", "It rains.");
        assertThat(memory.get(BEN)).hasSize(2);
    }

    @Test
    void aStreamedReplyIsRememberedWhole() {
        ChatClient chat = ChatClient.builder(model.then("A fine name."))
                .defaultAdvisors(MessageChatMemoryAdvisor.builder(new HearthChatMemory(client))
                        .build())
                .build();
        chat
                .prompt()
                .user("My cat is called Miso.")
                .advisors(each -> each.param(ChatMemory.CONVERSATION_ID, BEN))
                .stream()
                .content()
                .blockLast(Duration.ofSeconds(30));
        assertThat(history()).containsExactly("My cat is called Miso.", "A fine name.");
    }

    @Test
    void theWindowIsAsLongAsWantedAndTheInstructionStandsBeforeIt() {
        HearthChatMemory memory = new HearthChatMemory(client, 2);
        memory.add(BEN, new SystemMessage("Be brief."));
        for (int i = 1; i <= 2; i++) {
            memory.add(BEN, List.of(new UserMessage("Question " + i), new AssistantMessage("Answer " + i)));
        }
        assertThat(memory.get(BEN)).extracting(Message::getText).containsExactly("Be brief.", "Question 2", "Answer 2");
        memory.add(BEN, memory.get(BEN));
        assertThat(history()).hasSize(4);
        assertThatThrownBy(() -> new HearthChatMemory(client, 0)).hasMessageContaining("1 to 200");
    }

    @Test
    void clearingBeginsAnewAndForgetsNothing() {
        HearthChatMemory memory = new HearthChatMemory(client);
        memory.add(BEN, List.of(new UserMessage("My cat is called Miso."), new AssistantMessage("A fine name.")));
        memory.clear(BEN);
        assertThat(memory.get(BEN)).isEmpty();
        assertThat(history()).hasSize(2);
        assertThatThrownBy(() -> memory.get("default"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("companion:user");
    }

    @Test
    void theDocumentsExampleIsTheOneThatRunsHere() throws IOException {
        DoorsDocument.assertHolds("spring-ai", "dev/hearth/spring/ai/example/Friend.java");
    }
}
