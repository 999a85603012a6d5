package dev.hearth.engine.turn;

import dev.hearth.engine.partition.Users;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.History;
import dev.hearth.engine.relationship.Journal;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.scope.Fork;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One turn from admission to acknowledgement, in the turnstile of its relationship. */
final class TurnRun {

    private static final Duration PERSONA_BUDGET = Duration.ofMillis(100);
    private static final Duration COMPOSE_BUDGET = Duration.ofMillis(100);

    private final Admission admission;
    private final Gathering gathering;
    private final Composition composition;
    private final Speaking speaking;
    private final TurnEnding ending;
    private final Afterwards afterwards;
    private final History history;
    private final Companions companions;
    private final Users users;
    private final Clock clock;

    TurnRun(
            Admission admission,
            Gathering gathering,
            Composition composition,
            Speaking speaking,
            TurnEnding ending,
            Afterwards afterwards,
            History history,
            Companions companions,
            Users users,
            Clock clock) {
        this.admission = admission;
        this.gathering = gathering;
        this.composition = composition;
        this.speaking = speaking;
        this.ending = ending;
        this.afterwards = afterwards;
        this.history = history;
        this.companions = companions;
        this.users = users;
        this.clock = clock;
    }

    /** Answers a turn that was taken before, at once; otherwise takes it when its relationship is free. */
    TurnResult take(
            Resident resident,
            TurnRequest request,
            Admission.@Nullable Named asked,
            Duration patience,
            TurnListener listener) {
        // Where others are before it, whether it was answered is found out first.
        Admission.Named named = asked != null && resident.busy() ? asked.looked() : asked;
        TurnRecord before = admission.taken(resident.key(), named);
        if (before != null && ended(before)) {
            return TurnEnding.tellAgain(resident, before, reply(resident, before), listener);
        }
        resident.enterTurn(Deadline.after(clock, patience));
        try {
            if (resident.stale()) {
                throw new Journal.Behind();
            }
            return serialized(resident, request, named, listener);
        } finally {
            resident.leave();
        }
    }

    private static boolean ended(TurnRecord record) {
        Message.Status status = record.trace().status();
        return status == Message.Status.COMPLETED || status == Message.Status.INTERRUPTED;
    }

    private @Nullable StoredMessage reply(Resident resident, TurnRecord record) {
        return record.replySeq() == 0 ? null : history.find(resident.key(), record.replySeq());
    }

    private TurnResult serialized(
            Resident resident, TurnRequest request, Admission.@Nullable Named named, TurnListener listener) {
        Ledger ledger = new Ledger(clock);
        Setting setting =
                ledger.timed("persona", PERSONA_BUDGET, () -> Setting.read(resident, companions, users, clock));
        Instant said = request.time() == null ? clock.now() : request.time();
        return switch (ledger.timed(
                "admit", Duration.ZERO, () -> admission.admit(resident, setting, request, said, named))) {
            case Admission.Outcome.Ended(TurnRecord record) ->
                TurnEnding.tellAgain(resident, record, reply(resident, record), listener);
            case Admission.Outcome.Open(String turn, StoredMessage message) -> {
                try {
                    yield open(resident, setting, request.framing(), turn, message, ledger, listener);
                } finally {
                    admission.ended(turn);
                }
            }
        };
    }

    private TurnResult open(
            Resident resident,
            Setting setting,
            Framing framing,
            String turn,
            StoredMessage message,
            Ledger ledger,
            TurnListener listener) {
        boolean ended = false;
        try {
            TurnResult result = converse(resident, setting, framing, turn, message, ledger, listener);
            ended = true;
            return result;
        } catch (Problem told) {
            ended = true;
            throw told;
        } finally {
            if (!ended) {
                ending.abandon(
                        new TurnEnding.Spoken(resident, setting, turn, message, 0, framing.conversation(), 0), ledger);
            }
        }
    }

    private TurnResult converse(
            Resident resident,
            Setting setting,
            Framing framing,
            String turn,
            StoredMessage message,
            Ledger ledger,
            TurnListener listener) {
        List<StoredMessage> before = composition.history(
                setting,
                resident.window().stream()
                        .filter(earlier -> earlier.seq() < message.seq())
                        .toList());
        Gathering.Gathered gathered = Gathering.Gathered.NOTHING;
        Speaking.Outcome outcome;
        long speakStart = clock.nanoTime();
        try {
            listener.on(new TurnEvent.Started(Commit.turnId(resident.key(), turn)));
            gathered = gather(resident, setting, message, before, ledger);
            Gathering.Gathered found = gathered;
            Composition.Composed composed = ledger.timed(
                    "compose",
                    COMPOSE_BUDGET,
                    () -> composition.compose(
                            resident,
                            setting,
                            resident.head().session().profile(),
                            before,
                            found,
                            framing,
                            message.text(),
                            message.said(),
                            ledger));
            composed.told(resident, message.said(), clock.now());
            listener.on(new TurnEvent.ContextReady(
                    ledger.recalled().stream().map(TurnTrace.Recalled::memoryId).toList(), ledger.degraded()));
            speakStart = clock.nanoTime();
            outcome = speaking.speak(composed.request(), text -> listener.on(new TurnEvent.Delta(text)));
        } catch (TurnListener.ClientGone gone) {
            outcome = new Speaking.Outcome.Part("", "", null);
        }
        keepVector(resident, message, gathered.vectors());
        TurnEnding.Spoken spoken = new TurnEnding.Spoken(
                resident,
                setting,
                turn,
                message,
                before.isEmpty() ? 0 : before.getFirst().seq(),
                framing.conversation(),
                clock.nanoTime() - speakStart);
        return ending.end(spoken, outcome, ledger, listener);
    }

    private Gathering.Gathered gather(
            Resident resident, Setting setting, StoredMessage message, List<StoredMessage> before, Ledger ledger) {
        Set<Long> held = Composition.held(before);
        held.add(message.seq());
        return gathering.gather(
                resident,
                message.text(),
                message.spoken(),
                message.said(),
                setting.zone(),
                setting.plan().memories(),
                held,
                ledger);
    }

    private void keepVector(Resident resident, StoredMessage message, @Nullable Fork<List<float[]>> vectors) {
        if (vectors != null
                && vectors.poll() instanceof Fork.Result.Done<List<float[]>>(List<float[]> windows, long nanos)) {
            resident.attach(message.seq(), windows);
            afterwards.embedded(resident, message, windows);
        } else {
            afterwards.embed(resident, message);
        }
    }
}
