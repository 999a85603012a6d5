package dev.hearth.langchain4j;

import dev.hearth.client.data.Message;
import dev.hearth.client.data.Role;
import dev.hearth.conversation.Part;
import dev.hearth.conversation.Speech;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** LangChain4j's messages. What Hearth remembers carries its message's id as an attribute, which no model is sent. */
final class ChatMessages implements Speech<ChatMessage> {

    static final String ID = "hearth_message_id";

    @Override
    public Part read(ChatMessage message) {
        return switch (message) {
            case SystemMessage _ -> new Part.Instruction();
            case UserMessage user when user.attributes().containsKey(ID) -> new Part.Remembered();
            case UserMessage user -> part(words(user), Part.Said::new);
            case AiMessage reply when reply.attributes().containsKey(ID) -> new Part.Remembered();
            case AiMessage call when call.hasToolExecutionRequests() -> new Part.Passing();
            case AiMessage reply -> part(reply.text(), Part.Replied::new);
            default -> new Part.Passing();
        };
    }

    private static Part part(@Nullable String text, java.util.function.Function<String, Part> of) {
        return text == null || text.isBlank() ? new Part.Passing() : of.apply(text);
    }

    /** The words of a message that may hold pictures and files too; empty where it has none. */
    static String words(UserMessage message) {
        return message.contents().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public ChatMessage remembered(Message message) {
        Map<String, Object> id = Map.of(ID, message.id());
        if (message.role() == Role.USER) {
            List<Content> words = List.of(TextContent.from(message.text()));
            return UserMessage.builder().contents(words).attributes(id).build();
        }
        return AiMessage.builder().text(message.text()).attributes(id).build();
    }
}
