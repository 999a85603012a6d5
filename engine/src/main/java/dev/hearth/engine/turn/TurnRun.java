package dev.hearth.engine.turn;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.History;
import dev.hearth.engine.relationship.Journal;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.scope.Fork;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatReply;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One turn from admission to acknowledgement, in the turnstile of its relationship. */
final class TurnRun {

    private static final Logger log = LoggerFactory.getLogger(TurnRun.class);
    private static final Duration PERSONA_BUDGET = Duration.ofMillis(100);
    private static final Duration COMPOSE_BUDGET = Duration.ofMillis(100);
    private static final double MILLION = 1e6;

    private final Admission admission;
    private final Gathering gathering;
    private final Composition composition;
    private final Speaking speaking;
    private final Commit commit;
    private final Afterwards afterwards;
    private final History history;
    private final Companions companions;
    private final Users users;
    private final TurnLimits.Price price;
    private final Duration replyBudget;
    private final Clock clock;

    TurnRun(
            Admission admission,
            Gathering gathering,
            Composition composition,
            Speaking speaking,
            Commit commit,
            Afterwards afterwards,
            History history,
            Companions companions,
            Users users,
            TurnLimits limits,
            Clock clock) {
        this.admission = admission;
        this.gathering = gathering;
        this.composition = composition;
        this.speaking = speaking;
        this.commit = commit;
        this.afterwards = afterwards;
        this.history = history;
        this.companions = companions;
        this.users = users;
        this.price = limits.price();
        this.replyBudget = limits.reply();
        this.clock = clock;
    }

    /** Takes the turn when its relationship is free. */
    TurnResult serialized(
            Resident resident,
            TurnRequest request,
            Admission.@Nullable Named named,
            Duration patience,
            TurnListener listener) {
        resident.enterTurn(Deadline.after(clock, patience));
        try {
            if (resident.stale()) {
                throw new Journal.Behind();
            }
            Ledger ledger = new Ledger(clock);
            Setting setting = ledger.timed(
                    "persona", PERSONA_BUDGET, () -> Setting.read(resident, companions, users, clock));
            Instant said = request.time() == null ? clock.now() : request.time();
            return switch (ledger.timed(
                    "admit", Duration.ZERO, () -> admission.admit(resident, setting, request, said, named))) {
                case Admission.Outcome.Ended(TurnRecord record) -> answerAgain(resident, record, listener);
                case Admission.Outcome.Open(String turn, StoredMessage message) ->
                    take(resident, setting, turn, message, ledger, listener);
            };
        } finally {
            resident.leave();
        }
    }

    private TurnResult take(
            Resident resident,
            Setting setting,
            String turn,
            StoredMessage message,
            Ledger ledger,
            TurnListener listener) {
        boolean ended = false;
        try {
            TurnResult result = converse(resident, setting, turn, message, ledger, listener);
            ended = true;
            return result;
        } catch (Problem told) {
            ended = true;
            throw told;
        } finally {
            if (!ended) {
                abandon(resident, turn, message, ledger);
            }
        }
    }

    /** Something unforeseen: the turn is closed as failed, so that the relationship is free and the ledger says so. */
    private void abandon(Resident resident, String turn, StoredMessage message, Ledger ledger) {
        TurnRecord.Failure failure = new TurnRecord.Failure(
                Code.INTERNAL, "The turn failed for a reason that is in the server's log. The message is kept.");
        try {
            commit.commit(
                    resident,
                    turn,
                    message,
                    "",
                    new Commit.Ending(Message.Status.FAILED, "", null, TurnUsage.NONE, 0, failure),
                    ledger);
        } catch (RuntimeException again) {
            log.error("A failed turn could not be closed; it is taken over by the next one.", again);
        }
    }

    private TurnResult converse(
            Resident resident,
            Setting setting,
            String turn,
            StoredMessage message,
            Ledger ledger,
            TurnListener listener) {
        Speaking.Outcome outcome;
        Gathering.Gathered gathered = Gathering.Gathered.NOTHING;
        long windowFrom = 0;
        long speakStart = 0;
        try {
            listener.on(new TurnEvent.Started(Commit.turnId(resident.key(), turn)));
            gathered = gathering.gather(
                    resident, message.text(), message.spoken(), message.said(), setting.plan().memories(), ledger);
            Gathering.Gathered found = gathered;
            Composition.Composed composed = ledger.timed(
                    "compose",
                    COMPOSE_BUDGET,
                    () -> composition.compose(
                            resident,
                            setting,
                            resident.head().session().profile(),
                            resident.window().stream()
                                    .filter(earlier -> earlier.seq() < message.seq())
                                    .toList(),
                            found,
                            message.text(),
                            message.said(),
                            ledger));
            windowFrom = composed.prompt().windowFrom();
            listener.on(new TurnEvent.ContextReady(
                    ledger.recalled().stream()
                            .map(TurnTrace.Recalled::memoryId)
                            .toList(),
                    ledger.degraded()));
            speakStart = clock.nanoTime();
            outcome = speaking.speak(composed.request(), text -> listener.on(new TurnEvent.Delta(text)));
        } catch (TurnListener.ClientGone gone) {
            outcome = new Speaking.Outcome.Part("", "", null);
        }
        keepVector(resident, message, gathered.vectors());
        long spoke = speakStart == 0 ? 0 : clock.nanoTime() - speakStart;
        return end(resident, setting, turn, message, outcome, windowFrom, spoke, ledger, listener);
    }

