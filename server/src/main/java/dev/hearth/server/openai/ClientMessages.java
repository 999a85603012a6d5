package dev.hearth.server.openai;

import dev.hearth.engine.turn.ClientConversation;
import dev.hearth.server.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The messages that a client sent. Hearth's own history is the one that counts: of these, only what the user said last is
 * new, and what stands as a system's message is the scene.
 *
 * @param all in their order, tools' messages left out
 */
record ClientMessages(List<Said> all) {

    /** More than any client sends, so that nobody makes the server count for ever. */
    private static final int MOST = 10_000;

    ClientMessages {
        all = List.copyOf(all);
    }

    /** Whose message. */
    enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    /** One message, its texts joined. */
    record Said(Role role, String text) {}

    static ClientMessages of(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw Refusal.invalid("/messages", "messages is missing; expected a list with at least one message.");
        }
        if (messages.size() > MOST) {
            throw Refusal.tooLarge(
                    "/messages", "messages has " + messages.size() + " entries; at most 10,000 are taken.");
        }
        List<Said> all = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            String pointer = "/messages/" + i;
            switch (message.path("role").asString("")) {
                case "system", "developer" -> all.add(new Said(Role.SYSTEM, text(message.path("content"), pointer)));
                case "user" -> all.add(new Said(Role.USER, text(message.path("content"), pointer)));
                case "assistant" -> all.add(new Said(Role.ASSISTANT, text(message.path("content"), pointer)));
                case "tool", "function" -> {}
                default ->
                    throw Refusal.invalid(
                            pointer + "/role",
                            "The role at " + pointer + "/role is none of system, developer, user, assistant, tool.");
            }
        }
        return new ClientMessages(all);
    }

    /** A content is a text or a list of parts; parts that are no text are left out. */
    private static String text(JsonNode content, String pointer) {
        if (content.isString()) {
            return cleaned(content.stringValue());
        }
        if (content.isArray()) {
            StringBuilder text = new StringBuilder();
            for (JsonNode part : content) {
                if (part.path("type").asString("").equals("text")) {
                    text.append(text.isEmpty() ? "" : "\n")
                            .append(part.path("text").asString(""));
                }
            }
            return cleaned(text.toString());
        }
        if (content.isNull() || content.isMissingNode()) {
            return "";
        }
        throw Refusal.invalid(
                pointer + "/content", "The content at " + pointer + "/content is neither a text nor a list of parts.");
    }

    /** Control characters have no meaning in what somebody says, and clients do not mean them. */
    private static String cleaned(String text) {
        return text.chars()
                .filter(c -> !Character.isISOControl(c) || c == '\n' || c == '\t')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The system's messages, one after the other. */
    String scene() {
        return all.stream()
                .filter(said -> said.role() == Role.SYSTEM && !said.text().isBlank())
                .map(Said::text)
                .collect(Collectors.joining("\n"));
    }

    /** What the user said after the last reply; empty where the conversation ends with a reply. */
    String text() {
        List<Said> talk = talk();
        return talk.subList(newFrom(talk), talk.size()).stream()
                .map(Said::text)
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
    }

    /** The conversation as the client has it. */
    ClientConversation conversation() {
        List<Said> talk = talk();
        int from = newFrom(talk);
        return new ClientConversation(from == 0 ? "" : digest(talk.subList(0, from)), digest(talk));
    }

    /** What was said by either, without the system's messages. */
    List<Said> talk() {
        return all.stream().filter(said -> said.role() != Role.SYSTEM).toList();
    }

    private static int newFrom(List<Said> talk) {
        int from = talk.size();
        while (from > 0 && talk.get(from - 1).role() == Role.USER) {
            from--;
        }
        return from;
    }

    private static String digest(List<Said> talk) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Said said : talk) {
                byte[] text = said.text().strip().getBytes(StandardCharsets.UTF_8);
                digest.update((said.role() + " " + text.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(text);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256.", e);
        }
    }
}
