package dev.hearth.engine;

import static dev.hearth.engine.LongHistory.START;
import static dev.hearth.engine.LongHistory.exported;
import static dev.hearth.engine.LongHistory.messages;
import static dev.hearth.engine.LongHistory.partition;
import static dev.hearth.engine.LongHistory.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.MessageBlock;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.relationship.VectorBlock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Item;
import dev.hearth.spi.Range;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.Write;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.Gate;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Small blocks become segments, and nobody sees a difference. */
class FoldingTest {

    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final LongHistory HISTORY =
            new LongHistory("We spoke about topic number %d.", List.of("topic number 7", "Statement number 7"));

    @Test
    void whatIsFoldedReadsAsItDidBefore() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            talk(house, relationship, 20, 0);
            HISTORY.importInto(house, relationship, 0, 310);
            talk(house, relationship, 20, 1);
            List<String> before = HISTORY.everything(house, relationship);
            int records = records(house, relationship, "m/").size();

            house.engine.folding().fold(relationship);

            assertThat(records(house, relationship, "m/").size()).isLessThan(records);
            assertThat(HISTORY.everything(house, relationship)).isEqualTo(before);
            house.restart();
            assertThat(HISTORY.everything(house, relationship)).isEqualTo(before);

            talk(house, relationship, 3, 2);
            HISTORY.importInto(house, relationship, 310, 400);
            List<String> later = HISTORY.everything(house, relationship);
            house.engine.folding().fold(relationship);
            assertThat(later).containsAll(before);
            assertThat(HISTORY.everything(house, relationship)).isEqualTo(later);
            house.restart();
            assertThat(HISTORY.everything(house, relationship)).isEqualTo(later);
            assertThat(house.engine
                            .relationships()
                            .importMessages(relationship, HISTORY.between(0, 400))
                            .duplicates())
                    .isEqualTo(400);
        }
    }

    @Test
    void itGoesOnByItselfWhenEnoughHasCollected() throws Exception {
        FaultyWarmStore[] faulty = new FaultyWarmStore[1];
        try (House house = new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("I see.")),
                store -> faulty[0] = new FaultyWarmStore(store))) {
            String relationship = house.relationship("anna");
            for (int run = 0; run < 13; run++) {
                faulty[0].onWrites(new FaultyWarmStore.Fault.None());
            }
            Gate folding = new Gate();
            faulty[0].onWrites(new FaultyWarmStore.Fault.Held(folding));
            HISTORY.importInto(house, relationship, 0, 300);
            folding.awaitArrival();
            folding.open();
            house.engine.folding().fold(relationship);
            assertThat(records(house, relationship, "m/")).hasSize(2);
            assertThat(records(house, relationship, "v/")).hasSize(2);
        }
    }

    @Test
    void aProcessThatDiesBetweenAnyTwoStepsLosesAndDoublesNothing() {
        for (int seed = 0; seed < 12; seed++) {
            FaultyWarmStore[] faulty = new FaultyWarmStore[1];
            try (House house = new House(
                    new ScriptedModel().otherwise(request -> ScriptedModel.say("I see.")),
                    store -> faulty[0] = new FaultyWarmStore(store))) {
                String relationship = house.relationship("anna");
                for (int i = 0; i < 150; i++) {
                    // One by one, and too few at a time to be folded in the background.
                    house.engine.memories().remember(relationship, "Statement number " + i, START, null);
                    if (i % 30 == 0) {
                        house.engine.folding().fold(relationship);
                    }
                }
                List<String> before = HISTORY.everything(house, relationship);
                StoreException.Kind kind =
                        seed % 2 == 0 ? StoreException.Kind.UNAVAILABLE : StoreException.Kind.DEADLINE;
                for (int writes = 0; writes < seed / 4; writes++) {
                    faulty[0].onWrites(new FaultyWarmStore.Fault.None());
                }
                faulty[0].onWrites(
                        seed / 2 % 2 == 0
                                ? new FaultyWarmStore.Fault.Before(kind)
                                : new FaultyWarmStore.Fault.After(kind));
                try {
                    house.engine.folding().fold(relationship);
                } catch (Problem died) {
                    assertThat(died.code()).as("seed %d", seed).isNotNull();
                }
                assertThat(HISTORY.everything(house, relationship))
                        .as("seed %d", seed)
                        .isEqualTo(before);
                house.restart();
                assertThat(HISTORY.everything(house, relationship))
                        .as("seed %d", seed)
                        .isEqualTo(before);
                house.engine.folding().fold(relationship);
                assertThat(HISTORY.everything(house, relationship))
                        .as("seed %d", seed)
                        .isEqualTo(before);
                assertThat(records(house, relationship, "m/"))
                        .as("seed %d", seed)
                        .hasSize(1);
            }
        }
    }

    @Test
    void whoReadsWhileItFoldsMissesNothing() {
        for (int read = 1; read <= 12; read++) {
            for (int kind = 0; kind < 3; kind++) {
                Interrupted[] interrupted = new Interrupted[1];
                try (House house = new House(
                        new ScriptedModel().otherwise(request -> ScriptedModel.say("I see.")),
                        store -> interrupted[0] = new Interrupted(store))) {
                    String relationship = house.relationship("anna");
                    List<String> said = new ArrayList<>();
                    for (int i = 0; i < 60; i++) {
                        said.add("Statement number " + i);
                        house.engine.memories().remember(relationship, said.getLast(), START, null);
                        if (i == 20) {
                            house.engine.folding().fold(relationship);
                        }
                    }
                    interrupted[0].afterReads(read, () -> house.engine.folding().fold(relationship));
                    List<String> texts = switch (kind) {
                        case 0 -> texts(messages(house, relationship, 25, true));
                        case 1 ->
                            texts(messages(house, relationship, 25, false)).reversed();
                        default -> texts(exported(house));
                    };
                    assertThat(texts)
                            .as("kind %d, folded after read %d", kind, read)
                            .isEqualTo(said);
                }
            }
        }
    }

    @Test
    void turnsGoOnWhileItFolds() throws Exception {
        try (House house = new House();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String relationship = house.relationship("anna");
            HISTORY.importInto(house, relationship, 0, 400);
            Future<?> talking = threads.submit(() -> {
                for (int i = 0; i < 30; i++) {
                    house.say(relationship, "While it folds I say " + i + ".");
                }
            });
            Future<?> folding = threads.submit(() -> {
                while (!talking.isDone()) {
                    house.engine.folding().fold(relationship);
                }
                return true;
            });
            while (!talking.isDone()) {
                assertThat(texts(house, relationship).subList(0, 400))
                        .containsExactlyElementsOf(HISTORY.between(0, 400).stream()
                                .map(Imported::text)
                                .toList());
                // Ten were ranked; one that is missing was looked for where it is not.
                assertThat(search(house, relationship, "topic number 321").hits())
                        .hasSize(10)
                        .anyMatch(hit -> hit.memory().text().contains("number 321."));
            }
            talking.get();
            folding.get();
            assertThat(texts(house, relationship)).hasSize(460).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatIsDeletedInASegmentIsInNoRecordWhenDeleteReturns() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            HISTORY.importInto(house, relationship, 0, 100);
            house.engine.folding().fold(relationship);
            List<Item> before = items(house, relationship);
            Memory memory = search(house, relationship, "topic number 42")
                    .hits()
                    .getFirst()
                    .memory();
            assertThat(memory.text()).contains("number 42");

            house.engine.memories().delete(memory.id());

            assertThat(stored(house, relationship))
                    .hasSize(100)
                    .extracting(StoredMessage::text)
                    .noneMatch(text -> text.contains("number 42"));
            assertThat(vectors(house, relationship)).hasSize(99).doesNotContain(43L);
            // Of what held the words and the vectors no record is left as it was.
            for (Item now : items(house, relationship)) {
                assertThat(before)
                        .filteredOn(
                                item -> item.key().contains("/m/") || item.key().contains("/v/"))
                        .noneMatch(item -> Arrays.equals(item.value(), now.value()));
            }
            assertThatThrownBy(() -> house.engine.memories().get(memory.id())).isInstanceOf(Problem.class);
            house.clock.advance(Duration.ofHours(24));
            house.restart();
            assertThat(texts(house, relationship)).hasSize(99).noneMatch(text -> text.contains("number 42"));
            assertThat(stored(house, relationship))
                    .extracting(StoredMessage::text)
                    .noneMatch(text -> text.contains("number 42"));
            assertThat(house.engine
                            .relationships()
                            .importMessages(relationship, HISTORY.between(40, 45))
                            .duplicates())
                    .isEqualTo(5);
        }
    }

    @Test
    void vectorsGoWithTheirMessageAlsoWhereThereIsNoEmbedderAnyMore() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            HISTORY.importInto(house, relationship, 0, 40);
            World wordsOnly = new World(
                    house.clock,
                    new Random(1),
                    house.memory,
                    house.hot,
                    house.cold,
                    house.keys,
                    house.ledger,
                    null,
                    List.of(house.model));
            try (Engine engine = Engine.open(wordsOnly, Settings.defaults())) {
                engine.folding().fold(relationship);
                SearchResult found =
                        engine.memories().search(relationship, new SearchRequest("topic number 30", 1, null, null));
                engine.memories().delete(found.hits().getFirst().memory().id());
            }
            assertThat(stored(house, relationship))
                    .filteredOn(StoredMessage::deleted)
                    .hasSize(1);
            assertThat(vectors(house, relationship)).hasSize(39).doesNotContain(31L);
        }
    }

    @Test
    void aFlippedByteCostsItsSegmentAndNothingElse() {
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            try (House house = new House()) {
                String relationship = house.relationship("anna");
                HISTORY.importInto(house, relationship, 0, 600);
                house.engine.folding().fold(relationship);
                List<Item> segments = items(house, relationship).stream()
                        .filter(item -> item.key().contains("/m/") || item.key().contains("/v/"))
                        .toList();
                Item hit = segments.get(random.nextInt(segments.size()));
                byte[] bytes = hit.value().clone();
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                overwrite(house, relationship, new Item(hit.key(), hit.revision(), bytes));
                house.restart();

                SearchResult found = search(house, relationship, "What about topic number 321?");
                List<String> left = texts(house, relationship);
                if (hit.key().contains("/v/")) {
                    assertThat(left).as("seed %d", seed).hasSize(600);
                    assertThat(found.degraded()).as("seed %d", seed).isEmpty();
                } else {
                    long first = Long.parseLong(hit.key().substring(hit.key().length() - 10), 16);
                    int behind = segments.stream()
                            .filter(item -> item.key().contains("/m/"))
                            .map(item -> Long.parseLong(
                                    item.key().substring(item.key().length() - 10), 16))
                            .filter(seq -> seq > first)
                            .mapToInt(Long::intValue)
                            .min()
                            .orElse(601);
                    List<String> whole = new ArrayList<>(
                            HISTORY.between(0, 600).stream().map(Imported::text).toList());
                    whole.subList((int) first - 1, behind - 1).clear();
                    assertThat(left).as("seed %d", seed).containsExactlyElementsOf(whole);
                    assertThat(found.degraded()).as("seed %d", seed).containsExactly("recall.damaged");
                }
                if (hit.key().contains("/v/")) {
                    Memory memory = found.hits().getFirst().memory();
                    house.engine.memories().delete(memory.id());
                    assertThat(texts(house, relationship)).as("seed %d", seed).doesNotContain(memory.text());
                    left.remove(memory.text());
                }
                assertThat(house.say(relationship, "And now?").text())
                        .as("seed %d", seed)
                        .isEqualTo("I see.");
                house.engine.folding().fold(relationship);
                assertThat(texts(house, relationship)).as("seed %d", seed).hasSize(left.size() + 2);
                house.engine.relationships().delete(relationship);
                assertThat(items(house, relationship))
                        .as("seed %d", seed)
                        .noneMatch(item -> item.key().startsWith("r/"));
            }
        }
    }

    private static void talk(House house, String relationship, int turns, int day) {
        for (int i = 0; i < turns; i++) {
            house.say(relationship, "On day " + day + " I say " + i + ".");
            house.clock.advance(Duration.ofMinutes(i == turns - 1 ? 600 : 1));
        }
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text).toList();
    }

    /** In their order, and of turns with their ids: the companion says the same in each. */
    private static List<String> texts(House house, String relationship) {
        return messages(house, relationship, 200, true).stream()
                .map(message -> message.text() + (message.turnId() == null ? "" : message.id()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<Item> items(House house, String relationship) {
        return house.memory.range(
                partition(relationship), new Range(" ", "~", 10_000, false), Deadline.after(house.clock, WAIT));
    }

    private static List<Entry> records(House house, String relationship, String kind) {
        Vault vault = new Vault(house.memory, house.keys, new Random(1));
        return vault.range(
                partition(relationship), Range.prefix("r/0000/" + kind, 10_000), Deadline.after(house.clock, WAIT));
    }

    private static List<StoredMessage> stored(House house, String relationship) {
        return records(house, relationship, "m/").stream()
                .flatMap(entry -> MessageBlock.decode(entry.bytes()).messages().stream())
                .toList();
    }

    private static List<Long> vectors(House house, String relationship) {
        return records(house, relationship, "v/").stream()
                .flatMap(entry -> VectorBlock.decode(entry.bytes()).embedded().stream())
                .map(VectorBlock.Embedded::seq)
                .toList();
    }

    private static void overwrite(House house, String relationship, Item item) {
        house.memory.write(
                partition(relationship),
                new Write(List.of(), List.of(new Write.Operation.Put(item.key(), item.revision(), item.value(), null))),
                Deadline.after(house.clock, WAIT));
    }
}
