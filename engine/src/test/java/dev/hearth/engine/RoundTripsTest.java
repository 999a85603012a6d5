package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.WarmStore;
import dev.hearth.testkit.ScriptedModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How often a turn asks stores that other servers share, beside its own two writes. */
class RoundTripsTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    /** The threads on which a turn waits, beside the caller's. */
    private static final Set<String> OF_A_TURN = Set.of("recall", "persona", "load", "hot", "cold", "commit");

    /** One call of a store on a turn's path. */
    private record Call(String what, long began, long ended) {}

    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Thread caller = Thread.currentThread();
    private volatile long takes;

    private <T> T watched(Class<T> type, T store) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("exclusive")) {
                        return false;
                    }
                    long began = System.nanoTime();
                    boolean read = Set.of("get", "getAll", "range").contains(method.getName());
                    boolean counts = read && onATurnsPath();
                    if (counts && takes > 0) {
                        LockSupport.parkNanos(takes);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    } finally {
                        if (counts) {
                            calls.add(new Call(method.getName() + " " + arguments[1], began, System.nanoTime()));
                        }
                    }
                }));
    }

    private boolean onATurnsPath() {
        return Thread.currentThread() == caller
                || OF_A_TURN.contains(Thread.currentThread().getName());
    }

    private House house() {
        House house = new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("I see.")),
                store -> watched(WarmStore.class, store));
        house.hotDoor = watched(HotStore.class, house.hot);
        house.restart();
        return house;
    }

    private static String talked(House house, String user) {
        String relationship = house.relationship(user);
        List<Imported> messages = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            messages.add(new Imported(
                    "m-" + i,
                    i % 2 == 0 ? Message.Role.USER : Message.Role.COMPANION,
                    null,
                    null,
                    "Topic number " + i + " was on the table.",
                    START.plusSeconds(60L * i)));
        }
        house.engine.relationships().importMessages(relationship, messages);
        house.engine.folding().fold(relationship);
        return relationship;
    }

    @Test
    void aSessionThatGoesOnAsksForNothing() {
        try (House house = house()) {
            String relationship = talked(house, "anna");
            house.say(relationship, "Hello.", "key");
            house.clock.advance(Duration.ofMinutes(1));
            int asked = 0;
            List<String> all = new ArrayList<>();
            for (int turn = 0; turn < 100; turn++) {
                calls.clear();
                house.say(relationship, "Do you remember topic number " + 5 * turn + "?", "key " + turn);
                asked += calls.isEmpty() ? 0 : 1;
                calls.forEach(call -> all.add(call.what()));
                house.clock.advance(Duration.ofMinutes(1));
            }
            // What is known for long of user and companion is read anew behind a turn.
            assertThat(all).isEmpty();
            assertThat(asked).isZero();
        }
    }

    @Test
    void aServerThatHasNothingOfTheRelationshipAsksThreeTimes() {
        try (House house = house()) {
            String relationship = talked(house, "anna");
            String other = talked(house, "ben");
            house.say(relationship, "Hello.");
            for (boolean copied : new boolean[] {true, false}) {
                // A server that ends leaves the copies of what it did.
                house.restart();
                house.say(other, "This server knows the companion.");
                if (!copied) {
                    house.hot.loseEverything();
                }
                calls.clear();
                takes = 40_000_000;
                house.say(relationship, "Do you remember topic number 7?", "with a copy: " + copied);
                takes = 0;
                assertThat(roundTrips())
                        .as("with a copy: %s, of %s", copied, calls)
                        .isLessThanOrEqualTo(3);
                assertThat(calls).as("with a copy: %s", copied).hasSizeLessThanOrEqualTo(copied ? 4 : 8);
            }
        }
    }

    @Test
    void whoHasAppearedIsAtHandInTheirFirstTurn() {
        try (House house = house()) {
            String relationship = talked(house, "anna");
            house.say(relationship, "Hello.");
            for (boolean copied : new boolean[] {true, false}) {
                house.restart();
                if (!copied) {
                    house.hot.loseEverything();
                }
                assertThat(house.engine.presence().appeared(relationship)).isTrue();
                assertThat(house.engine.presence().settled(Duration.ofSeconds(30)))
                        .isTrue();
                assertThat(house.engine.held().relationships()).isEqualTo(1);
                calls.clear();
                house.say(relationship, "Do you remember topic number 7?", "with a copy: " + copied);
                assertThat(calls).as("with a copy: %s", copied).isEmpty();
            }
        }
    }

    @Test
    void whoseRelationshipThereIsNotMayAppearToo() {
        try (House house = house()) {
            assertThat(house.engine.presence().appeared("aria:nobody")).isTrue();
            assertThat(house.engine.presence().settled(Duration.ofSeconds(30))).isTrue();
            assertThat(house.engine.held().relationships()).isZero();
        }
    }

    @Test
    void howManyAreLoadedAtOnceHasABound() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (House house = new House(new ScriptedModel(), store -> (WarmStore) Proxy.newProxyInstance(
                WarmStore.class.getClassLoader(), new Class<?>[] {WarmStore.class}, (proxy, method, arguments) -> {
                    if (Thread.currentThread().getName().equals("presence")) {
                        gate.await();
                    }
                    return method.invoke(store, arguments);
                }))) {
            String relationship = house.relationship("anna");
            house.restart();
            for (int i = 0; i < 16; i++) {
                assertThat(house.engine.presence().appeared(relationship)).isTrue();
            }
            assertThat(house.engine.presence().appeared(relationship)).isFalse();
            gate.countDown();
            assertThat(house.engine.presence().settled(Duration.ofSeconds(30))).isTrue();
            assertThat(house.engine.presence().appeared(relationship)).isTrue();
            assertThat(house.engine.presence().settled(Duration.ofSeconds(30))).isTrue();
        }
    }

    /** The most calls of which none began before another had ended. */
    private int roundTrips() {
        int trips = 0;
        long end = Long.MIN_VALUE;
        List<Call> byEnd =
                calls.stream().sorted(Comparator.comparingLong(Call::ended)).toList();
        for (Call call : byEnd) {
            if (trips == 0 || call.began() - end >= 0) {
                trips++;
                end = call.ended();
            }
        }
        return trips;
    }
}
