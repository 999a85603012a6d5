package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Two engines on the same stores: what is paid or heavy one of them does, and both where nobody can say who. */
class SoleWorkTest {

    private static final Duration OVER = Duration.ofMinutes(31);
    private static final String REX = "1 | \"a dog called Rex\" | The user has a dog called Rex.";
    private static final String HAS_REX = "The user has a dog called Rex.";

    private final ScriptedModel extractor = new ScriptedModel().otherwise(request -> ScriptedModel.say(REX));

    private House house() {
        return new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("I see.")),
                TwoNodesTest::shared,
                null,
                extractor);
    }

    /** A session that is over, of which both servers know. */
    private static String told(House house, Engine other) {
        String relationship = house.relationship("anna");
        house.say(relationship, "I have a dog called Rex.");
        other.turns().take(new TurnRequest(relationship, "I am glad.", null, null), event -> {});
        house.say(relationship, "So am I.");
        house.clock.advance(OVER);
        return relationship;
    }

    private static List<String> facts(Engine engine, String relationship) {
        return engine.memories().list(relationship, new MemoryFilter("semantic", null, null), 10, null).data().stream()
                .map(Memory::text)
                .toList();
    }

    @Test
    void aModelIsPaidOnce() throws Exception {
        Gate gate = new Gate();
        try (House house = house();
                Engine other = house.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = told(house, other);
            extractor.then(ScriptedModel.stall(gate, REX));
            CompletableFuture<Integer> first =
                    CompletableFuture.supplyAsync(house.engine.extraction()::extractDue, threads);
            gate.awaitArrival();

            assertThat(other.extraction().extractDue()).isZero();
            assertThat(other.extraction().waiting()).isEqualTo(1);
            assertThatThrownBy(() -> other.extraction().extract(relationship))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.CONFLICT));
            assertThat(extractor.requests()).hasSize(1);

            gate.open();
            assertThat(first.get()).isEqualTo(1);
            assertThat(house.leases.count()).isZero();
            house.clock.advance(Duration.ofMinutes(3));
            assertThat(other.extraction().extractDue()).isZero();
            assertThat(other.extraction().waiting()).isZero();
            assertThat(extractor.requests()).hasSize(1);
            assertThat(facts(other, relationship)).containsExactly(HAS_REX);
        }
    }

    @Test
    void whoDiesIsSucceededAfterALifetime() throws Exception {
        Gate gate = new Gate();
        try (House house = house();
                Engine other = house.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = told(house, other);
            extractor.then(ScriptedModel.stall(gate, REX));
            CompletableFuture<Integer> dead =
                    CompletableFuture.supplyAsync(house.engine.extraction()::extractDue, threads);
            gate.awaitArrival();
            house.clock.advance(Duration.ofSeconds(119));
            assertThat(other.extraction().extractDue()).isZero();
            assertThat(extractor.requests()).hasSize(1);

            // Two calls of two minutes each, and a minute.
            house.clock.advance(Duration.ofSeconds(182));
            assertThat(other.extraction().extractDue()).isEqualTo(1);
            assertThat(extractor.requests()).hasSize(2);

            gate.open();
            assertThat(dead.get()).isZero();
            assertThat(facts(other, relationship)).containsExactly(HAS_REX);
        }
    }

    @Test
    void withoutTheLeasesBothPayAndOneIsBelieved() throws Exception {
        Gate gate = new Gate();
        try (House house = house();
                Engine other = house.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = told(house, other);
            house.leases.failing(true);
            extractor.then(ScriptedModel.stall(gate, REX));
            CompletableFuture<Integer> first =
                    CompletableFuture.supplyAsync(house.engine.extraction()::extractDue, threads);
            gate.awaitArrival();
            assertThat(other.extraction().extractDue()).isEqualTo(1);
            gate.open();
            assertThat(first.get()).isZero();
            assertThat(extractor.requests()).hasSize(2);
            assertThat(facts(house.engine, relationship)).containsExactly(HAS_REX);
        }
    }

    @Test
    void aStoreOfOnesOwnAsksForNoLease() {
        try (House house = new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("I see.")),
                store -> store,
                null,
                extractor)) {
            String relationship = house.relationship("anna");
            house.say(relationship, "I have a dog called Rex.");
            house.clock.advance(OVER);
            extractor.otherwise(request -> {
                assertThat(house.leases.count()).isZero();
                return ScriptedModel.say(REX);
            });
            assertThat(house.engine.extraction().extract(relationship)).isEqualTo(1);
            assertThat(house.engine.tiering().sweepOfTheDay()).isZero();
            assertThat(house.leases.count()).isZero();
        }
    }

    @Test
    void oneServerSweepsADay() {
        try (House house = house();
                Engine other = house.open()) {
            String relationship = history(house, "anna");
            house.clock.advance(Duration.ofDays(90).minusHours(1));
            assertThat(house.engine.tiering().sweepOfTheDay()).isZero();

            house.clock.advance(Duration.ofHours(2));
            assertThat(other.tiering().sweepOfTheDay()).isZero();

            house.clock.advance(Duration.ofHours(21));
            assertThat(other.tiering().sweepOfTheDay()).isEqualTo(1);
            assertThat(cold(other, relationship)).isEqualTo(50);
        }
    }

    @Test
    void withoutTheLeasesEveryServerSweeps() {
        try (House house = house();
                Engine other = house.open()) {
            house.leases.failing(true);
            for (Engine engine : List.of(house.engine, other)) {
                String relationship = history(house, engine == other ? "anna" : "ben");
                house.clock.advance(Duration.ofDays(91));
                assertThat(engine.tiering().sweepOfTheDay()).isEqualTo(1);
                assertThat(cold(engine, relationship)).isEqualTo(50);
            }
        }
    }

    private static String history(House house, String user) {
        String relationship = house.relationship(user);
        List<Imported> messages = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Instant said = Instant.parse("2025-03-01T10:00:00Z").plusSeconds(60L * i);
            messages.add(new Imported(
                    "m-" + i, Message.Role.USER, null, null, "Topic number " + i + " was on the table.", said));
        }
        house.engine.relationships().importMessages(relationship, messages);
        return relationship;
    }

    private static long cold(Engine engine, String relationship) {
        return engine.storages().of(relationship).cold().messages();
    }
}
