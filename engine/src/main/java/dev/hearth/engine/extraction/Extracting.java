package dev.hearth.engine.extraction;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.SoleWork;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Deriving;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.turn.StoredTurns;
import dev.hearth.engine.turn.TurnTrace;
import dev.hearth.engine.turn.TurnUsage;
import dev.hearth.spi.ChatModelException;
import dev.hearth.spi.ChatRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Extracts step by step what waits in one relationship: asks, believes what the user's words bear out, stores it. */
final class Extracting {

    private static final Logger log = LoggerFactory.getLogger(Extracting.class);
    private static final int MOST_OF_A_MESSAGE = 10;
    private static final int MOST_STEPS = 8;
    private static final double NANOS = 1e6;

    private final Extractor extractor;
    private final Deriving deriving;
    private final Vault vault;
    private final Companions companions;
    private final Users users;
    private final Budgets budgets;
    private final BiConsumer<Resident, StoredMessage> embed;

    Extracting(
            Extractor extractor,
            Deriving deriving,
            Vault vault,
            Companions companions,
            Users users,
            Budgets budgets,
            BiConsumer<Resident, StoredMessage> embed) {
        this.extractor = extractor;
        this.deriving = deriving;
        this.vault = vault;
        this.companions = companions;
        this.users = users;
        this.budgets = budgets;
        this.embed = embed;
    }

    /**
     * What came of one time that a relationship was taken up.
     *
     * @param kept how many facts became memories
     * @param more whether something may wait still
     */
    record Outcome(int kept, boolean more) {}

    /**
     * Extracts what waits, some calls of it, so that no relationship keeps the others waiting for long.
     *
     * @param passOver whether the first part is passed over where the model refuses to be asked about it
     * @param work is gone on with before every step but the first; where somebody else has taken it up it ends
     * @throws Problem {@code model_unavailable} where the model does not answer: what was stored before stays, the rest
     *     waits
     */
    Outcome extract(Resident resident, boolean passOver, SoleWork.Held work) {
        int kept = 0;
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            if (steps > 0 && !work.on()) {
                return new Outcome(kept, true);
            }
            Deriving.Waiting waiting = deriving.waiting(resident);
            List<StoredMessage> stored =
                    waiting.messages().isEmpty() ? null : step(resident, waiting, passOver && steps == 0);
            if (stored == null) {
                return new Outcome(kept, false);
            }
            stored.forEach(message -> embed.accept(resident, message));
            kept += stored.size();
        }
        return new Outcome(kept, true);
    }

    private @Nullable List<StoredMessage> step(Resident resident, Deriving.Waiting waiting, boolean passOver) {
        Transcript transcript = Transcript.of(waiting.messages());
        long until = transcript.last().seq();
        if (!transcript.tells()) {
            return deriving.store(resident, new Deriving.Step(waiting.after(), until, List.of(), 0, null), new Batch());
        }
        RelationshipKey key = resident.key();
        Users.Stored user = users.find(key.partition());
        if (user == null) {
            return null;
        }
        String name = user.record().user().displayName();
        String companion = companions.known(resident.head().companion()).name();
        Extractor.Answer answer =
                answer(transcript.request(name, companion, budgets.clock().now()), passOver);
        Extracted extracted = answer.extracted();
        if (extracted == null) {
            log.warn(
                    "No answer of the extraction model could be read about {} messages of partition {}; they are passed"
                            + " over.",
                    transcript.messages().size(),
                    key.partition());
        }
        List<Deriving.Fact> facts = extracted == null
                ? List.of()
                : believed(
                        transcript,
                        extracted,
                        new Evidence(name == null ? List.of(companion) : List.of(name, companion)));
        EntityId turn = EntityId.parseUlid(
                        EntityId.Kind.TURN,
                        key.partition(),
                        Objects.requireNonNull(transcript.last().turn()))
                .orElseThrow(() -> new IllegalStateException("A message of a turn names a broken turn."));
        Batch batch = new Batch();
        ledger(key, turn, answer, batch);
        int refused =
                extracted == null ? 0 : extracted.refused() + extracted.drafts().size() - facts.size();
        return deriving.store(resident, new Deriving.Step(waiting.after(), until, facts, refused, turn), batch);
    }

    private Extractor.Answer answer(ChatRequest request, boolean passOver) {
        try {
            return extractor.ask(request);
        } catch (ChatModelException failed) {
            if (passOver && failed.kind() == ChatModelException.Kind.REFUSED) {
                return new Extractor.Answer(null, TurnUsage.NONE, 0);
            }
            throw new Problem(Code.MODEL_UNAVAILABLE, String.valueOf(failed.getMessage()), failed);
        }
    }

    /** What was spent so far. */
    Spent spent() {
        return extractor.spent();
    }

    private static List<Deriving.Fact> believed(Transcript transcript, Extracted extracted, Evidence evidence) {
        List<Deriving.Fact> facts = new ArrayList<>();
        Map<Long, Integer> of = new HashMap<>();
        for (Draft draft : extracted.drafts()) {
            StoredMessage cited = transcript.cited(draft.number());
            if (cited != null
                    && evidence.bears(draft, cited)
                    && of.merge(cited.seq(), 1, Integer::sum) <= MOST_OF_A_MESSAGE) {
                facts.add(new Deriving.Fact(draft.fact(), cited));
            }
        }
        return facts;
    }

    /** Puts what was spent into the ledger of the last turn that was asked about, while that is kept. */
    private void ledger(RelationshipKey key, EntityId turn, Extractor.Answer answer, Batch batch) {
        Entry entry = vault.get(key.partition(), key.turn(turn.ulid()), budgets.store());
        if (entry == null) {
            return;
        }
        TurnTrace.Step step = new TurnTrace.Step(
                "extract",
                answer.nanos() / NANOS,
                extractor.patience().toMillis(),
                answer.extracted() == null ? "failed" : "ok");
        batch.when(entry.key(), entry.revision())
                .put(
                        entry.key(),
                        entry.revision() + 1,
                        StoredTurns.extracted(entry.bytes(), step, answer.usage()),
                        StoredTurns.keptUntil(Instant.ofEpochMilli(turn.millis())));
    }
}
