package dev.hearth.server.openai;

import dev.hearth.server.openai.ClientMessages.Role;
import dev.hearth.server.openai.ClientMessages.Said;
import java.util.List;
import java.util.Locale;

/**
 * What a request is for. Chat front ends send requests for their own housekeeping to the same model: titles, tags,
 * follow-up questions, summaries. They look like the user's words and must never be remembered as such.
 */
enum Purpose {
    /** Somebody talks to the companion. */
    TURN,
    /** A reply is asked for without anything new being said: to go on with the last one, or to write the user's. */
    UNRECORDED,
    /** A task of the front end's own. */
    ERRAND;

    /** What Open WebUI's task templates have besides their heading. */
    private static final List<String> TASK_PARTS = List.of(
            "### output",
            "### guidelines",
            "### chat history",
            "<chat_history>",
            "json format",
            "follow-up questions",
            "broad tags",
            "word title",
            "autocompletion system",
            "search queries",
            "<text>");

    /** LibreChat's titles, and SillyTavern's summaries, expressions and picture prompts. */
    private static final List<String> TASKS = List.of(
            "provide a concise, 5-word-or-less title for the conversation",
            "a concise, 5-word-or-less title for the conversation, using",
            "analyze this conversation and provide:\n1. the detected language",
            "detect user language and write in the same language an extremely concise title",
            "please generate a concise title (max 40 characters) for a conversation",
            "your task is to reflect the speaker's likely facial expression through a fitting emoji",
            "ignore previous instructions. summarize the most important facts",
            "[pause your roleplay. summarize the most important facts",
            "ignore previous instructions. classify the emotion of the last message",
            "ignore previous instructions and provide a detailed description of",
            "[pause your roleplay and provide a detailed description of");

    /** SillyTavern's ways to ask for words without saying any. */
    private static final List<String> NUDGES = List.of(
            "[write your next reply from the point of view of",
            "[continue your last message without repeating",
            "[continue the following message. do not include any parts of the original message");

    static Purpose of(ClientMessages messages) {
        List<Said> all = messages.all();
        if (all.isEmpty()) {
            return TURN;
        }
        Said last = all.getLast();
        String text = last.text().strip().toLowerCase(Locale.ROOT);
        if (last.role() != Role.ASSISTANT) {
            boolean template =
                    text.startsWith("### task:") && TASK_PARTS.stream().anyMatch(text::contains);
            if (template || TASKS.stream().anyMatch(text::startsWith)) {
                return ERRAND;
            }
            if (NUDGES.stream().anyMatch(text::contains)) {
                return UNRECORDED;
            }
        }
        List<Said> talk = messages.talk();
        return talk.isEmpty() || talk.getLast().role() != Role.USER ? UNRECORDED : TURN;
    }
}
