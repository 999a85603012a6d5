package dev.hearth.bench.storage;

import dev.hearth.bench.recall.Question;
import dev.hearth.bench.recall.RecallSet;
import dev.hearth.bench.recall.Turn;
import dev.hearth.bench.world.SmallTalk;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One relationship's history to be stored, and questions about it.
 *
 * @param questions with the ids of the messages that answer them; none where it was made up
 */
record Conversation(String user, List<Imported> messages, List<Question> questions) {

    private static final int MAX_TEXT = 32_768;
    private static final int MADE_UP = 5;
    private static final int SESSION = 20;

    /** Those of a set, at most {@code limit}. */
    static List<Conversation> of(Path data, int limit) {
        RecallSet set = new RecallSet(data);
        Map<String, List<Question>> questions = set.questions();
        List<Conversation> conversations = new ArrayList<>();
        set.conversations(turns -> {
            if (conversations.size() < limit) {
                String id = turns.getFirst().conversation();
                conversations.add(new Conversation(id, messages(turns), questions.getOrDefault(id, List.of())));
            }
        });
        return conversations;
    }

    private static List<Imported> messages(List<Turn> turns) {
        List<Imported> messages = new ArrayList<>();
        Instant last = Instant.EPOCH;
        for (Turn turn : turns) {
            last = turn.time() == null ? last : turn.time();
            if (!turn.text().isBlank()) {
                messages.add(new Imported(
                        turn.id(),
                        turn.byUser() ? Message.Role.USER : Message.Role.COMPANION,
                        turn.speaker(),
                        turn.session(),
                        turn.text().substring(0, Math.min(MAX_TEXT, turn.text().length())),
                        last));
            }
        }
        return messages;
    }

    /** Made up by rule, of 1,000 messages each. */
    static List<Conversation> madeUp() {
        Instant start = Instant.parse("2026-01-01T18:00:00Z");
        List<Conversation> conversations = new ArrayList<>();
        for (int user = 0; user < MADE_UP; user++) {
            List<Imported> messages = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                messages.add(new Imported(
                        "m" + i,
                        i % 2 == 0 ? Message.Role.USER : Message.Role.COMPANION,
                        null,
                        "s" + i / SESSION,
                        SmallTalk.line(1_000L * user + i),
                        start.plus(Duration.ofDays(i / SESSION)).plusSeconds(37L * (i % SESSION))));
            }
            conversations.add(new Conversation("user" + user, messages, List.of()));
        }
        return conversations;
    }
}
