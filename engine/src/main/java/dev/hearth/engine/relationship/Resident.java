package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.Gist;
import dev.hearth.engine.recall.IndexedMessage;
import dev.hearth.engine.recall.RelationshipIndex;
import dev.hearth.engine.recall.Standing;
import dev.hearth.engine.statement.WriteGate;
import dev.hearth.kernel.vector.QuantizedVector;
import dev.hearth.spi.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A relationship held in memory: its head, its index and the messages of the running session. A cache of what the
 * store says; whoever changes it holds the turnstile. Reading the head and searching the index need no turnstile.
 */
public final class Resident {

    /** So many of the last messages before a session stay in its history. */
    private static final int CARRIED_OVER = 6;

    /** How far extraction has come where nobody has asked yet. */
    static final long UNKNOWN = -1;

    /** So many memories that came late are told in the next turn. */
    private static final int MOST_CARRIED = 3;

    private static final int MOST_HEARD = 16;

    private static final int BYTES_A_COPY = 80;
    private static final int BYTES_A_RESIDENT = 4_096;
    private static final int BYTES_A_MESSAGE = 160;

    private final RelationshipKey key;
    private final RelationshipIndex index;
    private final BlockStarts blocks = new BlockStarts();
    private final Turnstile turnstile = new Turnstile();
    private final ExternalHashes imports = new ExternalHashes();
    private final TreeMap<Long, StoredMessage> window = new TreeMap<>();
    private final UnsavedVectors unsavedVectors = new UnsavedVectors();
    private final Map<String, CountDownLatch> turnsByKey = new ConcurrentHashMap<>();
    private final SaidTexts saidTexts = new SaidTexts();
    /** The memory that a repeated message is folded into, by the message's seq. */
    private final Map<Long, Long> keptByCopy = new ConcurrentHashMap<>();

    private final Sources sources = new Sources();
    private final ColdDirectory cold = new ColdDirectory();
    private final Uses uses = new Uses();
    private final ChangedRecords records;
    private final Upkeep upkeep = new Upkeep(uses, cold);
    private final Set<Long> carried = new LinkedHashSet<>();
    private final LinkedHashSet<String> heard = new LinkedHashSet<>();

    /** Held while a cold segment is taken in, so that nothing comes back that is forgotten meanwhile. */
    private final Object bringing = new Object();

    private final long life;
    private volatile State state;
    private volatile boolean stale;
    private volatile boolean damaged;
    private volatile long foldedTo;
    private final AtomicLong extractedTo = new AtomicLong(UNKNOWN);

    private record State(Head head, long revision) {}

    /**
     * A relationship as it was read.
     *
     * @param life which life of the partition it belongs to
     * @param shared whether other servers share the stores
     */
    Resident(RelationshipKey key, Head head, long revision, long life, RelationshipIndex index, boolean shared) {
        this.key = key;
        this.records = new ChangedRecords(key, shared);
        this.index = index;
        this.life = life;
        this.state = new State(head, revision);
    }

    public RelationshipKey key() {
        return key;
    }

    public Head head() {
        return state.head();
    }

    long revision() {
        return state.revision();
    }

    /** Which life of the partition this belongs to; writes name it. */
    public long life() {
        return life;
    }

    /** Whether a part of what was said cannot be read; the log names it. */
    public boolean damaged() {
        return damaged;
    }

    void markDamaged() {
        damaged = true;
    }

    /** The first seq of the last segment, which may still grow; 0 before the first. */
    long foldedTo() {
        return foldedTo;
    }

    void foldedTo(long firstSeq) {
        foldedTo = firstSeq;
    }

    /** What of it is cold. */
    ColdDirectory cold() {
        return cold;
    }

    /** When it is to be tidied. */
    Upkeep upkeep() {
        return upkeep;
    }

    /** Its records as far as memory has them, where other servers share the stores. */
    ChangedRecords records() {
        return records;
    }

    /** When its old memories were used. */
    Uses uses() {
        return uses;
    }

    /**
     * Notes that memories were put into a prompt.
     *
     * @param at when the prompt's message was said
     * @param now when that was
     */
    public void used(Collection<StoredMessage> memories, Instant at, Instant now) {
        index.used(memories.stream().map(StoredMessage::seq).toList(), at);
        upkeep.used(memories, now);
        synchronized (carried) {
            memories.forEach(memory -> carried.remove(memory.seq()));
        }
    }

    /** Notes that an idempotency key was used here, by its term. */
    public void heard(String term) {
        synchronized (heard) {
            heard.add(term);
            if (heard.size() > MOST_HEARD) {
                heard.remove(heard.getFirst());
            }
        }
    }

    /** Whether an idempotency key was used here lately. */
    public boolean hasHeard(String term) {
        synchronized (heard) {
            return heard.contains(term);
        }
    }

    /** Keeps memories that came too late for a turn for the next one. */
    void carry(List<Long> seqs) {
        synchronized (carried) {
            seqs.stream().limit(MOST_CARRIED).forEach(carried::add);
        }
    }

    /** What came too late for an earlier turn and has not been told since, the best first. */
    public List<Long> carried() {
        synchronized (carried) {
            return carried.stream().filter(index::live).limit(MOST_CARRIED).toList();
        }
    }

