package dev.hearth.bench.recall;

import java.util.List;
import java.util.Set;

/**
 * What came of one question that has evidence.
 *
 * @param turns the ids of the turns found, best first, none twice
 * @param newest of the evidence the turn that was said last
 * @param sessions their sessions, each where its first turn stands; empty where the conversation has none
 */
record Answer(
        String conversation,
        String category,
        List<String> turns,
        Set<String> evidence,
        String newest,
        List<String> sessions,
        Set<String> evidenceSessions) {

    Answer {
        turns = List.copyOf(turns);
        evidence = Set.copyOf(evidence);
        sessions = List.copyOf(sessions);
        evidenceSessions = Set.copyOf(evidenceSessions);
    }
}
