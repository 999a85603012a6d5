package dev.hearth.bench.tiers;

import dev.hearth.bench.recall.Question;
import dev.hearth.bench.recall.RecallSet;
import dev.hearth.bench.recall.Turn;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several conversations of a set as one long relationship, one after the other, each at its own times. So it has as many
 * segments as a relationship of years, among which those with an answer are to be found.
 *
 * @param messages of all its conversations; their ids and sessions begin with the conversation's
 * @param questions those that have evidence
 */
record Joined(String name, List<Imported> messages, List<Asked> questions) {

    private static final int MAX_TEXT = 32_768;

    Joined {
        messages = List.copyOf(messages);
        questions = List.copyOf(questions);
    }

    /**
     * One question.
     *
     * @param at when it is asked: where the set does not say so, when the last turn of its conversation was said
     * @param fold of its conversation
     * @param evidence ids of messages
     */
    record Asked(String text, Instant at, int fold, Set<String> evidence) {}

    /**
     * Joins the conversations of a set in its order.
     *
     * @param together so many make a relationship
     * @param limit so many conversations are taken
     * @param folds conversations are dealt to these in turn, as {@code eval train} does
     */
    static List<Joined> of(Path data, int together, int limit, int folds) {
        RecallSet set = new RecallSet(data);
        Map<String, List<Question>> questions = set.questions();
        List<Joined> joined = new ArrayList<>();
        List<Imported> messages = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        int[] taken = {0};
        set.conversations(turns -> {
            if (taken[0] >= limit) {
                return;
            }
            String conversation = turns.getFirst().conversation();
            Instant last = Instant.EPOCH;
            for (Turn turn : turns) {
                last = turn.time() == null ? last : turn.time();
                if (!turn.text().isBlank()) {
                    messages.add(imported(turn, last));
                }
            }
            for (Question question : questions.getOrDefault(conversation, List.of())) {
                if (!question.evidence().isEmpty()) {
                    asked.add(new Asked(
                            question.question(),
                            question.time() == null ? last : question.time(),
                            taken[0] % folds,
                            question.evidence().stream()
                                    .map(id -> within(conversation, id))
                                    .collect(Collectors.toSet())));
                }
            }
            taken[0]++;
            if (taken[0] % together == 0) {
                joined.add(new Joined("joined-" + joined.size(), messages, asked));
                messages.clear();
                asked.clear();
            }
        });
        if (!messages.isEmpty()) {
            joined.add(new Joined("joined-" + joined.size(), messages, asked));
        }
        return joined;
    }

    private static Imported imported(Turn turn, Instant time) {
        return new Imported(
                within(turn.conversation(), turn.id()),
                turn.byUser() ? Message.Role.USER : Message.Role.COMPANION,
                turn.speaker(),
                within(turn.conversation(), String.valueOf(turn.session())),
                turn.text().substring(0, Math.min(MAX_TEXT, turn.text().length())),
                time);
    }

    private static String within(String conversation, String id) {
        return conversation + "/" + id;
    }
}
