package dev.hearth.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.turn.TurnResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine makes of an S3 that refuses, is busy, cuts answers short, loses them, or has no object for a while. */
final class S3FaultsTest {

    private static final int MESSAGES = 60;
    private static final Map<String, Wire.Fault> FAULTS = new TreeMap<>(Map.of(
            "denied", Wire.DENIED,
            "busy", Wire.SLOW_DOWN,
            "cut", Wire.CUT_SHORT,
            "lost", Wire.ANSWER_LOST,
            "absent", Wire.ABSENT));
    private static final Set<Code> TOLD = Set.of(Code.CONFLICT, Code.OVERLOADED, Code.DEADLINE_EXCEEDED, Code.INTERNAL);

    @AutoClose
    private static RealHouse house;

    @BeforeAll
    static void open() throws Exception {
        house = new RealHouse();
    }

    @AfterEach
    void heal() {
        house.s3.heal();
    }

    private static void every(String fault, String method) {
        Wire.Fault each = FAULTS.getOrDefault(fault, Wire.NONE);
        house.s3.follow((operation, path) -> operation.equals(method) && path.endsWith(".o") ? each : Wire.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"denied", "busy", "cut", "lost", "absent"})
    void aTurnGoesOnWithoutWhatIsCold(String fault) throws Exception {
        String relationship = house.withCold("turn-" + fault, MESSAGES);
        house.servers.redis().flush();
        try (Node node = house.open()) {
            every(fault, "GET");
            TurnResult turn = Calls.ends(() -> node.say(relationship, "Do you remember topic number 42?", null));
            assertThat(turn.degraded()).contains("recall.cold");
            assertThat(turn.text()).isEqualTo("I see.");
            house.s3.heal();
            assertThat(node.first(relationship, "topic number 42")).isEqualTo("Topic number 42 was on the table.");
            assertThat(node.search(relationship, "topic number 42").degraded()).doesNotContain("recall.cold");
            Told.holds(house, relationship, List.of(turn), fault, node);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"denied", "busy", "cut", "lost", "absent"})
    void anExportFailsOrIsWhole(String fault) throws Exception {
        String relationship = house.withCold("export-" + fault, MESSAGES);
        try (Node node = house.open()) {
            house.servers.redis().flush();
            every(fault, "GET");
            try {
                assertThat(Calls.ends(() -> node.exported("export-" + fault))).hasSize(MESSAGES);
            } catch (Problem told) {
                assertThat(told.code()).as(told.getMessage()).isIn(TOLD);
            }
            house.s3.heal();
            assertThat(node.exported("export-" + fault)).hasSize(MESSAGES);
            assertThat(node.messages(relationship)).hasSize(MESSAGES);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void puttingAwayAndForgettingGoOn(long seed) throws Exception {
        movedAndForgotten(seed);
    }

    @Tag("long")
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
    void moreOfIt(long seed) throws Exception {
        movedAndForgotten(seed);
    }

    /** Half of all requests fail, in any way; what is tried until it is done is done once. */
    private void movedAndForgotten(long seed) throws Exception {
        Random random = new Random(seed);
        List<Wire.Fault> faults = List.copyOf(FAULTS.values());
        String as = "seed " + seed;
        String user = "moved-" + seed;
        try (Node node = house.open();
                Node other = house.open()) {
            String relationship = node.imported(user, RealHouse.history(0, MESSAGES, house.clock.now()));
            house.clock.advance(RealHouse.LONG);
            house.s3.follow((operation, path) -> {
                synchronized (random) {
                    boolean fails = path.endsWith(".o") && random.nextBoolean();
                    Wire.Fault fault = faults.get(random.nextInt(faults.size()));
                    // A request to write is never told that there is no object.
                    return fails && (operation.equals("GET") || !fault.equals(Wire.ABSENT)) ? fault : Wire.NONE;
                }
            });
            for (int i = 0; i < 3; i++) {
                Node tidying = i % 2 == 0 ? node : other;
                untilTold(() -> {
                    int ignored = tidying.engine.tiering().tidy(relationship);
                });
                house.clock.advance(Duration.ofHours(2));
            }
            String forgotten = "Topic number 17 was on the table.";
            house.s3.heal();
            String id = node.memory(relationship, forgotten).id();
            house.servers.redis().flush();
            house.s3.follow((operation, path) -> {
                synchronized (random) {
                    return path.endsWith(".o") && random.nextInt(3) == 0 ? Wire.SLOW_DOWN : Wire.NONE;
                }
            });
            untilTold(() -> other.engine.memories().delete(id));
            house.s3.heal();
            for (int i = 0; i < 2; i++) {
                house.clock.advance(Duration.ofHours(2));
                int ignored = node.engine.tiering().tidy(relationship);
            }
            house.servers.redis().flush();
            for (Node each : List.of(node, other)) {
                assertThat(each.exported(user)).as(as).hasSize(MESSAGES - 1).doesNotContain(forgotten);
            }
            assertThat(node.objects(relationship)).as(as).hasSize(1);
            Told.holds(house, relationship, List.of(), as, node, other);
        }
    }

    private static void untilTold(Runnable work) throws Exception {
        for (int attempt = 0; attempt < 50; attempt++) {
            boolean done = Calls.ends(() -> {
                try {
                    work.run();
                    return true;
                } catch (Problem problem) {
                    if (problem.code() == Code.NOT_FOUND) {
                        // An earlier try did it, and its answer was lost.
                        return true;
                    }
                    assertThat(problem.code()).as(problem.getMessage()).isIn(TOLD);
                    return false;
                }
            });
            if (done) {
                return;
            }
        }
        throw new AssertionError("Not done.");
    }
}
