package dev.hearth.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.HearthClient;
import dev.hearth.client.data.Message;
import dev.hearth.integrations.testkit.DoorsDocument;
import dev.hearth.integrations.testkit.RealHearth;
import dev.hearth.langchain4j.example.Friend;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's own memories and services, on a real server. */
@Timeout(60)
final class HearthChatMemoryStoreTest {

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

    private ChatMemory memory(int most) {
        return MessageWindowChatMemory.builder()
                .id(BEN)
                .maxMessages(most)
                .chatMemoryStore(new HearthChatMemoryStore(client))
                .build();
    }

    private List<String> history() {
        return client.relationship("nora", "ben").messages().stream()
                .map(Message::text)
                .toList();
    }

    private String lastPrompt() {
        return model.requests.getLast().messages().toString();
    }

    @Test
    void aFriendRemembersInTheNextApplication() {
        try (HearthClient first = server.client()) {
            Friend friend = Friend.with(model.then("A fine name."), first);
            friend.reply(BEN, "My cat is called Miso.");
            for (int i = 0; i < 10; i++) {
                model.then("Good day " + i + ".");
                friend.reply(BEN, "Good day " + i + ".");
            }
        }
        try (HearthClient second = server.client()) {
            Friend friend = Friend.with(model.then("Miso."), second);
            assertThat(friend.reply(BEN, "What is my cat called?")).isEqualTo("Miso.");
        }
        List<ChatMessage> prompt = model.requests.getLast().messages();
        assertThat(prompt).extracting(ChatMessage::type).startsWith(ChatMessageType.SYSTEM, ChatMessageType.AI);
        assertThat(prompt).hasSizeLessThanOrEqualTo(21);
        assertThat(((UserMessage) prompt.getLast()).singleText())
                .startsWith("What is my cat called?")
                .contains("content: My cat is called Miso.\nspeaker: user\ntime: ");
        assertThat(history()).hasSize(24).endsWith("What is my cat called?", "Miso.");
    }

    @Test
    void aCallThatFailsAndIsMadeAgainIsOneTurn() {
        Friend friend = Friend.with(model.thenFail().then("A fine name."), client);
        assertThatThrownBy(() -> friend.reply(BEN, "My cat is called Miso.")).hasMessageContaining("out of order");
        assertThat(friend.reply(BEN, "My cat is called Miso.")).isEqualTo("A fine name.");
        assertThat(history()).containsExactly("My cat is called Miso.", "A fine name.");
    }

    /** Something to call. */
    static final class Weather {
        @Tool
        String weather(@P("where") String where) {
            return "Rain in " + where + ".";
        }
    }

    /** An assistant without a word of its own. */
    interface Assistant {
        String chat(@dev.langchain4j.service.MemoryId String id, @dev.langchain4j.service.UserMessage String text);
    }

    @Test
    void toolsAreUsedAndNotRemembered() {
        HearthChatMemoryStore store = new HearthChatMemoryStore(client);
        for (int room : List.of(20, 2)) {
            Assistant assistant = AiServices.builder(Assistant.class)
                    .chatModel(model)
                    .tools(new Weather())
                    .chatMemoryProvider(id -> MessageWindowChatMemory.builder()
                            .id(id)
                            .maxMessages(room)
                            .chatMemoryStore(store)
                            .build())
                    .build();
            model.then(AiMessage.from(
                            "Let me see.",
                            List.of(ToolExecutionRequest.builder()
                                    .id("1")
                                    .name("weather")
                                    .arguments("{\"where\": \"Rome\"}")
                                    .build())))
                    .then("It rains.");
            assertThat(assistant.chat(BEN, "Rome today?")).isEqualTo("It rains.");
            assertThat(lastPrompt()).contains("Rain in Rome.");
        }
        assertThat(history()).containsExactly("Rome today?", "It rains.", "Rome today?", "It rains.");
        assertThat(store.getMessages(BEN)).hasSize(4);
    }

    @Test
    void theInstructionStaysAndIsNotRemembered() {
        ChatMemory memory = memory(3);
        memory.add(SystemMessage.from("Be brief."));
        memory.add(UserMessage.from("Hello."), AiMessage.from("Hello, Ben."));
        memory.add(SystemMessage.from("Be long."));
        memory.add(UserMessage.from("Again."), AiMessage.from("Hello again, Ben."));
        assertThat(memory.messages()).hasSize(3).first().isEqualTo(SystemMessage.from("Be long."));
        assertThat(history()).containsExactly("Hello.", "Hello, Ben.", "Again.", "Hello again, Ben.");
    }

    @Test
    void ofAMessageWithAPictureTheWordsAreRemembered() {
        ChatMemory memory = memory(10);
        ImageContent picture = ImageContent.from("https://example.com/cat.png");
        memory.add(UserMessage.from(TextContent.from("My cat Miso."), picture, TextContent.from("Pretty?")));
        assertThat(memory.messages().getFirst().toString()).contains("cat.png");
        memory.add(AiMessage.from("Very."));
        memory.add(UserMessage.from(picture));
        memory.add(AiMessage.from("Still pretty."));
        assertThat(history()).containsExactly("My cat Miso.\nPretty?", "Very.");
        assertThat(memory.messages()).hasSize(4);
    }

    @Test
    void aMemoryThatIsRewrittenKeepsWhatWasSaid() {
        ChatMemory memory = memory(10);
        for (int i = 1; i <= 3; i++) {
            memory.add(UserMessage.from("Question " + i), AiMessage.from("Answer " + i));
        }
        List<ChatMessage> last = memory.messages().subList(4, 6);
        memory.set(last);
        assertThat(history()).hasSize(6);
        assertThat(memory.messages()).hasSize(6);
    }

    @Test
    void clearingBeginsAnewAndForgetsNothing() {
        ChatMemory memory = memory(10);
        memory.add(UserMessage.from("My cat is called Miso."), AiMessage.from("A fine name."));
        memory.clear();
        assertThat(memory.messages()).isEmpty();
        assertThat(history()).hasSize(2);
    }

    @Test
    void aServiceWithoutAMemoryIdIsToldWhatIsMissing() {
        ChatMemory memory = MessageWindowChatMemory.builder()
                .maxMessages(10)
                .chatMemoryStore(new HearthChatMemoryStore(client))
                .build();
        assertThatThrownBy(memory::messages)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("companion:user");
    }

    @Test
    void theDocumentsExampleIsTheOneThatRunsHere() throws IOException {
        DoorsDocument.assertHolds("langchain4j", "dev/hearth/langchain4j/example/Friend.java");
    }
}
