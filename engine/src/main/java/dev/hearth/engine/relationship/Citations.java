package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.Standing;
import dev.hearth.engine.statement.Support;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What one write makes of facts: which messages they were made from, and whether these are out of date. */
final class Citations {

    /** Of a fact that was made from so many messages, no more are noted. */
    private static final int MOST_SOURCES = 50;

    private final Resident resident;
    private final ChangedStandings standings;
    private final Function<List<Long>, Map<Long, StoredMessage>> said;

    /**
     * @param said reads messages, at most 100; leaves out what cannot be read
     */
    Citations(
            Resident resident, ChangedStandings standings, Function<List<Long>, Map<Long, StoredMessage>> said) {
        this.resident = resident;
        this.standings = standings;
        this.said = said;
    }

    /** Takes in a fact that becomes a memory; one that is out of date already, where its message is and it is meant. */
    void derive(StoredMessage fact, StoredMessage source) {
        long successor = successor(source.seq());
        StoredMessage newer = successor == 0 ? null : said.apply(List.of(successor)).get(successor);
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

    /** Takes an erased message from the facts that were made from it. */
    void drop(long source) {
        for (long fact : resident.derivedFrom(source)) {
            Standing standing = standings.of(fact);
            List<Long> left = new ArrayList<>(standing.sources());
            left.remove(source);
            standings.put(fact, standing.derivedFrom(left, standing.lastSaid()));
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