    /** Messages from here on stay single: the running session's, which may be replaced. */
    long settledTo() {
        synchronized (window) {
            return window.isEmpty() ? head().nextSeq() : window.firstKey();
        }
    }

    /** The last seq that extraction has seen, {@link #UNKNOWN} until it was read. */
    long extractedTo() {
        return extractedTo.get();
    }

    /** Says it; whoever says it holds the turnstile. */
    void extractedTo(long seq) {
        extractedTo.set(seq);
    }

    /** Says what the store said, where nobody has said anything newer meanwhile. */
    void readExtractedTo(long seq) {
        extractedTo.compareAndSet(UNKNOWN, seq);
    }

    /** The newest message of a turn, null where there is none. */
    @Nullable
    StoredMessage newestOfTurns() {
        synchronized (window) {
            return window.isEmpty() ? null : window.lastEntry().getValue();
        }
    }

    /** The newest message of a turn that can be recalled, null where there is none: a cut-off reply is none. */
    @Nullable
    StoredMessage newestRecallable() {
        synchronized (window) {
            return window.descendingMap().values().stream()
                    .filter(StoredMessage::recallable)
                    .findFirst()
                    .orElse(null);
        }
    }

    BlockStarts blocks() {
        return blocks;
    }

    public RelationshipIndex index() {
        return index;
    }

    /** Whether the store may say something else than this: then it is loaded anew. */
    public boolean stale() {
        return stale;
    }

    public void markStale() {
        stale = true;
    }

    public void enterTurn(Deadline deadline) {
        turnstile.enterTurn(deadline);
    }

    public void enter(Deadline deadline) {
        turnstile.enter(deadline);
    }

    /** Whether a turn is inside, or one of another server was open when memory last heard. */
    public boolean busy() {
        return head().claim() != null || turnstile.hasTurn();
    }

    /** Enters if nobody is inside or waits. */
    boolean tryEnter() {
        return turnstile.tryEnter();
    }

    public void leave() {
        turnstile.leave();
    }

    /** Requests under way by idempotency key, so that a concurrent repetition waits for the first. */
    public Map<String, CountDownLatch> turnsByKey() {
        return turnsByKey;
    }

    void advance(Head head, long revision) {
        state = new State(head, revision);
        synchronized (window) {
            window.headMap(head.session().windowFrom()).clear();
        }
    }

    /** Takes a stored block of messages into the index and the window. */
    public void admit(List<StoredMessage> block) {
        admit(block, null);
    }

    /**
     * The same.
     *
     * @param analysed what is known of the messages' words; null where that is to be found out
     */
    void admit(List<StoredMessage> block, @Nullable AnalysisBlock analysed) {
        blocks.append(block.getFirst().seq());
        upkeep.warm(block);
        take(block, analysed);
    }

    /** Takes in a segment that was put away: of its messages those that stay warm. */
    void admitCold(long first, ColdBlock block, @Nullable AnalysisBlock analysed) {
        blocks.append(first);
        block.imported().forEach((seq, hash) -> imports.put(hash, seq));
        cold.put(first, block);
        upkeep.cold(block);
        take(block.kept(), analysed);
    }

    /**
     * Takes a cold segment's messages into memory, so that they are found as others are; nothing where they are here
     * already, or the segment was put away anew since it was read.
     */
    void bring(long first, String object, ColdSegment segment, boolean comparable) {
        synchronized (bringing) {
            if (!cold.bring(first, object, segment.messages())) {
                return;
            }
            Map<Long, List<QuantizedVector>> vectors = new HashMap<>();
            if (comparable) {
                segment.embedded().forEach(message -> vectors.put(message.seq(), message.windows()));
            }
            index.insert(
                    segment.messages().stream()
                            .map(message -> indexed(message, remembers(message)))
                            .toList(),
                    vectors);
        }
    }

    /** What a query can know of messages, without those that are {@code warm}. */
    Gist gist(List<StoredMessage> messages, List<VectorBlock.Embedded> vectors, Predicate<StoredMessage> warm) {
        List<StoredMessage> cold =
                messages.stream().filter(message -> !warm.test(message)).toList();
        Set<Long> seqs = cold.stream().map(StoredMessage::seq).collect(Collectors.toSet());
        return Gist.of(
                (cold.isEmpty() ? messages : cold)
                        .stream()
                                .map(message -> indexed(message, remembers(message)))
                                .toList(),
                vectors.stream()
                        .filter(embedded -> seqs.contains(embedded.seq()))
                        .map(VectorBlock.Embedded::windows)
                        .toList());
    }

    /** Whether a message is a memory, be it in memory or away. */
    public boolean isMemory(StoredMessage message) {
        return index.live(message.seq()) || (cold.awayIn(message.seq()) != 0 && remembers(message));
    }

    /** Takes note of a stored block that cannot be read. */
    void admitDamaged(long firstSeq) {
        blocks.append(firstSeq);
        damaged = true;
    }