    private TurnResult end(
            Resident resident,
            Setting setting,
            String turn,
            StoredMessage message,
            Speaking.Outcome outcome,
            long windowFrom,
            long spoke,
            Ledger ledger,
            TurnListener listener) {
        return switch (outcome) {
            case Speaking.Outcome.Whole(String voice, int place, ChatReply reply) -> {
                ledger.note("speak", spoke, replyBudget, "ok");
                if (place > 0) {
                    ledger.degrade(List.of("model.fallback"));
                }
                TurnUsage usage = usage(reply.usage(), place);
                Commit.Ending ending = new Commit.Ending(
                        Message.Status.COMPLETED, voice, reply.text(), usage, windowFrom, null);
                StoredMessage stored = commit.commit(resident, turn, message, setting.companion().name(), ending, ledger);
                yield completed(resident, turn, ending, stored, ledger, listener);
            }
            case Speaking.Outcome.Part(String voice, String text, ChatModelException cause) -> {
                ledger.note("speak", spoke, replyBudget, cause == null ? "skipped" : "failed");
                TurnRecord.Failure failure = cause == null ? null : failure(cause);
                Commit.Ending ending = new Commit.Ending(
                        Message.Status.INTERRUPTED,
                        voice,
                        text.isBlank() ? null : text,
                        TurnUsage.NONE,
                        windowFrom,
                        failure);
                StoredMessage stored = commit.commit(resident, turn, message, setting.companion().name(), ending, ledger);
                if (failure != null) {
                    throw new Problem(failure.code(), failure.detail(), cause);
                }
                yield result(resident, turn, ending, stored, ledger, false);
            }
            case Speaking.Outcome.Silence(ChatModelException cause) -> {
                ledger.note("speak", spoke, replyBudget, "failed");
                TurnRecord.Failure failure = failure(cause);
                commit.commit(
                        resident,
                        turn,
                        message,
                        setting.companion().name(),
                        new Commit.Ending(Message.Status.FAILED, "", null, TurnUsage.NONE, windowFrom, failure),
                        ledger);
                throw new Problem(failure.code(), failure.detail(), cause);
            }
        };
    }

    private TurnResult completed(
            Resident resident,
            String turn,
            Commit.Ending ending,
            @Nullable StoredMessage stored,
            Ledger ledger,
            TurnListener listener) {
        TurnResult result = result(resident, turn, ending, stored, ledger, false);
        if (stored != null) {
            afterwards.embed(resident, stored);
        }
        try {
            listener.on(new TurnEvent.MessageCompleted(result.messageId(), result.text()));
            listener.on(new TurnEvent.Completed(result));
        } catch (TurnListener.ClientGone gone) {
            // It is durable all the same; the client finds it under the same key, or in the history.
            log.debug("A client left before the acknowledgement.");
        }
        return result;
    }

    private void keepVector(Resident resident, StoredMessage message, @Nullable Fork<List<float[]>> vectors) {
        if (vectors != null && vectors.poll() instanceof Fork.Result.Done<List<float[]>>(List<float[]> windows, long nanos)) {
            resident.attach(message.seq(), windows);
        } else {
            afterwards.embed(resident, message);
        }
    }

    private TurnResult answerAgain(Resident resident, TurnRecord record, TurnListener listener) {
        TurnRecord.Failure failure = record.failure();
        if (failure != null) {
            throw new Problem(failure.code(), failure.detail());
        }
        StoredMessage reply = record.replySeq() == 0 ? null : history.find(resident.key(), record.replySeq());
        TurnTrace trace = record.trace();
        TurnResult result = new TurnResult(
                trace.id(),
                trace.status(),
                reply == null ? "" : messageId(resident, reply),
                reply == null ? "" : reply.text(),
                trace.voice(),
                trace.usage(),
                trace.degraded(),
                true);
        listener.on(new TurnEvent.Started(trace.id()));
        listener.on(new TurnEvent.MessageCompleted(result.messageId(), result.text()));
        listener.on(new TurnEvent.Completed(result));
        return result;
    }

    static TurnResult result(
            Resident resident,
            String turn,
            Commit.Ending ending,
            @Nullable StoredMessage stored,
            Ledger ledger,
            boolean replayed) {
        return new TurnResult(
                Commit.turnId(resident.key(), turn),
                ending.status(),
                stored == null ? "" : messageId(resident, stored),
                stored == null ? "" : stored.text(),
                ending.voice(),
                ending.usage(),
                ledger.degraded(),
                replayed);
    }

    static String messageId(Resident resident, StoredMessage message) {
        return message.id(EntityId.Kind.MESSAGE, resident.key().partition(), resident.key().ordinal())
                .toString();
    }

    /** Prices are those of the first voice; another's are not known. */
    private TurnUsage usage(ChatReply.Usage usage, int place) {
        double cost = place > 0
                ? 0
                : ((usage.prompt() - usage.cached()) * price.input()
                                + usage.cached() * price.cachedInput()
                                + usage.completion() * price.output())
                        / MILLION;
        return new TurnUsage(usage.prompt(), usage.cached(), usage.completion(), cost);
    }

    private static TurnRecord.Failure failure(ChatModelException cause) {
        String kept = cause.kind() == ChatModelException.Kind.CUT_SHORT
                ? " The message and the part of the reply that came are kept."
                : " The message is kept; send it again with the same Idempotency-Key to try once more.";
        return new TurnRecord.Failure(Code.MODEL_UNAVAILABLE, cause.getMessage() + kept);
    }
}
