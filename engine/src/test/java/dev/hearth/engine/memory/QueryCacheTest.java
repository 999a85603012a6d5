package dev.hearth.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.Engine;
import dev.hearth.engine.Settings;
import dev.hearth.engine.World;
import dev.hearth.engine.persona.Personality;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import dev.hearth.spi.EmbedderException;
import dev.hearth.testkit.HashEmbedder;
import dev.hearth.testkit.ManualClock;
import dev.hearth.testkit.MemoryColdStore;
import dev.hearth.testkit.MemoryErasureLedger;
import dev.hearth.testkit.MemoryHotStore;
import dev.hearth.testkit.MemoryKeys;
import dev.hearth.testkit.MemoryWarmStore;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What was asked a moment ago is not embedded again; what was asked long ago, or before much else, is. */
class QueryCacheTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
    private final Counting embedder = new Counting();
    private final QueryCache cache = new QueryCache(embedder, 2, clock);

    /** An embedder that knows what it was asked. */
    private static final class Counting implements Embedder {
        private final HashEmbedder hash = new HashEmbedder();
        private final List<List<String>> asked = new ArrayList<>();
        private boolean failing;

        @Override
        public String id() {
            return hash.id();
        }

        @Override
        public int dimension() {
            return hash.dimension();
        }

        @Override
        public List<List<float[]>> embed(List<String> texts, Deadline deadline) {
            asked.add(texts);
            if (failing) {
                throw new EmbedderException("told to fail", null);
            }
            return hash.embed(texts, deadline);
        }

        @Override
        public void close() {
            hash.close();
        }
    }

    private List<float[]> ask(String text) {
        return cache.embed(List.of(text), soon()).getFirst();
    }

    private Deadline soon() {
        return Deadline.after(clock, Duration.ofSeconds(1));
    }

    @Test
    void whatWasAskedAMomentAgoIsKept() {
        float[] made = ask("Where is Rex?").getFirst();
        float[] first = made.clone();
        made[0] = 7;
        clock.advance(Duration.ofMinutes(4));
        float[] again = ask("Where is Rex?").getFirst();
        assertThat(again).containsExactly(first);
        again[0] = 7;
        assertThat(ask("Where is Rex?").getFirst()).containsExactly(first);
        assertThat(embedder.asked).hasSize(1);
        assertThat(cache.use()).isEqualTo(new QueryCache.Use(2, 1));

        // Counted from when it was made, however often it is asked.
        clock.advance(Duration.ofMinutes(1));
        ask("Where is Rex?");
        ask("where is Rex?");
        assertThat(embedder.asked).hasSize(3);
    }

    @Test
    void whatWasMadeLongestAgoMakesRoom() {
        ask("one");
        ask("two");
        ask("one");
        ask("three");
        ask("two");
        assertThat(embedder.asked).hasSize(3);
        ask("one");
        assertThat(embedder.asked).hasSize(4);
    }

    @Test
    void anEngineHasNoneUnlessItIsSet() {
        Settings defaults = Settings.defaults();
        assertThat(searchTwice(defaults)).isEqualTo(QueryCache.Use.NONE);
        Settings set = new Settings(
                defaults.project(),
                defaults.sessionGap(),
                defaults.turn(),
                defaults.residentBytes(),
                defaults.extraction(),
                defaults.tiers(),
                100);
        QueryCache.Use use = searchTwice(set);
        // The words, and those among them that say what it is about.
        assertThat(use.misses()).isEqualTo(2);
        assertThat(use.hits()).isEqualTo(2);
    }

    private QueryCache.Use searchTwice(Settings settings) {
        World world = new World(
                clock,
                new Random(1),
                new MemoryWarmStore(clock),
                new MemoryHotStore(clock),
                new MemoryColdStore(),
                new MemoryKeys(1),
                new MemoryErasureLedger(),
                new HashEmbedder(),
                List.of(new ScriptedModel()));
        try (Engine engine = Engine.open(world, settings)) {
            engine.companions().put("aria", "Aria", new Personality(List.of("warm"), "", List.of(), List.of(), "{}"));
            String relationship = engine.relationships().ensure("aria", "anna").id();
            SearchRequest request = new SearchRequest("Where is my dog called Rex?", 5, null, null);
            SearchResult first = engine.memories().search(relationship, request);
            assertThat(engine.memories().search(relationship, request).degraded())
                    .isEqualTo(first.degraded());
            return engine.queryCache();
        }
    }

    @Test
    void whatIsLongTogetherOrFailedIsNotKept() {
        String fourWindows = "word ".repeat(4 * HashEmbedder.WINDOW_WORDS);
        ask(fourWindows);
        assertThat(ask(fourWindows)).hasSize(4);
        assertThat(embedder.asked).hasSize(1);
        ask(fourWindows + "word");
        assertThat(ask(fourWindows + "word")).hasSize(5);
        assertThat(embedder.asked).hasSize(3);

        cache.embed(List.of("a", "b"), soon());
        ask("a");
        assertThat(embedder.asked).hasSize(5);

        embedder.failing = true;
        assertThatThrownBy(() -> ask("c")).isInstanceOf(EmbedderException.class);
        embedder.failing = false;
        assertThat(ask("c")).hasSize(1);
    }
}
