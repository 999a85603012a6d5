package dev.hearth.conversation;

import dev.hearth.client.RelationshipClient.Order;
import dev.hearth.client.data.Message;
import dev.hearth.client.data.MessageStatus;
import dev.hearth.client.data.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One conversation. A turn is recorded when its reply arrives: everything that the user said since the last reply, and the
 * reply. Until then, and for what is never remembered, the conversation holds the framework's own messages, in memory.
 *
 * <p>Safe for many threads. Where two calls speak in one conversation at the same time, their words may become one turn;
 * nothing is recorded twice.
 */
public final class Conversation<M> {

    private static final int LONGEST_PAGE = 200;

    /** So that a great import behind the last turn does not make every window read all of it. */
    private static final int FURTHEST = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final NamedRelationship relationship;
    private final Speech<M> speech;
    private final OpenTurn turn;
    private List<M> held = List.of();
    private List<M> recorded = new ArrayList<>();
    private Beginning beginning = Beginning.NONE;

    /** Behind which message the window begins. A relationship that was deleted and made anew counts from 1 again, later. */
    private record Beginning(long seq, Instant time) {

        static final Beginning NONE = new Beginning(0, Instant.MIN);

        boolean before(Message message) {
            return message.seq() > seq || message.time().isAfter(time);
        }
    }

    Conversation(NamedRelationship relationship, Speech<M> speech) {
        this.relationship = relationship;
        this.speech = speech;
        this.turn = new OpenTurn(relationship);
    }

    /**
     * What a model should have before it, oldest first: the instruction, the last messages of the relationship's turns at
     * whatever door they were taken, and what this conversation holds of the turn under way. One read.
     *
     * @param most how many messages of turns, from 1
     */
    public List<M> window(int most) {
        lock.lock();
        try {
            List<M> window = new ArrayList<>();
            held.stream().filter(this::instructs).forEach(window::add);
            window.addAll(spoken(most));
            held.stream().filter(message -> !instructs(message)).forEach(window::add);
            return window;
        } finally {
            lock.unlock();
        }
    }

    private List<M> spoken(int most) {
        List<Message> newestFirst =
                relationship.ask(it -> it.messages(Order.NEWEST_FIRST, Math.min(most, LONGEST_PAGE)).stream()
                        .limit(FURTHEST)
                        .takeWhile(beginning::before)
                        .filter(Conversation::ofATurn)
                        .limit(most)
                        .toList());
        return newestFirst.reversed().stream().map(speech::remembered).toList();
    }

    private static boolean ofATurn(Message message) {
        return message.turnId() != null
                && message.status() != MessageStatus.OPEN
                && message.role() != Role.UNKNOWN
                && !message.text().isBlank();
    }

    /** Takes messages behind those that there are. Returns when a turn that they end is durable. */
    public void add(List<M> messages) {
        lock.lock();
        try {
            List<M> all = new ArrayList<>(held);
            all.addAll(messages);
            take(all);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a framework's whole window, as it is now. What it left out of its window stays remembered; what it added is
     * taken as by {@link #add}.
     */
    public void replace(List<M> window) {
        lock.lock();
        try {
            take(window);
        } finally {
            lock.unlock();
        }
    }

    private void take(List<M> messages) {
        Set<M> known = identities();
        known.addAll(held);
        List<M> next = new ArrayList<>();
        Set<M> heard = new HashSet<>();
        for (M message : withoutRecorded(messages)) {
            switch (speech.read(message)) {
                case Part.Remembered _ -> {}
                case Part.Instruction _ -> {
                    next.removeIf(this::instructs);
                    next.add(message);
                }
                case Part.Passing _ -> next.add(message);
                case Part.Said(var text) -> {
                    if (heard.add(message)) {
                        next.add(message);
                    }
                    if (!known.contains(message)) {
                        turn.say(text);
                    }
                }
                case Part.Replied(var text) -> {
                    if (!turn.waits() || known.contains(message)) {
                        next.add(message);
                    } else {
                        held = List.copyOf(next);
                        turn.answer(text);
                        next.stream().filter(each -> !instructs(each)).forEach(recorded::add);
                        recorded.add(message);
                        next.removeIf(each -> !instructs(each));
                        heard.clear();
                    }
                }
            }
        }
        held = List.copyOf(next);
    }

    /**
     * Without what a framework that keeps messages of its own brings again: they stand where they were recorded, at the
     * beginning, as the same objects. One that reads its window before it adds to it has let go of them.
     */
    private List<M> withoutRecorded(List<M> messages) {
        List<M> instructions = new ArrayList<>();
        List<M> others = new ArrayList<>();
        for (M message : messages) {
            switch (speech.read(message)) {
                case Part.Remembered _ -> {}
                case Part.Instruction _ -> instructions.add(message);
                case Part.Said _, Part.Replied _, Part.Passing _ -> others.add(message);
            }
        }
        int again = Math.min(recorded.size(), others.size());
        while (!same(recorded.subList(recorded.size() - again, recorded.size()), others.subList(0, again))) {
            again--;
        }
        recorded = new ArrayList<>(others.subList(0, again));
        instructions.addAll(others.subList(again, others.size()));
        return instructions;
    }

    @SuppressWarnings("ReferenceEquality") // equal words may well be said twice
    private static <T> boolean same(List<T> these, List<T> those) {
        for (int i = 0; i < these.size(); i++) {
            if (these.get(i) != those.get(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Begins anew: the window is empty, for this process. Nothing that is remembered is forgotten, and what was said
     * without an answer is not remembered.
     */
    public void clear() {
        lock.lock();
        try {
            List<Message> last = relationship
                    .ask(it -> it.messages(Order.NEWEST_FIRST, 1).first())
                    .data();
            beginning = last.isEmpty()
                    ? Beginning.NONE
                    : new Beginning(last.getFirst().seq(), last.getFirst().time());
            held = List.of();
            recorded.clear();
            turn.drop();
        } finally {
            lock.unlock();
        }
    }

    private boolean instructs(M message) {
        return speech.read(message) instanceof Part.Instruction;
    }

    private static <T> Set<T> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