    private void take(List<StoredMessage> messages, @Nullable AnalysisBlock analysed) {
        List<MessageAnalysis> known = analysed == null ? List.of() : analysed.messages();
        // Of another block, it is of no use.
        boolean fits = known.size() == messages.size();
        List<IndexedMessage> indexed = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            StoredMessage message = messages.get(i);
            if (message.externalHash() != 0) {
                imports.put(message.externalHash(), message.seq());
            }
            // Without what it was made from, nothing would ever take it away.
            damaged |= !message.deleted() && unsourced(message);
            boolean memory =
                    mayBeMemory(message) && (fits ? known.get(i).telling() : WriteGate.remembers(message.text()));
            indexed.add(indexed(message, memory));
            if (memory) {
                saidTexts.put(fits ? known.get(i).sameness() : message.sameness(), message.seq());
            }
        }
        index.append(indexed, fits ? known.stream().map(MessageAnalysis::text).toList() : null);
        for (StoredMessage message : messages) {
            if (message.deleted()) {
                index.delete(message.seq());
            } else if (message.turn() != null
                    && message.seq() >= head().session().windowFrom()) {
                synchronized (window) {
                    window.put(message.seq(), message);
                }
            }
        }
    }

    /**
     * Whether a message is a memory of its own: it says something, nothing that it repeats stands for it, and of a fact it
     * is known what it was made from.
     */
    boolean remembers(StoredMessage message) {
        return mayBeMemory(message) && WriteGate.remembers(message.text());
    }

    private boolean mayBeMemory(StoredMessage message) {
        return message.recallable() && !keptByCopy.containsKey(message.seq()) && !unsourced(message);
    }

    /** Whether it is a fact of which nobody knows what it was made from. */
    private boolean unsourced(StoredMessage message) {
        return message.derived() && index.standing(message.seq()).sources().isEmpty();
    }

    /** Sets what is known of a memory beside its words. */
    void stand(long seq, Standing standing) {
        index.standing(seq).copies().forEach(keptByCopy::remove);
        standing.copies().forEach(copy -> keptByCopy.put(copy, seq));
        sources.change(seq, index.standing(seq).sources(), standing.sources());
        index.standing(seq, standing);
    }

    /** The facts that were made from a message. */
    Set<Long> derivedFrom(long source) {
        return sources.factsOf(source);
    }

    /** The seq of the memory that a message repeats, null where it repeats none. */
    public @Nullable Long keptBy(long seq) {
        return keptByCopy.get(seq);
    }

    /** A memory that may say the text with this hash, 0 for none. */
    long saying(int hash) {
        return saidTexts.find(hash);
    }

    /** Lets go of a message that a write is about to erase. Where that write fails, mark this stale. */
    public void forget(long seq) {
        sources.change(seq, index.standing(seq).sources(), List.of());
        synchronized (bringing) {
            index.delete(seq);
            cold.forget(seq);
        }
        synchronized (window) {
            window.remove(seq);
        }
        uses.forget(seq);
        unsavedVectors.forget(seq);
    }

    /** Gives back the room that loading left for more to come. Whoever calls it is the only one who has this. */
    void trim() {
        index.trim();
        imports.trim();
    }

    boolean imported(long externalHash) {
        return imports.seqOf(externalHash) != 0;
    }

    /** Where what was imported under this hash lies, 0 where nothing was. */
    long seqOf(long externalHash) {
        return imports.seqOf(externalHash);
    }

    /** The messages of turns that the prompt's history holds, oldest first; imports are recalled and never there. */
    public List<StoredMessage> window() {
        synchronized (window) {
            return new ArrayList<>(window.values());
        }
    }

    /** Where the history of a session that begins now is to begin: a few messages back. */
    public long carriedFrom() {
        List<StoredMessage> said = window();
        return said.isEmpty()
                ? head().nextSeq()
                : said.get(Math.max(0, said.size() - CARRIED_OVER)).seq();
    }

    /** Vectors that were made off a turn's path: searchable now, stored with the next write. Not of what is forgotten. */
    public void attach(long seq, List<float[]> windows) {
        List<QuantizedVector> quantized =
                windows.stream().map(QuantizedVector::of).toList();
        if (index.live(seq) && unsavedVectors.put(seq, quantized)) {
            index.quantizedVectors(seq, quantized);
        }
    }

    /** Those of them that wait to be stored. */
    UnsavedVectors unsavedVectors() {
        return unsavedVectors;
    }

    long bytes() {
        long held = BYTES_A_RESIDENT + index.bytes() + blocks.bytes() + saidTexts.bytes() + imports.bytes();
        held += (long) keptByCopy.size() * BYTES_A_COPY;
        held += sources.bytes() + cold.bytes() + uses.bytes() + records.bytes();
        for (StoredMessage message : window()) {
            held += BYTES_A_MESSAGE + 2L * message.text().length();
        }
        return held + unsavedVectors.bytes();
    }

    private static IndexedMessage indexed(StoredMessage message, boolean memory) {
        return new IndexedMessage(
                message.seq(),
                message.origin().byUser(),
                message.speaker() == null ? "" : message.speaker(),
                message.session(),
                message.said(),
                message.text(),
                memory,
                message.times());
    }
}
