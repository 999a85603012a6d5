package dev.hearth.engine.extraction;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.SoleWork;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Deriving;
import dev.hearth.engine.relationship.Journal;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.RelationshipRoom;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.Residents;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.turn.TurnLimits;
import dev.hearth.spi.ChatModel;
import dev.hearth.spi.ChatModelException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extracts facts from sessions that are over, off everybody's path. A relationship whose user has said something is
 * noted when somebody is done with it, and taken up once its session is over; what finds no room, and what was noted
 * when the process ended, is noted again when the relationship is next used. Without a model it does nothing. Safe for
 * many threads.
 */
public final class Extraction implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Extraction.class);
    private static final int MOST_NOTED = 10_000;
    private static final int ATTEMPTS = 5;

    /** After so many refusals one after another, it is taken to be the model and not what it is asked. */
    private static final int MOST_REFUSALS = 3;

    private static final long NEVER_REFUSED = Long.MAX_VALUE;
    private static final Duration PACE = Duration.ofSeconds(30);
    private static final Duration BACK_OFF = Duration.ofMinutes(2);
    /** What a step takes beside the model, at most. */
    private static final Duration BEYOND_THE_MODEL = Duration.ofMinutes(1);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final @Nullable Extracting extracting;
    private final RelationshipRoom room;
    private final Budgets budgets;
    private final SoleWork soleWork;
    private final Duration lifetime;
    private final Map<RelationshipKey, Noted> noted = new ConcurrentHashMap<>();
    private @Nullable Thread worker;
    private volatile boolean closed;

    /**
     * A relationship that waits.
     *
     * @param due when it is taken up
     * @param failed how often that failed
     * @param answered how many calls had been answered when it was first refused; {@link #NEVER_REFUSED} before
     */
    private record Noted(Instant due, int failed, long answered) {
        private Noted at(Instant later) {
            return new Noted(later, failed, answered);
        }

        private Noted laterOf(Noted fresh) {
            return new Noted(due.isAfter(fresh.due()) ? due : fresh.due(), failed, answered);
        }
    }

    /**
     * @param lifetime within which one step of a relationship is done
     */
    private Extraction(
            @Nullable Extracting extracting, RelationshipRoom room, RelationshipRoom.Parts parts, Duration lifetime) {
        this.extracting = extracting;
        this.room = room;
        this.budgets = parts.budgets();
        this.soleWork = parts.soleWork();
        this.lifetime = lifetime;
    }

    /**
     * Wires it, and begins where there is a model.
     *
     * @param model who is asked; null to extract nothing
     * @param patience how long one call may take
     * @param price of the model
     * @param embed embeds a memory in a moment
     */
    public static Extraction open(
            @Nullable ChatModel model,
            Duration patience,
            TurnLimits.Price price,
            RelationshipRoom.Parts parts,
            RelationshipRoom room,
            Companions companions,
            Users users,
            BiConsumer<Resident, StoredMessage> embed) {
        if (model == null) {
            return new Extraction(null, room, parts, Duration.ZERO);
        }
        Extractor extractor =
                new Extractor(model, patience, price, parts.budgets().clock());
        Extraction extraction = new Extraction(
                new Extracting(extractor, room.deriving(), parts.vault(), companions, users, parts.budgets(), embed),
                room,
                parts,
                extractor.longest().plus(BEYOND_THE_MODEL));
        room.residents().whenLeft(extraction::note);
        extraction.worker = Thread.ofVirtual().name("extraction").start(extraction::run);
        return extraction;
    }

    /**
     * Extracts what waits in a relationship's sessions that are over, now. How many facts became memories.
     *
     * @throws Problem {@code model_unavailable} where the model does not answer: what was stored before stays, the rest
     *     waits; {@code conflict} where somebody else is at it
     */
    public int extract(String relationship) {
        if (extracting == null) {
            return 0;
        }
        try (Residents.Lease found = room.addresses().lease(relationship);
                SoleWork.Held work = takeUp(found.resident().key())) {
            int kept = 0;
            Extracting.Outcome outcome = new Extracting.Outcome(0, true);
            while (outcome.more()) {
                if (work == null || !work.on()) {
                    throw new Problem(
                            Code.CONFLICT, "Another server extracts of this relationship; what it leaves waits.");
                }
                // As the store has it now that nobody else is at it.
                try (Residents.Lease lease =
                        room.residents().lease(found.resident().key())) {
                    outcome = extracting.extract(lease.resident(), false, work);
                }
                kept += outcome.kept();
            }
            return kept;
        } catch (Journal.Behind behind) {
            throw new Problem(
                    Code.CONFLICT,
                    "The relationship was changed by another server; what was not stored waits.",
                    behind);
        }
    }

    /** Extracts of every noted relationship whose session is over, as goes on by itself. How many facts became memories. */
    public int extractDue() {
        if (extracting == null) {
            return 0;
        }
        Instant now = budgets.clock().now();
        int kept = 0;
        List<Map.Entry<RelationshipKey, Noted>> due = noted.entrySet().stream()
                .filter(entry -> !entry.getValue().due().isAfter(now))
                .sorted(Comparator.comparing(entry -> entry.getValue().due()))
                .toList();
        int refusals = 0;
        for (Map.Entry<RelationshipKey, Noted> entry : due) {
            Noted waits = entry.getValue();
            if (!noted.remove(entry.getKey(), waits)) {
                // It was used meanwhile, and is due later.
                continue;
            }
            try (SoleWork.Held work = takeUp(entry.getKey())) {
                if (work == null) {
                    noted.merge(entry.getKey(), waits.at(now.plus(BACK_OFF)), Noted::laterOf);
                    continue;
                }
                Extracting.Outcome outcome = extract(extracting, entry.getKey(), waits, work);
                kept += outcome.kept();
                refusals = 0;
                if (outcome.more()) {
                    // Behind everybody who waits by now.
                    noted.put(entry.getKey(), new Noted(budgets.clock().now(), 0, NEVER_REFUSED));
                }
            } catch (RuntimeException failure) {
                failed(entry.getKey(), waits, failure);
                refusals += refuses(failure) ? 1 : 0;
                if (closed || (isOfTheModel(failure) && !refuses(failure)) || refusals == MOST_REFUSALS) {
                    return kept;
                }
            }
        }
        return kept;
    }

    private Extracting.Outcome extract(Extracting extracting, RelationshipKey key, Noted waits, SoleWork.Held work) {
        // Looked at after the work was taken up: what another has extracted by then waits no more.
        try (Residents.Lease lease = room.residents().lease(key)) {
            return extracting.extract(lease.resident(), passesOver(waits), work);
        }
    }

    private SoleWork.@Nullable Held takeUp(RelationshipKey key) {
        return soleWork.takeUp(key.partition(), key.prefix() + "extraction", lifetime);
    }

    /**
     * Whether this is the last time that a part is asked about which the model refuses: where it has answered others since,
     * the key is good and the part is what it refuses.
     */
    private boolean passesOver(Noted waits) {
        return waits.failed() == ATTEMPTS - 1 && spent().answered() > waits.answered();
    }

    private static boolean isOfTheModel(RuntimeException failure) {
        return failure instanceof Problem problem && problem.code() == Code.MODEL_UNAVAILABLE;
    }

    /** Whether the model answered that it does not answer this. */
    private static boolean refuses(RuntimeException failure) {
        return failure.getCause() instanceof ChatModelException model
                && model.kind() == ChatModelException.Kind.REFUSED;
    }

    /** What it has taken since the engine was opened. Each turn's ledger has its part of it, as far as that is kept. */
    public Spent spent() {
        return extracting == null ? Spent.NOTHING : extracting.spent();
    }

    /** How many relationships wait to be taken up, or for their session to be over. */
    public int waiting() {
        return noted.size();
    }

    private void failed(RelationshipKey key, Noted waited, RuntimeException failure) {
        int times = waited.failed() + 1;
        boolean gone = failure instanceof Problem problem && problem.code() == Code.NOT_FOUND;
        if (!gone && !closed) {
            log.warn("Extraction for partition {} failed and waits: {}", key.partition(), failure.toString());
        }
        // Where the relationship, its user or its companion is gone, nothing is to be extracted any more.
        if (!gone && times < ATTEMPTS) {
            Duration later = BACK_OFF.multipliedBy(1L << times);
            boolean first = refuses(failure) && waited.answered() == NEVER_REFUSED;
            long answered = first ? spent().answered() : waited.answered();
            noted.put(key, new Noted(budgets.clock().now().plus(later), times, answered));
        } else {
            noted.remove(key);
        }
    }

    private void note(Resident resident) {
        Deriving deriving = room.deriving();
        if (deriving.mayWait(resident) && (noted.size() < MOST_NOTED || noted.containsKey(resident.key()))) {
            noted.merge(resident.key(), new Noted(deriving.over(resident), 0, NEVER_REFUSED), Noted::laterOf);
        }
    }

    private void run() {
        try {
            while (!closed) {
                Thread.sleep(PACE);
                int ignored = extractDue();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it; a call that is under way is given up, and its messages wait. */
    @Override
    public void close() {
        closed = true;
        Thread running = worker;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            if (!running.join(CLOSING)) {
                log.warn("Extraction did not end within {}.", CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
