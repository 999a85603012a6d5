package dev.hearth.bench.generate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Conversations in which matters of a person change, in small talk, with what the companion and others say of the same
 * matters; and questions: for what changed, for what did not, and for what was never told.
 */
final class GeneratedSet {

    static final String UPDATE = "knowledge-update";
    static final String SINGLE = "single";
    static final String ABSTENTION = "abstention";

    private static final Instant BEGIN = Instant.parse("2025-01-06T18:00:00Z");
    private static final int SESSIONS = 12;
    private static final int TALK_A_SESSION = 12;
    private static final int UPDATED = 8;
    private static final int STATED = 4;
    private static final int NEVER_TOLD = 3;
    private static final int NEAR_MISSES = 3;
    private static final List<String> PEOPLE = List.of(
            "sister",
            "brother",
            "cousin",
            "colleague",
            "neighbour",
            "uncle",
            "best friend",
            "flatmate",
            "teacher",
            "grandmother");

    /** A line of {@code turns.jsonl}. */
    record Turn(
            String conversation, String session, String id, Instant time, String speaker, String role, String text) {}

    /** A line of {@code questions.jsonl}; the evidence in the order of time. */
    record Question(
            String conversation, String id, String question, String category, List<String> evidence, Instant time) {
        Question {
            evidence = List.copyOf(evidence);
        }
    }

    /** What is said in a session, and whose evidence it is. */
    private record Line(
            boolean byUser, String text, @Nullable Asked asked) {}

    /** A question in the making. */
    private static final class Asked {
        private final String question;
        private final String category;
        private final List<String> evidence = new ArrayList<>();

        private Asked(String question, String category) {
            this.question = question;
            this.category = category;
        }
    }

    private final List<Slot> slots = Sentences.slots();
    private final List<String> userTalk = Sentences.talk("user");
    private final List<String> companionTalk = Sentences.talk("companion");
    private final List<String> things = Sentences.talk("thing");
    private final Random random;
    final List<Turn> turns = new ArrayList<>();
    final List<Question> questions = new ArrayList<>();

    GeneratedSet(long seed, int conversations) {
        random = new Random(seed);
        for (int i = 0; i < conversations; i++) {
            conversation(String.format(Locale.ROOT, "g%d-%03d", seed, i));
        }
    }

    private void conversation(String name) {
        List<Slot> order = new ArrayList<>(slots);
        Collections.shuffle(order, random);
        Map<Integer, List<Line>> sessions = new TreeMap<>();
        for (int session = 0; session < SESSIONS; session++) {
            sessions.put(session, new ArrayList<>());
        }
        List<Asked> asked = new ArrayList<>();
        int at = 0;
        for (; at < UPDATED; at++) {
            asked.add(updated(order.get(at), sessions));
        }
        for (; at < UPDATED + STATED; at++) {
            Slot slot = order.get(at);
            Asked question = new Asked(pick(slot.asks()), SINGLE);
            add(sessions, random.nextInt(SESSIONS), true, fill(pick(slot.says()), pick(slot.values()), ""), question);
            distract(slot, sessions);
            asked.add(question);
        }
        for (; at < UPDATED + STATED + NEVER_TOLD; at++) {
            distract(order.get(at), sessions);
            asked.add(new Asked(pick(order.get(at).asks()), ABSTENTION));
        }
        for (; at < UPDATED + STATED + NEVER_TOLD + NEAR_MISSES; at++) {
            asked.add(nearMiss(order.get(at), sessions));
        }
        write(name, sessions, asked);
    }

    private Asked updated(Slot slot, Map<Integer, List<Line>> sessions) {
        Asked question = new Asked(pick(slot.asks()), UPDATE);
        int first = random.nextInt(SESSIONS / 2);
        int second = first + 1 + random.nextInt(SESSIONS - first - 1);
        String before = pick(slot.values());
        add(sessions, first, true, fill(pick(slot.says()), before, ""), question);
        add(sessions, second, true, fill(pick(slot.news()), other(slot, before), before), question);
        distract(slot, sessions);
        return question;
    }

    /** What the companion says of itself, and what the user says of another person. */
    private void distract(Slot slot, Map<Integer, List<Line>> sessions) {
        if (random.nextBoolean()) {
            add(sessions, random.nextInt(SESSIONS), false, fill(pick(slot.says()), pick(slot.values()), ""), null);
        }
        if (random.nextBoolean()) {
            String text = fill(pick(slot.others()), pick(slot.values()), "").replace("{w}", pick(PEOPLE));
            add(sessions, random.nextInt(SESSIONS), true, text, null);
        }
    }

    /** Of one person it is told, of another it is asked. */
    private Asked nearMiss(Slot slot, Map<Integer, List<Line>> sessions) {
        List<String> people = new ArrayList<>(PEOPLE);
        Collections.shuffle(people, random);
        String told = fill(pick(slot.others()), pick(slot.values()), "").replace("{w}", people.get(0));
        add(sessions, random.nextInt(SESSIONS), true, told, null);
        return new Asked(pick(slot.otherAsks()).replace("{w}", people.get(1)), ABSTENTION);
    }

    private static void add(
            Map<Integer, List<Line>> sessions, int session, boolean byUser, String text, @Nullable Asked asked) {
        sessions.computeIfAbsent(session, any -> new ArrayList<>()).add(new Line(byUser, text, asked));
    }

    private void write(String name, Map<Integer, List<Line>> sessions, List<Asked> asked) {
        Instant time = BEGIN;
        int number = 0;
        for (var session : sessions.entrySet()) {
            List<Line> lines = session.getValue();
            for (int i = 0; i < TALK_A_SESSION; i++) {
                boolean byUser = i % 2 == 0;
                String text = pick(byUser ? userTalk : companionTalk).replace("{t}", pick(things));
                lines.add(random.nextInt(lines.size() + 1), new Line(byUser, text, null));
            }
            for (Line line : lines) {
                String id = name + ":" + number++;
                turns.add(new Turn(
                        name,
                        name + "/" + session.getKey(),
                        id,
                        time,
                        line.byUser ? "user" : "companion",
                        line.byUser ? "user" : "companion",
                        line.text));
                if (line.asked != null) {
                    line.asked.evidence.add(id);
                }
                time = time.plusSeconds(40 + random.nextInt(80));
            }
            time = time.plus(Duration.ofDays(3 + random.nextInt(18)));
        }
        for (int i = 0; i < asked.size(); i++) {
            Asked one = asked.get(i);
            questions.add(new Question(name, name + "?" + i, one.question, one.category, one.evidence, time));
        }
    }

    private String other(Slot slot, String value) {
        String other = pick(slot.values());
        while (other.equals(value)) {
            other = pick(slot.values());
        }
        return other;
    }

    private static String fill(String template, String value, String before) {
        String filled = template.replace("{v}", value).replace("{o}", before);
        return Character.toUpperCase(filled.charAt(0)) + filled.substring(1);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
