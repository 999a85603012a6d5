package dev.hearth.engine.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.when.Granularity;
import dev.hearth.engine.when.TimeExpressions;
import dev.hearth.engine.when.TimeSpan;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What an index knows of time. */
class TimesTest {

    private static final Instant SAID = Instant.parse("2023-05-10T15:00:30Z");

    @Test
    void aMessageIsAsNearToAQuestionsTimeAsItsSurestExpression() {
        Times times = new Times();
        times.append(0, SAID, List.of());
        times.append(1, SAID.plusSeconds(90), spans("Yesterday; the last time was in May 2021"));
        times.append(2, SAID.minusSeconds(60), spans("this year"));
        TimesView view = times.view();
        times.append(3, SAID, spans("in May 2023"));
        TimeSpan may = spans("in May 2023").getFirst();

        assertThat(view.overlap(0, may)).isZero();
        assertThat(view.overlap(1, may)).isEqualTo(0.95f);
        assertThat(view.overlap(1, spans("in 2021").getFirst())).isEqualTo(0.9f);
        assertThat(view.overlap(2, may)).isCloseTo(0.9f * 31 / 365, Offset.offset(1e-6f));
        assertThat(view.namesTime(0)).isFalse();
        assertThat(view.namesTime(1)).isTrue();
        assertThat(view.saidSeconds(1)).isEqualTo(SAID.getEpochSecond() + 90);
        assertThat(view.said(2)).isEqualTo(SAID.minusSeconds(60));
        assertThat(view.overlap(3, may)).as("what came after the view").isZero();
        assertThat(times.view().overlap(3, may)).isEqualTo(0.9f);
    }

    @Test
    void oneByOneAndAllAtOnceAgree() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            Times times = new Times();
            List<List<TimeSpan>> expected = new ArrayList<>();
            int messages = random.nextInt(200);
            for (int place = 0; place < messages; place++) {
                List<TimeSpan> spans = new ArrayList<>();
                for (int i = random.nextInt(8) - 5; i > 0; i--) {
                    spans.add(span(random));
                }
                expected.add(spans);
                times.append(place, Instant.ofEpochSecond(place), spans);
            }
            TimeSpan asked = span(random);
            float[] all = new float[messages];
            times.view().overlaps(asked, all);
            for (int place = 0; place < messages; place++) {
                double best = expected.get(place).stream()
                        .mapToDouble(span -> span.confidence() * span.within(asked))
                        .max()
                        .orElse(0);
                assertThat(times.view().overlap(place, asked))
                        .as("seed %d", seed)
                        .isEqualTo(all[place]);
                assertThat((double) all[place]).as("seed %d", seed).isCloseTo(best, Offset.offset(1e-4));
                assertThat(times.view().namesTime(place))
                        .as("seed %d", seed)
                        .isEqualTo(!expected.get(place).isEmpty());
            }
        }
    }

    @Test
    void timesFarAwayAreTakenForTheFarthest() {
        Times times = new Times();
        TimeSpan far = new TimeSpan(
                Instant.parse("9000-01-01T00:00:00Z"),
                Instant.parse("9001-01-01T00:00:00Z"),
                ZoneOffset.UTC,
                Granularity.YEAR,
                1);
        times.append(0, Instant.parse("9999-12-31T00:00:00Z"), List.of(far));

        assertThat(times.view().overlap(0, spans("in May 2023").getFirst())).isZero();
        assertThat(times.view().overlap(0, far)).isZero();
        assertThat(times.view().said(0)).isEqualTo(Instant.parse("9999-12-31T00:00:00Z"));
    }

    @Test
    void anIndexKeepsTimesForWhatCanBeFoundAndLittleForWhatNamesNone() {
        RelationshipIndex none = new RelationshipIndex(0);
        RelationshipIndex one = new RelationshipIndex(0);
        List<TimeSpan> yesterday = spans("yesterday");
        for (int seq = 1; seq <= 1_000; seq++) {
            none.append(new IndexedMessage(seq, true, "Ann", 1, SAID, "word", true));
            one.append(new IndexedMessage(seq, true, "Ann", 1, SAID, "word", true, yesterday));
        }

        assertThat(one.bytes() - none.bytes()).isBetween(13_000L, 17_000L);
    }

    private static TimeSpan span(Random random) {
        Instant from = Instant.ofEpochSecond(60L * random.nextInt(100_000));
        return new TimeSpan(
                from,
                from.plusSeconds(60L * (1 + random.nextInt(50_000))),
                ZoneId.of("Europe/Berlin"),
                Granularity.DAY,
                random.nextInt(101) / 100.0);
    }

    private static List<TimeSpan> spans(String text) {
        return TimeExpressions.in(text, SAID, ZoneOffset.UTC);
    }
}
