package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.engine.partition.Receipt;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.VectorIndex;
import dev.hearth.testkit.HashEmbedder;
import dev.hearth.testkit.MemoryVectorIndex;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Vectors outside the node go with the user who is erased, though no key seals them. */
final class VectorErasureTest {

    private static final int DIMENSION = new HashEmbedder().dimension();

    private final VectorIndex index = new MemoryVectorIndex(DIMENSION);
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    /** The index, which fails in what is broken and removes nothing where "forgetful" is among it. */
    private final VectorIndex faulty = (VectorIndex) Proxy.newProxyInstance(
            VectorIndex.class.getClassLoader(), new Class<?>[] {VectorIndex.class}, (proxy, method, arguments) -> {
                if (broken.contains(method.getName())) {
                    throw new StoreException(StoreException.Kind.UNAVAILABLE, "The index does not answer.");
                }
                if (broken.contains("forgetful") && method.getName().equals("drop")) {
                    return new Removal(2, 2);
                }
                return method.invoke(index, arguments);
            });

    @Test
    void anErasureDropsThemAndSaysSo() {
        try (House house = house()) {
            Partition anna = remember(house, "anna");
            Partition ben = remember(house, "ben");
            Receipt receipt = house.engine.users().erase("anna");
            assertThat(receipt.verified()).isTrue();
            assertThat(receipt.stores()).contains(new Receipt.StoreLine("vectors", 2, 2L * DIMENSION * 4, false));
            assertThat(count(house, anna)).isZero();
            assertThat(count(house, ben)).isEqualTo(2);
        }
    }

    @Test
    void withoutAnIndexTheReceiptNamesNone() {
        try (House house = new House()) {
            house.say(house.relationship("anna"), "Hello.");
            assertThat(house.engine.users().erase("anna").stores())
                    .extracting(Receipt.StoreLine::store)
                    .doesNotContain("vectors");
        }
    }

    @Test
    void anErasureThatTheIndexCutOffIsCarriedThroughByTheNextRequest() {
        try (House house = house()) {
            Partition anna = remember(house, "anna");
            broken.add("drop");
            assertThatThrownBy(() -> house.engine.users().erase("anna")).isInstanceOf(RuntimeException.class);
            broken.clear();
            assertThat(count(house, anna)).isEqualTo(2);
            assertThat(house.engine.users().erase("anna").stores())
                    .extracting(Receipt.StoreLine::store)
                    .contains("vectors");
            assertThat(count(house, anna)).isZero();
        }
    }

    @Test
    void anErasureIsNotOverWhileTheIndexShowsThem() {
        try (House house = house()) {
            remember(house, "anna");
            broken.add("forgetful");
            assertThatThrownBy(() -> house.engine.users().erase("anna"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(Code.INTERNAL));
            broken.clear();
            assertThat(house.engine.users().erase("anna").verified()).isTrue();
        }
    }

    @Test
    void whoCameBackMeanwhileKeepsTheirWordsAndNoVectorOfBefore() {
        try (House house = house()) {
            Partition anna = remember(house, "anna");
            broken.add("drop");
            assertThatThrownBy(() -> house.engine.users().erase("anna")).isInstanceOf(RuntimeException.class);
            broken.clear();
            String again = house.relationship("anna");
            house.say(again, "Hello again.");
            assertThat(count(house, anna)).isEqualTo(2);
            house.restart();
            assertThat(count(house, anna)).isZero();
            assertThat(house.engine.relationships().get(again).messages()).isEqualTo(2);
        }
    }

    @Test
    void anIndexOfAnotherDimensionIsRefused() {
        try (House house = new House()) {
            house.vectors = new MemoryVectorIndex(DIMENSION + 1);
            assertThatThrownBy(house::open)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(DIMENSION + 1));
        }
    }

    private House house() {
        House house = new House();
        house.vectors = faulty;
        house.restart();
        return house;
    }

    /** Has something said, and two vectors of it put into the index. */
    private Partition remember(House house, String user) {
        String relationship = house.relationship(user);
        house.say(relationship, "My dog is called Rex.");
        Partition partition = new Partition(relationship.substring(4, 30));
        float[] vector = new float[DIMENSION];
        Arrays.fill(vector, 1);
        index.upsert(
                partition,
                relationship,
                List.of(new VectorIndex.Entry("a", vector), new VectorIndex.Entry("b", vector)),
                soon(house));
        return partition;
    }

    private long count(House house, Partition partition) {
        return index.count(partition, soon(house));
    }

    private static Deadline soon(House house) {
        return Deadline.after(house.clock, Duration.ofSeconds(30));
    }
}
