package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.partition.Receipt;
import dev.hearth.engine.partition.UserProfile;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Erasure;
import dev.hearth.spi.Item;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.Write;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedModel;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Isolation, encryption and erasure. */
class PrivacyTest {

    private static final Duration WAIT = Duration.ofSeconds(5);

    @Test
    void nothingStoredShowsWhoOrWhat() {
        try (House house = new House()) {
            String relationship = house.relationship("anna@example.org");
            house.engine.users().put("anna@example.org", profile("Annabelle"));
            house.say(relationship, "I have told nobody about the lighthouse.");
            Deadline deadline = Deadline.after(house.clock, WAIT);
            for (Partition partition : house.memory.partitions(deadline)) {
                for (Item item : house.memory.range(partition, new Range(" ", "~", 1_000, false), deadline)) {
                    String stored = partition.name() + " " + item.key() + " "
                            + new String(item.value(), StandardCharsets.ISO_8859_1);
                    assertThat(stored).doesNotContain("anna", "Annabelle", "lighthouse", "Aria");
                    if (!partition.equals(Partition.SYSTEM)) {
                        // Whom somebody talks with is theirs too; that the operator offers it is not.
                        assertThat(stored).doesNotContain("aria");
                    }
                }
            }
        }
    }

    @Test
    void oneUserNeverSeesAnothersMemories() {
        try (House house = new House()) {
            String anna = house.relationship("anna");
            String ben = house.relationship("ben");
            house.say(anna, "My secret word is lighthouse.");
            house.say(ben, "My secret word is windmill.");

            assertThat(texts(house, ben, "secret word")).contains("My secret word is windmill.");
            assertThat(texts(house, ben, "lighthouse secret word")).noneMatch(text -> text.contains("lighthouse"));
            Memory annas = search(house, anna, "lighthouse").hits().getFirst().memory();
            String forged = annas.id().replace(annas.id().substring(4, 30), relationshipPartition(ben));
            assertThatThrownBy(() -> house.engine.memories().get(forged)).isInstanceOf(Problem.class);
        }
    }

