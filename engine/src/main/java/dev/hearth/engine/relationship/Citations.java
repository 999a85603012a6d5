package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one write makes of facts: which messages they were made from, and whether these are out of date. */
final class Citations {

    /** Of a fact that was made from so many messages, no more are noted. */
    private static final int MOST_SOURCES = 50;

    private final Resident resident;
    private final ChangedStandings standings;

    Citations(Resident resident, ChangedStandings standings) {
        this.resident = resident;
        this.standings = standings;
    }

    /** Takes in a fact that becomes a memory. */
    void derive(StoredMessage fact, StoredMessage source) {
        standings.put(
                fact.seq(),
                Standing.NONE.derivedFrom(List.of(source.seq()), null).supersededBy(successor(source.seq())));
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

    /** Marks what was derived from a statement alone, or from others that are out of date too. */
    void supersede(StoredMessage statement, StoredMessage newer) {
        List<Long> said = new ArrayList<>(standings.of(statement.seq()).copies());
        said.add(statement.seq());
        for (long source : said) {
            for (long fact : resident.derivedFrom(source)) {
                Standing standing = standings.of(fact);
                if (standings.count() < Keeping.MOST_CHANGES
                        && standing.supersededBy() == 0
                        && standing.sources().stream().allMatch(each -> successor(each) != 0)) {
                    standings.put(fact, standing.supersededBy(newer.seq()));
                }
            }
        }
    }

    /** The newer memory that took the place of what a message says, 0 for none. */
    private long successor(long seq) {
        Long kept = resident.keptBy(seq);
        return standings.of(kept == null ? seq : kept).supersededBy();
    }
}
