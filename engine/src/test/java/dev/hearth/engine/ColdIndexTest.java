package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.VectorIndex;
import dev.hearth.testkit.HashEmbedder;
import dev.hearth.testkit.MemoryVectorIndex;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An index outside the node is asked beside the ranking of what is warm, and changes nothing else. */
final class ColdIndexTest {

    private static final Instant START = Instant.parse("2025-03-01T10:00:00Z");
    private static final String WANTED = "Topic number 42 was on the table.";

    private final VectorIndex index = new MemoryVectorIndex(new HashEmbedder().dimension());
    private final List<Thread> askers = new CopyOnWriteArrayList<>();

    @Nullable
    private volatile StoreException broken;

    private final VectorIndex watched = (VectorIndex) Proxy.newProxyInstance(
            VectorIndex.class.getClassLoader(), new Class<?>[] {VectorIndex.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("query")) {
                    askers.add(Thread.currentThread());
                    StoreException failure = broken;
                    if (failure != null) {
                        throw failure;
                    }
                }
                try {
                    return method.invoke(index, arguments);
                } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                }
            });

    @Test
    void whoRanksWhatIsWarmDoesNotWaitForItFirst() {
        try (House house = house()) {
            String relationship = putAway(house);

            SearchResult found = search(house, relationship);

            assertThat(found.hits().getFirst().memory().text()).isEqualTo(WANTED);
            assertThat(found.degraded()).isEmpty();
            // On this thread what is warm is ranked.
            assertThat(askers).hasSize(1).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void whereItFailsTheGistsTellAndNothingIsLacking() {
        try (House house = house()) {
            String relationship = putAway(house);
            broken = new StoreException(StoreException.Kind.UNAVAILABLE, "The index does not answer.");

            SearchResult found = search(house, relationship);

            assertThat(askers).hasSize(1);
            assertThat(found.hits().getFirst().memory().text()).isEqualTo(WANTED);
            assertThat(found.degraded()).isEmpty();
        }
    }

    @Test
    void whereNothingIsColdItIsNotAsked() {
        try (House house = house()) {
            String relationship = house.relationship("anna");
            remember(house, relationship);
            assertThat(search(house, relationship).hits()).isNotEmpty();
            assertThat(askers).isEmpty();
        }
    }

    private House house() {
        House house = new House();
        house.vectors = watched;
        house.restart();
        return house;
    }

    private static String putAway(House house) {
        String relationship = house.relationship("anna");
        remember(house, relationship);
        house.clock.advance(Duration.ofDays(91));
        assertThat(house.engine.tiering().tidy(relationship)).isPositive();
        return relationship;
    }

    private static void remember(House house, String relationship) {
        List<Imported> messages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            messages.add(new Imported(
                    "m-" + i,
                    Message.Role.USER,
                    null,
                    null,
                    "Topic number " + i + " was on the table.",
                    START.plusSeconds(60L * i)));
        }
        house.engine.relationships().importMessages(relationship, messages);
    }

    private static SearchResult search(House house, String relationship) {
        return house.engine.memories().search(relationship, new SearchRequest(WANTED, 10, null, null));
    }
}
