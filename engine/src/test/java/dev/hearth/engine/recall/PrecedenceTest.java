package dev.hearth.engine.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order in which hits are told. */
final class PrecedenceTest {

    private static final Instant NOW = Instant.parse("2026-05-04T09:00:00Z");

    private final Standings standings = new Standings();
    private final Map<List<Long>, Double> alike = new HashMap<>();
    private final List<Ranked> ranked = new ArrayList<>();

    @Test
    void withoutStandingsNothingMoves() {
        hits(0.9, 0.8, 0.7, 0.6);
        assertThat(order(3, true)).containsExactly(1L, 2L, 3L);
        assertThat(order(3, false)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aPinGoesBeforeWhatIsAboutAsGoodAndNotBeforeWhatIsFarBetter() {
        hits(1.0, 0.55, 0.5, 0.1);
        standings.put(3, Standing.NONE.pinned(true));
        assertThat(order(4, false)).containsExactly(1L, 3L, 2L, 4L);
    }

    @Test
    void whatWasOutdoneIsNeverAboveItsSuccessorWhichIsFoundWithIt() {
        hits(0.9, 0.8, 0.7);
        standings.put(1, Standing.NONE.supersededBy(3));
        assertThat(order(3, false)).containsExactly(3L, 1L, 2L);
        standings.put(3, Standing.NONE.supersededBy(9));
        assertThat(order(4, false)).containsExactly(9L, 3L, 1L, 2L);
        assertThat(order(1, false)).containsExactly(9L);
    }

    @Test
    void aSuccessorThatMayNotBeFoundIsNot() {
        hits(0.9, 0.8);
        standings.put(1, Standing.NONE.supersededBy(9));
        RecallQuery query = RecallQuery.of("q", 5, NOW, ZoneOffset.UTC);
        assertThat(precedence().order(ranked, query, seq -> seq != 9))
                .extracting(Ranked::seq)
                .containsExactly(1L, 2L);
    }

    @Test
    void aChainThatGoesInARingEnds() {
        hits(0.9, 0.8);
        standings.put(1, Standing.NONE.supersededBy(2));
        standings.put(2, Standing.NONE.supersededBy(1));
        assertThat(order(5, false)).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void aCorrectionGoesBeforeOlderStatementsOfTheSame() {
        hits(1.0, 0.9, 0.2);
        standings.put(3, Standing.NONE.asCorrection());
        alike.put(List.of(1L, 3L), 0.9);
        assertThat(order(3, false)).containsExactly(3L, 1L, 2L);
    }

    @Test
    void whatATurnHadLatelyMakesRoomForSomeHours() {
        hits(0.9, 0.85, 0.5, 0.4);
        standings.used(List.of(1L), NOW.minusSeconds(3600), Precedence.LATELY);
        assertThat(order(4, false)).startsWith(1L);
        assertThat(order(4, true)).startsWith(2L, 1L);
        standings.used(List.of(1L), NOW.minusSeconds(5 * 3600), Precedence.LATELY);
        assertThat(order(4, true)).startsWith(1L);
    }

    @Test
    void whatATurnHadLatelyStaysWhereItsWordsAreAskedFor() {
        ranked.add(new Ranked(1, 0.9, Map.of("lexical", 0.9), 0));
        ranked.add(new Ranked(2, 0.85, Map.of("lexical", 0.8), 0));
        ranked.add(new Ranked(3, 0.1, Map.of("lexical", 0.1), 0));
        standings.used(List.of(1L, 2L), NOW, Precedence.LATELY);
        assertThat(order(3, true)).startsWith(1L);
    }

    @Test
    void whatSaysTheSameAsABetterHitMakesRoomInATurn() {
        hits(0.9, 0.89, 0.8, 0.4);
        alike.put(List.of(1L, 2L), 0.97);
        assertThat(order(4, true)).containsExactly(1L, 3L, 2L, 4L);
        assertThat(order(4, false)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void thePartsStillAddUp() {
        hits(0.9, 0.8, 0.7);
        standings.put(1, Standing.NONE.supersededBy(3));
        standings.put(2, Standing.NONE.pinned(true));
        standings.used(List.of(1L, 2L, 3L), NOW, Precedence.LATELY);
        RecallQuery query = new RecallQuery("q", null, null, 3, NOW, ZoneOffset.UTC, Set.of(), true);
        for (Ranked hit : precedence().order(ranked, query, any -> true)) {
            double sum = hit.parts().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            assertThat(hit.score()).isEqualTo(sum, within(1e-12));
        }
    }

    private void hits(double... scores) {
        for (int i = 0; i < scores.length; i++) {
            ranked.add(new Ranked(i + 1, scores[i], Map.of("dense", scores[i]), 0));
        }
    }

    private Precedence precedence() {
        return new Precedence(
                standings,
                (one, other) -> alike.getOrDefault(List.of(Math.min(one, other), Math.max(one, other)), 0.0));
    }

    private List<Long> order(int limit, boolean turn) {
        RecallQuery query = new RecallQuery("q", null, null, limit, NOW, ZoneOffset.UTC, Set.of(), turn);
        return precedence().order(ranked, query, any -> true).stream()
                .map(Ranked::seq)
                .toList();
    }
}
