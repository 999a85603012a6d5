package dev.hearth.spring.ai;

import dev.hearth.client.data.Role;
import dev.hearth.conversation.Part;
import dev.hearth.conversation.Speech;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;

/** Spring AI's messages. What Hearth remembers carries its message's id in the metadata. */
final class SpringMessages implements Speech<Message> {

    static final String ID = "hearth_message_id";

    @Override
    public Part read(Message message) {
        if (message.getMetadata().containsKey(ID)) {
            return new Part.Remembered();
        }
        return switch (message.getMessageType()) {
            case SYSTEM -> new Part.Instruction();
            case USER -> part(message.getText(), Part.Said::new);
            case ASSISTANT ->
                message instanceof AssistantMessage reply && reply.hasToolCalls()
                        ? new Part.Passing()
                        : part(message.getText(), Part.Replied::new);
            case TOOL -> new Part.Passing();
        };
    }

    private static Part part(@Nullable String text, Function<String, Part> of) {
        return text == null || text.isBlank() ? new Part.Passing() : of.apply(text);
    }

    @Override
    public Message remembered(dev.hearth.client.data.Message message) {
        Map<String, Object> id = Map.of(ID, message.id());
        if (message.role() == Role.USER) {
            return UserMessage.builder().text(message.text()).metadata(id).build();
        }
        return AssistantMessage.builder().content(message.text()).properties(id).build();
    }
}
