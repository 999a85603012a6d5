package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.spi.Range;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.testkit.FaultyColdStore;
import dev.hearth.testkit.FaultyWarmStore.Fault;
import dev.hearth.testkit.ScriptedModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is opened from its copy in the hot store finds what it finds when it is opened from the warm one. */
class CopiedTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final List<String> WORDS = List.of(
            "sister cello Lisbon running garden Tuesday river bakery winter letter yellow bicycle doctor exam holiday dog"
                    .split(" "));

    private final ExtractionFixture extraction = new ExtractionFixture();

    private final Thread caller = Thread.currentThread();

    /** How often ranges of the warm store were read by who opens a relationship: whoever opens a relationship from its copy reads none. */
    private final AtomicInteger ranges = new AtomicInteger();

    @Test
    void findsTheSameWhileTurnsGoOn() {
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            try (House house = house()) {
                String relationship = talked(house, random);
                for (int turn = 0; turn < 40; turn++) {
                    say(house, relationship, random);
                    if (random.nextInt(20) == 0) {
                        house.engine.folding().fold(relationship);
                    }
                    if (random.nextInt(15) == 0) {
                        house.restart();
                        // While nothing is copied behind a turn: that has a deadline by this clock.
                        house.clock.advance(Duration.ofHours(random.nextInt(9)));
                    }
                }
                compare(house, relationship, "seed " + seed);
            }
        }
    }

    @Test
    void findsTheSameAfterADeletion() {
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            try (House house = house()) {
                String relationship = talked(house, random);
                house.engine.folding().fold(relationship);
                SearchResult.Hit gone = found(house, relationship, "sister").getFirst();
                house.engine.memories().delete(gone.memory().id());
                assertThat(house.engine.storages().of(relationship).hot().bytes())
                        .as("seed %d", seed)
                        .isZero();
                house.restart();
                say(house, relationship, random);
                compare(house, relationship, "seed " + seed);
                assertThat(found(house, relationship, "sister"))
                        .noneMatch(hit -> hit.memory().id().equals(gone.memory().id()));
            }
        }
    }

    @Test
    void findsTheSameOfWhatWasMadeOfWhatWasSaid() {
        try (House house = house()) {
            String relationship = talked(house, new Random(5));
            house.say(relationship, "I have a dog called Rex.");
            house.restart();
            house.clock.advance(ExtractionFixture.OVER);
            extraction.extractor.then(ScriptedModel.say(ExtractionFixture.REX));
            assertThat(house.engine.extraction().extract(relationship)).isEqualTo(1);
            house.say(relationship, "Good morning!");
            compare(house, relationship, "with a fact");
            assertThat(ExtractionFixture.texts(house, relationship)).containsExactly("The user has a dog called Rex.");
            assertThat(found(house, relationship, "Who is called Rex?"))
                    .anyMatch(hit -> hit.memory().text().equals("The user has a dog called Rex."));
        }
    }

    @Test
    void findsTheSameOfWhatStaysWarmOfWhatIsCold() {
        try (House house = house()) {
            FaultyColdStore cold = new FaultyColdStore(house.cold);
            house.cold = cold;
            house.restart();
            String relationship = talked(house, new Random(6));
            Memory pinned = house.engine
                    .memories()
                    .list(relationship, MemoryFilter.ALL, 200, null)
                    .data()
                    .getLast();
            house.engine.memories().change(pinned.id(), null, true);
            house.restart();
            house.clock.advance(Duration.ofDays(91));
            assertThat(house.engine.tiering().tidy(relationship)).isPositive();
            // Only what is warm: what is brought in is found by the next search, and comes back in a moment.
            cold.onEveryGet(new Fault.Before(StoreException.Kind.UNAVAILABLE));
            house.say(relationship, "The winter is over.");
            house.say(relationship, "The garden is green.");
            assertThat(house.engine.storages().of(relationship).cold().messages())
                    .isPositive();
            compare(house, relationship, "with a cold segment");
            assertThat(found(house, relationship, pinned.text()))
                    .anyMatch(hit -> hit.memory().id().equals(pinned.id()));
        }
    }

    /** Opens it from its copy and from the warm store, and compares what is found. */
    private void compare(House house, String relationship, String what) {
        // A server that ends leaves the copies of what it did.
        house.restart();
        ranges.set(0);
        List<String> copied = answers(house, relationship);
        assertThat(ranges).as("%s, opened from its copy", what).hasValue(0);
        house.hot.loseEverything();
        house.restart();
        assertThat(copied).as(what).isNotEmpty().isEqualTo(answers(house, relationship));
        assertThat(ranges).as("%s, opened from the warm store", what).hasPositiveValue();
    }

    private static String talked(House house, Random random) {
        String relationship = house.relationship("anna");
        List<Imported> messages = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            messages.add(new Imported(
                    "m-" + i,
                    i % 2 == 0 ? Message.Role.USER : Message.Role.COMPANION,
                    null,
                    null,
                    sentence(random),
                    START.plusSeconds(60L * i)));
        }
        house.engine.relationships().importMessages(relationship, messages);
        house.engine.folding().fold(relationship);
        return relationship;
    }

    private static void say(House house, String relationship, Random random) {
        String said = random.nextInt(8) == 0 ? "Good morning!" : sentence(random);
        house.say(relationship, said);
        if (random.nextInt(8) == 0) {
            // Said twice, it is one memory.
            house.say(relationship, said);
        }
    }

    private static List<SearchResult.Hit> found(House house, String relationship, String query) {
        return house.engine
                .memories()
                .search(relationship, new SearchRequest(query, 10, null, Duration.ofSeconds(5)))
                .hits();
    }

    private static List<String> answers(House house, String relationship) {
        List<String> answers = new ArrayList<>();
        for (String word : WORDS) {
            for (SearchResult.Hit hit : found(house, relationship, "What about the " + word + "?")) {
                answers.add(word + " " + hit.memory().id() + " " + hit.score() + " " + hit.parts());
            }
        }
        return answers;
    }

    private static String sentence(Random random) {
        List<String> words = new ArrayList<>(List.of("We", "talked", "of", "the"));
        for (int i = 0; i <= random.nextInt(9); i++) {
            words.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return String.join(" ", words) + (random.nextBoolean() ? "." : "?");
    }

    /** Whether this thread is one that opens a relationship for the caller, and not one that folds it behind its back. */
    private boolean opening() {
        return Thread.currentThread() == caller
                || Thread.currentThread().getName().equals("load");
    }

    /** A house whose warm store other servers use too, so that copies are kept. */
    private House house() {
        return extraction.house(store -> (WarmStore) Proxy.newProxyInstance(
                WarmStore.class.getClassLoader(), new Class<?>[] {WarmStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("exclusive")) {
                        return false;
                    }
                    if (arguments != null
                            && arguments.length > 1
                            && arguments[1] instanceof Range range
                            && range.limit() > 1
                            && opening()) {
                        ranges.incrementAndGet();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}
