package dev.hearth.engine;

import dev.hearth.engine.memory.StatedSignificance;
import dev.hearth.spi.ChatModel;
import dev.hearth.spi.Clock;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Courier;
import dev.hearth.spi.Embedder;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Keys;
import dev.hearth.spi.Leases;
import dev.hearth.spi.Significance;
import dev.hearth.spi.VectorIndex;
import dev.hearth.spi.WarmStore;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything the engine asks of the world, opened by whoever wires it and closed by them after the engine.
 *
 * @param random for ids and nonces; a secure one outside tests
 * @param embedder null to remember and recall by words alone
 * @param voices the chat models in order of preference, at least one: the next is tried where one gives no reply
 * @param extras what it goes on without
 */
public record World(
        Clock clock,
        RandomGenerator random,
        WarmStore warm,
        HotStore hot,
        ColdStore cold,
        Keys keys,
        ErasureLedger erasures,
        @Nullable Embedder embedder,
        List<ChatModel> voices,
        Extras extras) {

    public World {
        VectorIndex vectors = extras.vectors();
        if (vectors != null && (embedder == null || embedder.dimension() != vectors.dimension())) {
            throw new IllegalArgumentException(
                    "The vector index takes " + vectors.dimension() + " numbers a vector, and "
                            + (embedder == null
                                    ? "there is no embedder."
                                    : "the embedder's have " + embedder.dimension() + ": make the index anew."));
        }
        voices = List.copyOf(voices);
        if (voices.isEmpty()) {
            throw new IllegalArgumentException("At least one voice is needed; the offline voice always works.");
        }
    }

    /** A world with no more than that. */
    public World(
            Clock clock,
            RandomGenerator random,
            WarmStore warm,
            HotStore hot,
            ColdStore cold,
            Keys keys,
            ErasureLedger erasures,
            @Nullable Embedder embedder,
            List<ChatModel> voices) {
        this(clock, random, warm, hot, cold, keys, erasures, embedder, voices, Extras.none());
    }

    /**
     * What an engine goes on without.
     *
     * @param leases say which of several servers on the same stores does a piece of work that costs
     * @param courier carries webhooks' messages; null for no webhooks
     * @param extractor is asked what sessions that are over told of the user; null to ask nobody
     * @param vectors keeps vectors outside this node, of the embedder's dimension; null to scan them here, exactly
     * @param significance says which old memories stay warm
     */
    public record Extras(
            Leases leases,
            @Nullable Courier courier,
            @Nullable ChatModel extractor,
            @Nullable VectorIndex vectors,
            Significance significance) {

        /** Nobody asks who else works, and significance is what the engine takes for it. */
        public static Extras none() {
            return new Extras(new FreeLeases(), null, null, null, new StatedSignificance());
        }

        public Extras withLeases(Leases other) {
            return new Extras(other, courier, extractor, vectors, significance);
        }

        public Extras withCourier(@Nullable Courier other) {
            return new Extras(leases, other, extractor, vectors, significance);
        }

        public Extras withExtractor(@Nullable ChatModel other) {
            return new Extras(leases, courier, other, vectors, significance);
        }

        public Extras withVectors(@Nullable VectorIndex other) {
            return new Extras(leases, courier, extractor, other, significance);
        }
    }
}
