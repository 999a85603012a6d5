package dev.hearth.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.spi.StoreException;
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
 * Two nodes talk, fold, put away, pin and forget while DynamoDB throttles, breaks and loses answers on the wire, and while
 * calls of the store fail before and after they were done. The clock is set forward in between, and back.
 */
final class DynamoFaultsTest {

    private static final int STEPS = 14;
    private static final double ON_THE_WIRE = 0.08;
    private static final double IN_THE_STORE = 0.05;
    private static final List<Wire.Fault> FAULTS =
            List.of(Wire.THROTTLED, Wire.BROKEN, Wire.DONE_AND_BROKEN, Wire.ANSWER_LOST);

    @AutoClose
    private static RealHouse house;

    @BeforeAll
    static void open() throws Exception {
        house = new RealHouse();
    }

    @AfterEach
    void heal() {
        house.dynamo.heal();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void nothingAcknowledgedIsLost(long seed) throws Exception {
        converse(seed);
    }

    @Tag("long")
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
    void moreOfIt(long seed) throws Exception {
        converse(seed);
    }

    private void converse(long seed) throws Exception {
        String as = "seed " + seed;
        Random random = new Random(seed);
        String relationship = house.withCold("anna-" + seed, 60);
        boolean[] failing = new boolean[1];
        Step step = failing(new Random(seed * 31), failing);
        List<TurnResult> acknowledged = new ArrayList<>();
        List<String> forgotten = new ArrayList<>();
        try (Node one = house.open(step);
                Node two = house.open(step)) {
            List<Memory> memories = one.memories(relationship);
            failing[0] = true;
            Random wire = new Random(seed * 17);
            house.dynamo.follow((operation, path) -> {
                synchronized (wire) {
                    return wire.nextDouble() < ON_THE_WIRE ? FAULTS.get(wire.nextInt(FAULTS.size())) : Wire.NONE;
                }
            });
            for (int i = 0; i < STEPS; i++) {
                Node node = random.nextBoolean() ? one : two;
                Memory any = memories.get(random.nextInt(memories.size()));
                switch (random.nextInt(7)) {
                    case 0 ->
                        Calls.until(() -> {
                            int ignored = node.engine.folding().fold(relationship);
                        });
                    case 1 -> Calls.tidied(node, relationship);
                    case 2 -> forgetting(() -> node.engine.memories().change(any.id(), null, true));
                    case 3 -> {
                        forgetting(() -> node.engine.memories().delete(any.id()));
                        forgotten.add(any.text());
                    }
                    case 4 -> jump(random);
                    default -> {
                        TurnResult turn = Calls.say(
                                () -> random.nextBoolean() ? one : two,
                                relationship,
                                "I tell you story number " + i + " of matter number " + random.nextInt(60) + ".",
                                "key-" + seed + "-" + i);
                        if (turn != null) {
                            acknowledged.add(turn);
                        }
                    }
                }
            }
            failing[0] = false;
            house.dynamo.heal();
            assertThat(house.dynamo.injected()).isPositive();
            // A turn that was cut off is open until its claim has ended.
            house.clock.advance(Duration.ofMinutes(10));
            acknowledged.add(Calls.say(() -> one, relationship, "And now all is well.", null));
            for (int i = 0; i < 2; i++) {
                Calls.tidied(two, relationship);
                house.clock.advance(Duration.ofHours(2));
            }
            house.servers.redis().flush();
            for (Node node : List.of(one, two)) {
                assertThat(node.messages(relationship)).as(as).noneMatch(message -> forgotten.contains(message.text()));
                for (String text : forgotten) {
                    assertThat(node.search(relationship, text).hits())
                            .as(as)
                            .noneMatch(hit -> hit.memory().text().equals(text));
                }
            }
            Told.holds(house, relationship, acknowledged, as, one, two);
        }
    }

    private static void jump(Random random) {
        if (random.nextBoolean()) {
            house.clock.advance(Duration.ofHours(1 + random.nextInt(100)));
        } else {
            // As where somebody sets the machine's clock.
            house.clock.jumpTo(house.clock.now().plus(Duration.ofHours(random.nextInt(60) - 20)));
        }
    }

    /** Until it is done, or an earlier try has done it. */
    private static void forgetting(Runnable work) throws Exception {
        Calls.until(() -> {
            try {
                work.run();
            } catch (Problem problem) {
                if (problem.code() != Code.NOT_FOUND) {
                    throw problem;
                }
            }
        });
    }

    private static Step failing(Random random, boolean[] failing) {
        return (call, real) -> {
            double drawn;
            synchronized (random) {
                drawn = failing[0] && call.store().equals("WarmStore") ? random.nextDouble() : 1;
            }
            if (drawn < IN_THE_STORE / 2) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "Injected by the test, before.");
            }
            Object answer = real.call();
            if (drawn < IN_THE_STORE) {
                throw new StoreException(StoreException.Kind.DEADLINE, "Injected by the test, after.");
            }
            return answer;
        };
    }
}
