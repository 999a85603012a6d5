package dev.hearth.engine.turn;

import dev.hearth.engine.memory.Recollection;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.prompt.PromptInput;
import dev.hearth.engine.recall.Ranked;
import dev.hearth.engine.relationship.History;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers what a prompt is made from, under the recall budget. What is late is named, never waited for. */
final class Gathering {

    private static final Logger log = LoggerFactory.getLogger(Gathering.class);

    private final Recollection recollection;
    private final History history;
    private final Duration recallBudget;
    private final Clock clock;

    Gathering(Recollection recollection, History history, Duration recallBudget, Clock clock) {
        this.recollection = recollection;
        this.history = history;
        this.recallBudget = recallBudget;
        this.clock = clock;
    }

    /**
     * What was gathered.
     *
     * @param carriedOver the ids of memories among them that came too late for an earlier turn
     * @param vectors of the new message, done or in the making; null for none
     */
    record Gathered(
            List<Memory> memories,
            List<String> carriedOver,
            @Nullable Fork<List<float[]>> vectors,
            List<String> degraded) {
        static final Gathered NOTHING = new Gathered(List.of(), List.of(), null, List.of());
        static final Gathered WITHOUT_RECALL = new Gathered(List.of(), List.of(), null, List.of("recall"));
    }

    /** One recalled memory with its words. */
    record Memory(Ranked ranked, StoredMessage message) {}

    /**
     * Gathers for a message.
     *
     * @param spoken the text that the message is embedded as
     * @param at when the message was said
     * @param zone where the user is
     * @param except the messages that the prompt holds anyway
     */
    Gathered gather(
            Resident resident,
            String text,
            String spoken,
            Instant at,
            ZoneId zone,
            int limit,
            Set<Long> except,
            Ledger ledger) {
        Deadline deadline = Deadline.after(clock, recallBudget);
        try (Scope scope = new Scope(clock)) {
            Fork<Gathered> recall =
                    scope.fork("recall", () -> recall(resident, text, spoken, at, zone, limit, except, deadline));
            Gathered gathered = switch (recall.await(deadline)) {
                case Fork.Result.Done<Gathered>(Gathered found, long nanos) -> {
                    ledger.note("recall", nanos, recallBudget, "ok");
                    yield found;
                }
                case Fork.Result.Late<Gathered>(long nanos) -> {
                    ledger.note("recall", nanos, recallBudget, "late");
                    yield Gathered.WITHOUT_RECALL;
                }
                case Fork.Result.Failed<Gathered>(Throwable cause, long nanos) -> {
                    // A memory outage never fails a chat; the log has the cause, the ledger names it.
                    log.warn(
                            "Recall failed for partition {}: {}", resident.key().partition(), cause.toString());
                    ledger.note("recall", nanos, recallBudget, "failed");
                    yield Gathered.WITHOUT_RECALL;
                }
            };
            ledger.degrade(gathered.degraded());
            ledger.carriedOver(gathered.carriedOver());
            return gathered;
        }
    }

    private Gathered recall(
            Resident resident,
            String text,
            String spoken,
            Instant at,
            ZoneId zone,
            int limit,
            Set<Long> except,
            Deadline deadline) {
        List<Long> carried = resident.carried();
        Recollection.Recalled recalled =
                recollection.recall(resident, text, spoken, limit, at, zone, except, true, deadline);
        List<Ranked> ranked = withCarried(recalled.ranked(), carried, except, limit);
        List<Long> seqs = ranked.stream().map(Ranked::seq).toList();
        SortedMap<Long, StoredMessage> messages = history.read(resident, seqs, deadline);
        List<Memory> memories = new ArrayList<>();
        for (Ranked each : ranked) {
            StoredMessage message = messages.get(each.seq());
            if (message != null) {
                memories.add(new Memory(each, message));
            }
        }
        return new Gathered(
                memories,
                memories.stream()
                        .filter(memory -> carried.contains(memory.ranked().seq()))
                        .map(memory -> id(resident, memory))
                        .toList(),
                recalled.vectors(),
                recalled.degraded());
    }

    /** What came too late for the turn before stands where this turn ranks it, or else takes the last places. */
    private static List<Ranked> withCarried(List<Ranked> ranked, List<Long> carried, Set<Long> except, int limit) {
        List<Ranked> told = new ArrayList<>(ranked);
        List<Ranked> late = carried.stream()
                .filter(seq -> !except.contains(seq) && ranked.stream().noneMatch(hit -> hit.seq() == seq))
                .map(seq -> new Ranked(seq, 0, Map.of(), 0))
                .toList();
        while (!told.isEmpty() && told.size() + late.size() > limit) {
            told.removeLast();
        }
        told.addAll(late.subList(0, Math.min(late.size(), limit)));
        return told;
    }

    private static String id(Resident resident, Memory memory) {
        return memory.message()
                .id(
                        EntityId.Kind.MEMORY,
                        resident.key().partition(),
                        resident.key().ordinal())
                .toString();
    }

    /** Recalled memories for the ledger: ids, scores and their parts. */
    static List<TurnTrace.Recalled> traced(Resident resident, List<Memory> memories) {
        return memories.stream()
                .map(memory -> new TurnTrace.Recalled(
                        id(resident, memory),
                        memory.ranked().score(),
                        memory.ranked().parts()))
                .toList();
    }

    /** A message as a line of a prompt. */
    static PromptInput.Line line(StoredMessage message, Setting setting) {
        String speaker = message.speaker();
        String name = speaker != null
                ? speaker
                : message.origin().byUser()
                        ? setting.userName()
                        : setting.companion().name();
        String label = message.derived() ? "noted of " + name : name;
        return new PromptInput.Line(message.seq(), label, message.origin().byUser(), message.text(), message.said());
    }
}
