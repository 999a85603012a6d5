package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.Standing;
import dev.hearth.engine.statement.Sameness;
import dev.hearth.engine.statement.Support;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What one write makes of facts: which messages they were made from, and whether these are out of date. */
final class Citations {

    /** Of a fact that was made from so many messages, no more are noted. */
    private static final int MOST_SOURCES = 50;

    /** So many facts a message has at most, for the limit of the write that erases them with it. */
    private static final int MOST_FACTS = 10;

    /** So many messages are looked at for one that says the same. */
    private static final int MOST_HEIRS = 20;

    private final Resident resident;
    private final ChangedStandings standings;
    private final Function<List<Long>, Map<Long, StoredMessage>> said;
    private final Map<Long, Long> heirs = new HashMap<>();
    private boolean leavesNothing;

    /**
     * @param said reads messages, at most 100; leaves out what cannot be read
     */
    Citations(Resident resident, ChangedStandings standings, Function<List<Long>, Map<Long, StoredMessage>> said) {
        this.resident = resident;
        this.standings = standings;
        this.said = said;
    }

    /** Takes in a fact that becomes a memory; one that is out of date already, where its message is and it is meant. */
    void derive(StoredMessage fact, StoredMessage source) {
        long successor = successor(source.seq());
        StoredMessage newer =
                successor == 0 ? null : said.apply(List.of(successor)).get(successor);
        Standing standing = Standing.NONE.derivedFrom(List.of(source.seq()), null);
        standings.put(
                fact.seq(), newer != null && isMeant(fact, newer) ? standing.supersededBy(newer.seq()) : standing);
    }

    /** Whether a newer statement that takes the place of a fact's message is about the fact too. */
    private static boolean isMeant(StoredMessage fact, StoredMessage newer) {
        String speaker = newer.speaker();
        return Support.touches(fact.text(), newer.text(), speaker == null ? List.of() : List.of(speaker));
    }

    /** A fact that is there already is made from this message too. */
    void cite(StoredMessage fact, StoredMessage source) {
        Standing standing = standings.of(fact.seq());
        if (standing.sources().contains(source.seq()) || standing.sources().size() >= MOST_SOURCES) {
            return;
        }
        List<Long> sources = new ArrayList<>(standing.sources());
        sources.add(source.seq());
        sources.sort(null);
        Instant last = standing.lastSaid() == null ? fact.said() : standing.lastSaid();
        standings.put(fact.seq(), standing.derivedFrom(sources, source.said().isAfter(last) ? source.said() : last));
    }

    /** From here on a message that is erased leaves its facts to none of those that say the same: they go too. */
    void leaveNothing() {
        leavesNothing = true;
    }

    /** The facts that nothing is left of to stand on once these messages are erased, rising; ask before any is dropped. */
    NavigableSet<Long> lastFactsOf(Collection<Long> going) {
        for (long seq : going) {
            long heir = heir(seq, going);
            if (heir != 0) {
                heirs.put(seq, heir);
            }
        }
        NavigableSet<Long> facts = new TreeSet<>();
        for (long seq : going) {
            resident.derivedFrom(seq).stream()
                    .filter(fact -> !going.contains(fact))
                    .filter(fact -> standings.of(fact).sources().stream()
                            .allMatch(source -> going.contains(source) && !heirs.containsKey(source)))
                    .forEach(facts::add);
        }
        return facts;
    }

    /** A message that stays, says the same in the same words and has room for the facts of one that goes; 0 for none. */
    private long heir(long seq, Collection<Long> going) {
        int facts = resident.derivedFrom(seq).size();
        if (facts == 0 || leavesNothing) {
            return 0;
        }
        Long kept = resident.keptBy(seq);
        long memory = kept == null ? seq : kept;
        List<Long> others = Stream.concat(Stream.of(memory), standings.of(memory).copies().stream())
                .filter(other -> !going.contains(other))
                .filter(other -> resident.derivedFrom(other).size() + facts <= MOST_FACTS)
                .limit(MOST_HEIRS)
                .toList();
        List<Long> read = new ArrayList<>(others);
        read.add(seq);
        Map<Long, StoredMessage> found = others.isEmpty() ? Map.of() : said.apply(read);
        StoredMessage gone = found.get(seq);
        for (long other : others) {
            StoredMessage stays = found.get(other);
            if (gone != null && stays != null && Sameness.same(gone.text(), stays.text())) {
                return other;
            }
        }
        return 0;
    }

    /** Takes an erased message from the facts that were made from it; whoever says the same takes its place. */
    void drop(long source) {
        Long heir = heirs.get(source);
        for (long fact : resident.derivedFrom(source)) {
            Standing standing = standings.of(fact);
            TreeSet<Long> left = new TreeSet<>(standing.sources());
            left.remove(source);
            if (heir != null) {
                left.add(heir);
            }
            standings.put(fact, standing.derivedFrom(List.copyOf(left), standing.lastSaid()));
        }
    }

    /**
     * Marks what was derived from a statement alone, or from others that are out of date too, where the newer one is about
     * it: a message may say more than what became out of date.
     */
    void supersede(StoredMessage statement, StoredMessage newer) {
        List<Long> sources = new ArrayList<>(standings.of(statement.seq()).copies());
        sources.add(statement.seq());
        List<Long> facts = sources.stream()
                .flatMap(source -> resident.derivedFrom(source).stream())
                .distinct()
                .filter(fact -> standings.of(fact).supersededBy() == 0)
                .filter(fact -> standings.of(fact).sources().stream().allMatch(each -> successor(each) != 0))
                .sorted()
                .limit(Keeping.MOST_CHANGES)
                .toList();
        for (StoredMessage fact : said.apply(facts).values()) {
            if (standings.count() < Keeping.MOST_CHANGES && isMeant(fact, newer)) {
                standings.put(fact.seq(), standings.of(fact.seq()).supersededBy(newer.seq()));
            }
        }
    }

    /** The newer memory that took the place of what a message says, 0 for none. */
    private long successor(long seq) {
        Long kept = resident.keptBy(seq);
        return standings.of(kept == null ? seq : kept).supersededBy();
    }
}
