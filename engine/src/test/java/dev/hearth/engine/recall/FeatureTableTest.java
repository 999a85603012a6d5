package dev.hearth.engine.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hearth.engine.when.TimeExpressions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every feature of a fixed example, number by number: weights that are trained once must mean the same ever after. */
final class FeatureTableTest {

    private static final int DIMENSION = 64;

    /** Vectors are rounded to one byte, and as finely as the machine's own scan likes. */
    private static final double ROUNDING = 0.02;

    private static final Instant BEGIN = Instant.parse("2026-02-26T18:00:00Z");

    private static final String[] SAID = {
        "0 Ann Hi! I adopted a cat named Miso last Friday.",
        "0 Aria How lovely! Cats often take a few days to settle in, so give Miso a quiet room, some water and time."
                + " Does she eat well?",
        "0 Ann She eats 3 times a day.",
        "1 Ann My sister Clara moved to Lisbon in March 2025.",
        "1 Aria Is Clara happy in Lisbon?",
        "1 Ann Very. She bakes bread now and I envy her the sea.",
        "1 Aria ok",
        "2 Ann I work at the harbour museum since 2019.",
        "2 Aria What do you show there? Old ships are said to draw many visitors, above all in summer, when school is"
                + " out and families look for something to do on rainy days.",
        "2 Ann Model ships, 40 of them.",
        "3 Ann Miso is my favourite, still. I work at the library now, no longer at the museum.",
        "3 Aria I remember that I told you to give Miso time!",
        "4 Ann Tomorrow I will visit Clara and bring bread.",
    };

    private static final String[] ASKED = {
        "When did I adopt Miso?", "Where does Clara live?", "How many model ships are in the museum now?",
        "What did you say about cats in March?", "What was first said in February 2026?", "xyzzy"
    };

    @Test
    void everyFeatureIsAsItWas() throws IOException {
        List<String> table = table();
        List<String> expected = expected();
        assertThat(table).as(() -> "All of it:\n" + String.join("\n", table)).hasSameSizeAs(expected);
        for (int line = 0; line < table.size(); line++) {
            String[] is = table.get(line).split(" ");
            String[] was = expected.get(line).split(" ");
            if (is.length < 2 || table.get(line).startsWith("#")) {
                assertThat(table.get(line)).isEqualTo(expected.get(line));
                continue;
            }
            assertThat(is[0]).isEqualTo(was[0]);
            assertThat(is).hasSameSizeAs(was);
            for (int c = 1; c < is.length; c++) {
                assertThat(Double.parseDouble(is[c]))
                        .as("%s of candidate %d, line %d", is[0], c, line + 1)
                        .isCloseTo(Double.parseDouble(was[c]), within(ROUNDING));
            }
        }
    }

    /** A line a feature, with its value for each candidate, under each question: with vectors, and by words alone. */
    private static List<String> table() {
        Random random = new Random(7);
        RelationshipIndex index = new RelationshipIndex(DIMENSION);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < SAID.length; i++) {
            String[] said = SAID[i].split(" ", 3);
            int session = Integer.parseInt(said[0]);
            Instant time = BEGIN.plus(Duration.ofDays(11L * session)).plusSeconds(60L * i);
            index.append(new IndexedMessage(
                    i + 1,
                    said[1].equals("Ann"),
                    said[1],
                    session,
                    time,
                    said[2],
                    true,
                    TimeExpressions.in(said[2], time, ZoneOffset.UTC)));
            vectors.add(vector(random, null));
            if (i != 6) {
                index.vectors(i + 1, List.of(vectors.get(i)));
            }
        }
        index.delete(5);
        List<String> lines = new ArrayList<>();
        for (int q = 0; q < ASKED.length; q++) {
            float[] whole = vector(random, vectors.get(2 * q));
            float[] content = q % 2 == 0 ? null : vector(random, vectors.get(2 * q + 1));
            add(index, ASKED[q], whole, content, lines);
            add(index, ASKED[q], null, null, lines);
        }
        return lines;
    }

    private static void add(
            RelationshipIndex index,
            String text,
            float @Nullable [] whole,
            float @Nullable [] content,
            List<String> lines) {
        Instant at = BEGIN.plus(Duration.ofDays(60));
        Examined examined = index.examine(
                RecallQuery.of(text, 5, at, ZoneOffset.UTC).like(whole, content).without(Set.of(8L)));
        StringBuilder head = new StringBuilder("# ").append(text).append(whole == null ? " words:" : " vectors:");
        for (long seq : examined.seqs()) {
            head.append(' ').append(seq);
        }
        lines.add(head.toString());
        List<String> names = Examined.names();
        for (int f = 0; f < names.size(); f++) {
            StringBuilder line = new StringBuilder(names.get(f));
            boolean any = false;
            for (float[] features : examined.features()) {
                line.append(' ').append(shown(features[f]));
                any |= features[f] != 0;
            }
            if (any) {
                lines.add(line.toString());
            }
        }
    }

    private static String shown(float value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.5f", value);
    }

    /** Of plus and minus ones, half of them another's where there is another. */
    private static float[] vector(Random random, float @Nullable [] near) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = near != null && random.nextBoolean() ? near[i] : random.nextBoolean() ? 1 : -1;
        }
        return vector;
    }

    private static List<String> expected() throws IOException {
        try (InputStream in = Objects.requireNonNull(FeatureTableTest.class.getResourceAsStream("features.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
