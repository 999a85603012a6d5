package dev.hearth.server.openai;

import dev.hearth.engine.Engine;
import dev.hearth.engine.turn.Aside;
import dev.hearth.engine.turn.Framing;
import dev.hearth.server.http.Json;
import dev.hearth.server.openai.ClientMessages.Said;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** A task of a front end's own: its text, with the conversation that it is about where that stands beside it. */
final class Errand {

    private static final int LONGEST = 24_000;
    private static final int TITLE_WORDS = 5;

    private Errand() {}

    static Aside done(Engine engine, ClientMessages messages, Framing framing, Consumer<String> listener) {
        String task = task(messages);
        Aside aside = engine.turns().errand(task, new Framing("", null, framing.maxTokens()), listener);
        // The offline voice cannot do tasks: front ends get the smallest answer of the form that they asked for.
        return aside.voice().equals("offline")
                ? new Aside(withoutModel(messages), aside.finish(), aside.voice(), aside.usage())
                : aside;
    }

    private static String task(ClientMessages messages) {
        List<Said> all = messages.all();
        String task = end(all.getLast().text(), LONGEST);
        StringBuilder talk = new StringBuilder();
        for (Said said : all.subList(0, all.size() - 1)) {
            switch (said.role()) {
                case SYSTEM -> {}
                case USER -> talk.append("User: ").append(said.text()).append('\n');
                case ASSISTANT -> talk.append("Assistant: ").append(said.text()).append('\n');
            }
        }
        int room = LONGEST - task.length();
        return talk.isEmpty() || room < 100
                ? task
                : "The conversation:\n" + end(talk.toString(), room) + "\nThe task:\n" + task;
    }

    private static String end(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int from = text.length() - most;
        return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }

    private static String withoutModel(ClientMessages messages) {
        String task = messages.all().getLast().text().toLowerCase(Locale.ROOT);
        ObjectNode json = Json.object();
        if (task.contains("\"follow_ups\"")) {
            json.putArray("follow_ups");
        } else if (task.contains("\"tags\"")) {
            json.putArray("tags");
        } else if (task.contains("\"queries\"")) {
            json.putArray("queries");
        } else if (task.contains("\"title\"")) {
            json.put("title", title(messages));
        } else {
            return title(messages);
        }
        return Json.write(json);
    }

    /** The first words of the conversation, where it stands beside the task. */
    private static String title(ClientMessages messages) {
        return messages.talk().stream()
                .limit(Math.max(0, messages.talk().size() - 1))
                .map(said -> String.join(
                        " ",
                        List.of(said.text().strip().split("\\s+")).stream()
                                .limit(TITLE_WORDS)
                                .toList()))
                .filter(words -> !words.isBlank())
                .findFirst()
                .orElse("Conversation");
    }
}
