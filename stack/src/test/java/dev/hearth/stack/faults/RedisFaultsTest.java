package dev.hearth.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.turn.TurnResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two nodes take turns with one relationship, of which a part is cold, while Redis is killed, emptied, stopped and slowed:
 * it costs time and nothing else.
 */
final class RedisFaultsTest {

    private static final int TURNS = 8;
    private static final int SLOW_MILLIS = 60;

    @AutoClose
    private static RealHouse house;

    @BeforeAll
    static void open() throws Exception {
        house = new RealHouse();
    }

    @AfterEach
    void whole() throws Exception {
        house.servers.redis().goOn();
        house.servers.redis().startAgain();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void aConversationOutlivesRedis(long seed) throws Exception {
        converse(seed);
    }

    @Tag("long")
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
    void moreConversationsOutliveRedis(long seed) throws Exception {
        converse(seed);
    }

    private void converse(long seed) throws Exception {
        Random random = new Random(seed);
        String relationship = house.withCold("anna-" + seed, 60);
        List<TurnResult> acknowledged = new ArrayList<>();
        try (Node one = house.open();
                Node two = house.open()) {
            for (int turn = 0; turn < TURNS; turn++) {
                happen(random.nextInt(6));
                String text = turn % 2 == 0
                        ? "Tell me of topic number " + random.nextInt(60) + ", for story number " + turn + "."
                        : "I tell you story number " + turn + ".";
                Node node = random.nextBoolean() ? one : two;
                TurnResult result = Calls.ends(() -> node.say(relationship, text, null));
                acknowledged.add(result);
                house.clock.advance(Duration.ofMinutes(1));
                if (random.nextInt(3) == 0) {
                    Node tidying = random.nextBoolean() ? one : two;
                    int ignored = Calls.ends(() -> tidying.engine.tiering().tidy(relationship));
                }
            }
            String forgotten = "Topic number " + random.nextInt(60) + " was on the table.";
            String id = Calls.ends(() -> one.memory(relationship, forgotten).id());
            Calls.until(() -> one.engine.memories().delete(id));
            whole();
            for (Node node : List.of(one, two)) {
                assertThat(node.messages(relationship))
                        .as("seed %d", seed)
                        .noneMatch(message -> message.text().equals(forgotten));
                assertThat(node.first(relationship, forgotten)).isNotEqualTo(forgotten);
            }
            Told.holds(house, relationship, acknowledged, "seed " + seed, one, two);
        }
    }

    private static void happen(int event) throws Exception {
        RedisProcess redis = house.servers.redis();
        redis.goOn();
        switch (event) {
            case 0 -> redis.kill();
            case 1 -> {
                redis.kill();
                redis.startAgain();
            }
            case 2 -> {
                redis.startAgain();
                redis.flush();
            }
            case 3 -> {
                redis.startAgain();
                redis.stall();
            }
            case 4 -> {
                redis.startAgain();
                redis.pause(SLOW_MILLIS);
            }
            default -> redis.startAgain();
        }
    }
}