    @Test
    void aRecordMovedToAnotherKeyOrRevisionDoesNotOpen() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "Hello.");
            house.say(relationship, "Again.");
            Partition partition = new Partition(relationshipPartition(relationship));
            Deadline deadline = Deadline.after(house.clock, WAIT);
            Item first = house.memory
                    .range(partition, Range.prefix("r/0000/m/", 1), deadline)
                    .getFirst();
            String third = "r/0000/m/" + "0000000003";
            house.memory.write(
                    partition,
                    new Write(
                            List.of(), List.of(new Write.Operation.Put(third, first.revision(), first.value(), null))),
                    deadline);
            house.restart();
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(message -> message.text())
                    .containsExactly("Hello.", "I see.", "I see.");
            assertThat(search(house, relationship, "Again").degraded()).containsExactly("recall.damaged");
            assertThatThrownBy(() -> new Vault(house.memory, house.keys, new Random(1)).get(partition, third, deadline))
                    .hasStackTraceContaining("its seal is broken");
        }
    }

    @Test
    void anErasureLeavesNothingAndSaysSo() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            String other = house.relationship("ben");
            house.say(relationship, "I have told nobody about the lighthouse.");
            house.say(other, "Hello.");

            Receipt receipt = house.engine.users().erase("anna");

            assertThat(receipt.verified()).isTrue();
            assertThat(receipt.stores()).extracting(Receipt.StoreLine::store).contains("keys", "warm", "hot", "cold");
            assertThat(receipt.stores()).allMatch(Receipt.StoreLine::cryptoShredded);
            assertThatThrownBy(() -> house.engine.relationships().get(relationship))
                    .isInstanceOf(Problem.class);
            assertThatThrownBy(() -> house.engine.users().get("anna")).isInstanceOf(Problem.class);
            assertThatThrownBy(() -> house.engine.users().erase("anna"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.NOT_FOUND));
            assertThat(house.memory.exists(
                            new Partition(relationshipPartition(relationship)), Deadline.after(house.clock, WAIT)))
                    .isFalse();
            assertThat(house.engine.relationships().get(other).messages()).isEqualTo(2);
        }
    }

    @Test
    void aTurnThatOutlivesAnErasureBringsNothingBack() throws Exception {
        Gate gate = new Gate();
        ScriptedModel model = new ScriptedModel().then(ScriptedModel.stall(gate, "Late."));
        try (House house = new House(model);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = house.relationship("anna");
            Future<?> running = threads.submit(() -> house.say(relationship, "Hello."));
            gate.awaitArrival();
            house.engine.users().erase("anna");
            gate.open();
            assertThatThrownBy(running::get).hasCauseInstanceOf(Problem.class);
            assertThat(house.memory.exists(
                            new Partition(relationshipPartition(relationship)), Deadline.after(house.clock, WAIT)))
                    .isFalse();
        }
    }

    @Test
    void whatOutlivesAnErasureDoesNotWriteIntoTheLifeAfterIt() throws Exception {
        Gate gate = new Gate();
        Gate second = new Gate();
        ScriptedModel model = new ScriptedModel()
                .then(
                        ScriptedModel.stall(gate, "From the life before."),
                        ScriptedModel.stall(second, "From this life."));
        try (House house = new House(model);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String before = house.relationship("anna");
            Future<?> old = threads.submit(() -> house.say(before, "Hello."));
            gate.awaitArrival();
            house.engine.users().erase("anna");
            String after = house.relationship("anna");
            Future<?> present = threads.submit(() -> house.say(after, "Hello again."));
            second.awaitArrival();
            gate.open();
            assertThatThrownBy(old::get).hasCauseInstanceOf(Problem.class);
            second.open();
            present.get();
            assertThat(house.engine
                            .relationships()
                            .messages(after, 10, null, true)
                            .data())
                    .extracting(message -> message.text())
                    .containsExactly("Hello again.", "From this life.");
            assertThatThrownBy(() -> house.engine.relationships().get(before)).isInstanceOf(Problem.class);
        }
    }

    @Test
    void anErasureThatFailedHalfWayIsFinishedBeforeTheUserReturns() {
        FaultyWarmStore[] faulty = new FaultyWarmStore[1];
        try (House house = new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("Yes.")),
                store -> faulty[0] = new FaultyWarmStore(store))) {
            String relationship = house.relationship("anna");
            house.say(relationship, "Before.");
            faulty[0].onWrites(new FaultyWarmStore.Fault.Before(StoreException.Kind.UNAVAILABLE));
            assertThatThrownBy(() -> house.engine.users().erase("anna")).isInstanceOf(Problem.class);

            String back = house.relationship("anna");
            house.say(back, "After.");
            house.restart();

            assertThat(house.engine
                            .relationships()
                            .messages(back, 10, null, true)
                            .data())
                    .extracting(message -> message.text())
                    .containsExactly("After.", "Yes.");
        }
    }

    @Test
    void aVectorThatComesLateDoesNotBringAForgottenMemoryBack() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "My secret word is lighthouse.");
            Memory memory =
                    search(house, relationship, "lighthouse").hits().getFirst().memory();
            house.engine.memories().delete(memory.id());
            house.say(relationship, "Something else.");
            Partition partition = new Partition(relationshipPartition(relationship));
            assertThat(house.memory.range(partition, Range.prefix("r/0000/v/", 100), Deadline.after(house.clock, WAIT)))
                    .noneMatch(item -> item.key().endsWith("0000000001"));
        }
    }

    @Test
    void aDeletionThatWasCutOffIsFinishedByAskingAgain() {
        FaultyWarmStore[] faulty = new FaultyWarmStore[1];
        try (House house = new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("Yes.")),
                store -> faulty[0] = new FaultyWarmStore(store))) {
            String relationship = house.relationship("anna");
            house.say(relationship, "Words.");
            faulty[0].onWrites(
                    new FaultyWarmStore.Fault.None(),
                    new FaultyWarmStore.Fault.Before(StoreException.Kind.UNAVAILABLE));
            assertThatThrownBy(() -> house.engine.relationships().delete(relationship))
                    .isInstanceOf(Problem.class);
            assertThatThrownBy(() -> house.engine.relationships().get(relationship))
                    .isInstanceOf(Problem.class);

            house.engine.relationships().delete(relationship);

            Partition partition = new Partition(relationshipPartition(relationship));
            assertThat(house.memory.range(partition, Range.prefix("r/", 100), Deadline.after(house.clock, WAIT)))
                    .isEmpty();
        }
    }

    @Test
    void aRestoredBackupIsErasedAgainAndAReturningUserIsNot() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "Before the erasure.");
            Partition partition = new Partition(relationshipPartition(relationship));
            Deadline deadline = Deadline.after(house.clock, WAIT);
            List<Item> backup = house.memory.range(partition, new Range(" ", "~", 1_000, false), deadline);
            house.engine.users().erase("anna");
            List<Write.Operation> restored = new ArrayList<>();
            backup.forEach(
                    item -> restored.add(new Write.Operation.Put(item.key(), item.revision(), item.value(), null)));
            house.memory.write(partition, new Write(List.of(), restored), deadline);

            house.restart();

            assertThat(house.memory.exists(partition, deadline)).isFalse();
            String back = house.relationship("anna");
            house.say(back, "I am back.");
            house.restart();
            assertThat(house.engine.relationships().get(back).messages()).isEqualTo(2);
            assertThat(house.ledger.entries()).extracting(Erasure::step).contains(Erasure.Step.COMPLETED);
        }
    }

    @Test
    void anErasureThatWasCutOffIsCarriedThroughAtTheNextStart() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "Hello.");
            Partition partition = new Partition(relationshipPartition(relationship));
            long key =
                    java.util.Objects.requireNonNull(house.keys.find(partition)).id();
            house.ledger.append(new Erasure("era_x", partition, key, house.clock.now(), Erasure.Step.STARTED));

            house.restart();

            assertThat(house.memory.exists(partition, Deadline.after(house.clock, WAIT)))
                    .isFalse();
            assertThat(house.keys.find(partition)).isNull();
        }
    }

    @Test
    void aForgottenMemoryIsGoneFromRecallHistoryAndStore() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            house.say(relationship, "My secret word is lighthouse.");
            house.say(relationship, "The weather is fine.");
            Memory memory =
                    search(house, relationship, "lighthouse").hits().getFirst().memory();

            house.engine.memories().delete(memory.id());

            assertThat(texts(house, relationship, "lighthouse")).noneMatch(text -> text.contains("lighthouse"));
            assertThatThrownBy(() -> house.engine.memories().get(memory.id())).isInstanceOf(Problem.class);
            assertThatThrownBy(() -> house.engine.memories().delete(memory.id()))
                    .isInstanceOf(Problem.class);
            assertThat(house.engine
                            .relationships()
                            .messages(relationship, 10, null, true)
                            .data())
                    .extracting(message -> message.text())
                    .noneMatch(text -> text.contains("lighthouse"));
            house.restart();
            assertThat(texts(house, relationship, "lighthouse")).noneMatch(text -> text.contains("lighthouse"));
            assertThat(house.engine.relationships().get(relationship).messages())
                    .isEqualTo(3);
        }
    }

    @Test
    void aDeletedRelationshipIsGoneAndCanBeginAgain() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            for (int i = 0; i < 60; i++) {
                house.say(relationship, "Message " + i);
            }
            house.engine.relationships().delete(relationship);
            assertThatThrownBy(() -> house.engine.relationships().get(relationship))
                    .isInstanceOf(Problem.class);
            assertThatThrownBy(() -> house.engine.relationships().get("aria:anna"))
                    .isInstanceOf(Problem.class);
            String again = house.relationship("anna");
            assertThat(again).isNotEqualTo(relationship);
            assertThat(house.engine.relationships().get("aria:anna").messages()).isZero();
            assertThat(house.engine.users().get("anna").externalId()).isEqualTo("anna");
        }
    }

    private static UserProfile profile(String name) {
        return new UserProfile(name, "Europe/Berlin", null, null, null, null, null);
    }

    private static String relationshipPartition(String relationship) {
        return relationship.substring(4, 30);
    }

    private static SearchResult search(House house, String relationship, String query) {
        return house.engine.memories().search(relationship, new SearchRequest(query, 10, null, null));
    }

    private static List<String> texts(House house, String relationship, String query) {
        return search(house, relationship, query).hits().stream()
                .map(hit -> hit.memory().text())
                .toList();
    }

    @Test
    void anErasureThatAStoreCutOffIsCarriedThroughByTheNextRequest() {
        boolean[] down = new boolean[1];
        try (House house = new House()) {
            ColdStore whole = house.cold;
            house.cold = (ColdStore) Proxy.newProxyInstance(
                    ColdStore.class.getClassLoader(), new Class<?>[] {ColdStore.class}, (proxy, method, arguments) -> {
                        if (down[0]) {
                            throw new StoreException(StoreException.Kind.UNAVAILABLE, "The bucket does not answer.");
                        }
                        return method.invoke(whole, arguments);
                    });
            house.restart();
            house.say(house.relationship("anna"), "My dog is called Rex.");
            down[0] = true;
            assertThatThrownBy(() -> house.engine.users().erase("anna")).isInstanceOf(RuntimeException.class);
            down[0] = false;
            Receipt receipt = house.engine.users().erase("anna");
            assertThat(receipt.stores()).extracting(Receipt.StoreLine::store).contains("keys", "warm", "cold");
            assertThatThrownBy(() -> house.engine.users().erase("anna"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.NOT_FOUND));
        }
    }
}
