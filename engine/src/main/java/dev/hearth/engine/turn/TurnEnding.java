package dev.hearth.engine.turn;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatReply;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends turns: what became of the speaking is committed, and then told. */
final class TurnEnding {

    private static final Logger log = LoggerFactory.getLogger(TurnEnding.class);

    private final Commit commit;
    private final Afterwards afterwards;
    private final TurnLimits.Price price;
    private final Duration replyBudget;

    TurnEnding(Commit commit, Afterwards afterwards, TurnLimits limits) {
        this.commit = commit;
        this.afterwards = afterwards;
        this.price = limits.price();
        this.replyBudget = limits.reply();
    }

    /**
     * A turn that has spoken.
     *
     * @param setting who talks with whom
     * @param windowFrom where the next prompt's history begins, 0 to leave it
     * @param conversation the client's own, null where it kept none
     * @param spoke how long the speaking took, nanoseconds
     */
    record Spoken(
            Resident resident,
            Setting setting,
            String turn,
            StoredMessage message,
            long windowFrom,
            @Nullable ClientConversation conversation,
            long spoke) {}

    /** Commits the outcome; a problem where there is no whole reply and somebody listens. */
    TurnResult end(Spoken spoken, Speaking.Outcome outcome, Ledger ledger, TurnListener listener) {
        return switch (outcome) {
            case Speaking.Outcome.Whole(String voice, int place, ChatReply reply) -> {
                ledger.note("speak", spoken.spoke(), replyBudget, "ok");
                if (place > 0) {
                    ledger.degrade(List.of("model.fallback"));
                }
                TurnResult result = commit(
                        spoken,
                        new Commit.Ending(
                                Message.Status.COMPLETED,
                                voice,
                                reply.text(),
                                TurnUsage.of(reply.usage(), place == 0 ? price : TurnLimits.Price.UNKNOWN),
                                spoken.windowFrom(),
                                null,
                                spoken.conversation(),
                                reply.finish()),
                        ledger);
                tell(result, listener);
                yield result;
            }
            case Speaking.Outcome.Part(String voice, String text, ChatModelException cause) -> {
                ledger.note("speak", spoken.spoke(), replyBudget, cause == null ? "skipped" : "failed");
                TurnRecord.Failure failure = cause == null ? null : failure(cause, PART_KEPT);
                TurnResult result = commit(
                        spoken,
                        new Commit.Ending(
                                Message.Status.INTERRUPTED,
                                voice,
                                text.isBlank() ? null : text,
                                TurnUsage.NONE,
                                spoken.windowFrom(),
                                failure,
                                spoken.conversation(),
                                ChatReply.Finish.STOP),
                        ledger);
                if (failure != null) {
                    throw new Problem(failure.code(), failure.detail(), cause);
                }
                yield result;
            }
            case Speaking.Outcome.Silence(ChatModelException cause) -> {
                ledger.note("speak", spoken.spoke(), replyBudget, "failed");
                TurnRecord.Failure failure = failure(cause, MESSAGE_KEPT);
                commit(
                        spoken,
                        new Commit.Ending(
                                Message.Status.FAILED,
                                "",
                                null,
                                TurnUsage.NONE,
                                spoken.windowFrom(),
                                failure,
                                spoken.conversation(),
                                ChatReply.Finish.STOP),
                        ledger);
                throw new Problem(failure.code(), failure.detail(), cause);
            }
        };
    }

    private static final String PART_KEPT = " The message and the part of the reply that came are kept.";
    private static final String MESSAGE_KEPT =
            " The message is kept. As long as nothing else is said, the same Idempotency-Key tries once more.";

    /** Something unforeseen: the turn is closed as failed, so that the relationship is free and the ledger says so. */
    void abandon(Spoken spoken, Ledger ledger) {
        TurnRecord.Failure failure = new TurnRecord.Failure(
                Code.INTERNAL, "The turn failed for a reason that is in the server's log. The message is kept.");
        try {
            commit(
                    spoken,
                    new Commit.Ending(
                            Message.Status.FAILED,
                            "",
                            null,
                            TurnUsage.NONE,
                            0,
                            failure,
                            spoken.conversation(),
                            ChatReply.Finish.STOP),
                    ledger);
        } catch (RuntimeException again) {
            log.error("A failed turn could not be closed; it is taken over by the next one.", again);
        }
    }

    private TurnResult commit(Spoken spoken, Commit.Ending ending, Ledger ledger) {
        Commit.Committed committed =
                commit.commit(spoken.resident(), spoken.turn(), spoken.message(), spoken.setting(), ending, ledger);
        StoredMessage reply = committed.reply();
        if (reply != null && reply.recallable()) {
            afterwards.embed(committed.resident(), reply);
        }
        return new TurnResult(
                Commit.turnId(spoken.resident().key(), spoken.turn()),
                ending.status(),
                reply == null ? "" : messageId(spoken.resident(), reply),
                reply == null ? "" : reply.text(),
                ending.finish(),
                ending.voice(),
                ending.usage(),
                ledger.degraded(),
                false);
    }

    /** It is durable whatever the listener does; a client that left finds it under the same key, or in the history. */
    private static void tell(TurnResult result, TurnListener listener) {
        try {
            listener.on(new TurnEvent.MessageCompleted(result.messageId(), result.text()));
            listener.on(new TurnEvent.Completed(result));
        } catch (TurnListener.ClientGone gone) {
            log.debug("A client left before the acknowledgement.");
        } catch (RuntimeException broken) {
            log.warn("A turn was completed but could not be told.", broken);
        }
    }

    /** A turn that ended earlier, told once more. */
    static TurnResult tellAgain(
            Resident resident, TurnRecord record, @Nullable StoredMessage reply, TurnListener listener) {
        TurnRecord.Failure failure = record.failure();
        if (failure != null) {
            throw new Problem(failure.code(), failure.detail());
        }
        TurnResult result = answer(resident, record, reply, true);
        listener.on(new TurnEvent.Started(result.turnId()));
        listener.on(new TurnEvent.MessageCompleted(result.messageId(), result.text()));
        listener.on(new TurnEvent.Completed(result));
        return result;
    }

    /** A recorded turn as a result. */
    static TurnResult answer(Resident resident, TurnRecord record, @Nullable StoredMessage reply, boolean replayed) {
        TurnTrace trace = record.trace();
        return new TurnResult(
                trace.id(),
                trace.status(),
                reply == null ? "" : messageId(resident, reply),
                reply == null ? "" : reply.text(),
                record.finish(),
                trace.voice(),
                trace.usage(),
                trace.degraded(),
                replayed);
    }

    private static String messageId(Resident resident, StoredMessage message) {
        return message.id(
                        EntityId.Kind.MESSAGE,
                        resident.key().partition(),
                        resident.key().ordinal())
                .toString();
    }

    private static TurnRecord.Failure failure(ChatModelException cause, String kept) {
        return new TurnRecord.Failure(Code.MODEL_UNAVAILABLE, cause.getMessage() + kept);
    }
}
