package dev.hearth.bench.crash;

import dev.hearth.bench.crash.Findings.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One relationship as its writers know it: everything sent, in each writer's order. Safe for many threads. */
final class Conversation {

    private final String relationship;
    private final ConcurrentLinkedQueue<Sent> turns = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<SentImport> imports = new ConcurrentLinkedQueue<>();

    Conversation(String relationship) {
        this.relationship = relationship;
    }

    String relationship() {
        return relationship;
    }

    /** The name of the user's files: an id carries it between its kind and its own part. */
    String partition() {
        return relationship.substring("rel_".length(), "rel_".length() + 26);
    }

    void sent(Sent turn) {
        turns.add(turn);
    }

    void sent(SentImport batch) {
        imports.add(batch);
    }

    /** Turns that had no answer yet. */
    List<Sent> unacknowledged() {
        return turns.stream()
                .filter(turn -> turn.acknowledged() == null && !turn.refused())
                .toList();
    }

    List<SentImport> unacknowledgedImports() {
        return imports.stream().filter(batch -> !batch.acknowledged()).toList();
    }

    int acknowledgedTurns() {
        return (int) turns.stream().filter(turn -> turn.acknowledged() != null).count();
    }

    /** Holds what the server has against what was sent and acknowledged. */
    void check(List<Heard> heard, Findings findings) {
        Map<String, List<Heard>> byText = new HashMap<>();
        Map<String, List<Heard>> replies = new HashMap<>();
        for (int i = 0; i < heard.size(); i++) {
            Heard message = heard.get(i);
            if (message.seq() != i + 1) {
                findings.add(Fault.LOST, "seq " + (i + 1) + " is missing before " + message);
                return;
            }
            if (message.byUser() || message.turn().isEmpty()) {
                byText.computeIfAbsent(message.text(), text -> new ArrayList<>())
                        .add(message);
            } else {
                replies.computeIfAbsent(message.turn(), turn -> new ArrayList<>())
                        .add(message);
            }
        }
        Set<String> known = new HashSet<>();
        Map<String, Long> lastOfWriter = new HashMap<>();
        for (Sent turn : turns) {
            known.add(turn.text);
            List<Heard> found = byText.getOrDefault(turn.text, List.of());
            if (once(found, turn.acknowledged() != null, turn.text, findings)) {
                checkTurn(turn, found.getFirst(), replies, lastOfWriter, findings);
            }
        }
        for (SentImport batch : imports) {
            known.addAll(batch.texts);
            checkImport(batch, byText, findings);
        }
        byText.keySet().stream()
                .filter(text -> !known.contains(text))
                .forEach(text -> findings.add(Fault.STRAY, relationship + " has \"" + text + "\""));
    }

    private void checkTurn(
            Sent turn, Heard message, Map<String, List<Heard>> replies, Map<String, Long> last, Findings findings) {
        List<Heard> reply = replies.getOrDefault(message.turn(), List.of());
        if (reply.size() > 1) {
            findings.add(Fault.DOUBLED, "the reply to \"" + turn.text + "\"");
        }
        Sent.Acknowledged promise = turn.acknowledged();
        if (promise == null) {
            return;
        }
        boolean kept = !reply.isEmpty()
                && message.turn().equals(promise.turn())
                && reply.getFirst().text().equals(promise.reply())
                && reply.getFirst().id().equals(promise.replyId());
        if (!kept) {
            findings.add(Fault.LOST, "the reply to \"" + turn.text + "\": " + reply + " instead of " + promise);
        } else if (reply.getFirst().seq() != message.seq() + 1) {
            findings.add(Fault.REORDERED, "the reply to \"" + turn.text + "\"");
        }
        Long before = turn.inOrder() ? last.put(turn.writer, message.seq()) : null;
        if (before != null && before > message.seq()) {
            findings.add(Fault.REORDERED, "\"" + turn.text + "\" of writer " + turn.writer);
        }
    }

    private void checkImport(SentImport batch, Map<String, List<Heard>> byText, Findings findings) {
        long last = 0;
        for (String text : batch.texts) {
            List<Heard> found = byText.getOrDefault(text, List.of());
            if (once(found, batch.acknowledged(), text, findings)) {
                if (found.getFirst().seq() < last) {
                    findings.add(Fault.REORDERED, "\"" + text + "\"");
                }
                last = found.getFirst().seq();
            }
        }
    }

    /** Whether it is there; faults where it is there too often or must be and is not. */
    private boolean once(List<Heard> found, boolean promised, String text, Findings findings) {
        if (found.size() > 1) {
            findings.add(Fault.DOUBLED, relationship + " has \"" + text + "\" " + found.size() + " times");
        }
        if (found.isEmpty() && promised) {
            findings.add(Fault.LOST, relationship + " has no \"" + text + "\"");
        }
        return !found.isEmpty();
    }
}
