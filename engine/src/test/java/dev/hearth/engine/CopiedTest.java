package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.spi.WarmStore;
import dev.hearth.testkit.ScriptedModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is opened from its copy in the hot store finds what it finds when it is opened from the warm one. */
class CopiedTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final List<String> WORDS = List.of(
            "sister cello Lisbon running garden Tuesday river bakery winter letter yellow bicycle doctor exam holiday recipe"
                    .split(" "));

    @Test
    void findsTheSame() {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            try (House house = house()) {
                String relationship = house.relationship("anna");
                house.engine.relationships().importMessages(relationship, history(random, 300));
                if (random.nextBoolean()) {
                    house.engine.folding().fold(relationship);
                }
                for (int turn = 0; turn < 60; turn++) {
                    String said = sentence(random);
                    house.say(relationship, said);
                    if (random.nextInt(8) == 0) {
                        // Said twice, it is one memory.
                        house.say(relationship, said);
                    }
                    if (random.nextInt(20) == 0) {
                        house.engine.folding().fold(relationship);
                    }
                    house.clock.advance(Duration.ofHours(random.nextInt(9)));
                    if (random.nextInt(25) == 0) {
                        house.restart();
                    }
                }
                if (random.nextBoolean()) {
                    house.engine
                            .memories()
                            .delete(found(house, relationship, "sister")
                                    .getFirst()
                                    .memory()
                                    .id());
                    house.say(relationship, sentence(random));
                }
                // A server that ends leaves the copies of what it did.
                house.restart();
                List<String> copied = answers(house, relationship);
                assertThat(house.engine.storages().of(relationship).hot().bytes())
                        .isPositive();
                house.hot.loseEverything();
                house.restart();
                assertThat(copied).as("seed %d", seed).isNotEmpty().isEqualTo(answers(house, relationship));
            }
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

    private static List<Imported> history(Random random, int count) {
        List<Imported> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(new Imported(
                    "m-" + i,
                    i % 2 == 0 ? Message.Role.USER : Message.Role.COMPANION,
                    null,
                    null,
                    sentence(random),
                    START.plusSeconds(60L * i)));
        }
        return messages;
    }

    /** A house whose warm store other servers use too, so that copies are kept. */
    private static House house() {
        return new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("I see.")),
                store -> (WarmStore) Proxy.newProxyInstance(
                        WarmStore.class.getClassLoader(),
                        new Class<?>[] {WarmStore.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("exclusive")) {
                                return false;
                            }
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        }));
    }
}
