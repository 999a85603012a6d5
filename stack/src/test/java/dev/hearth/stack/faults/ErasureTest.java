package dev.hearth.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.partition.Receipt;
import dev.hearth.spi.Deadline;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left of a user who was erased: two lines of the ledger, and nothing else in any store. */
final class ErasureTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @AutoClose
    private static RealHouse house;

    @BeforeAll
    static void open() throws Exception {
        house = new RealHouse();
    }

    @Test
    void nothingIsLeftButTwoLinesOfTheLedger() throws Exception {
        try (Node one = house.open();
                Node two = house.open()) {
            Person anna = Person.inEveryStore(house, "anna-" + Person.MARKER, one, two);
            Scan before = Scan.of(house);

            Receipt receipt = one.engine.users().erase(anna.user());

            anna.assertNothingLeft(Scan.of(house), receipt, 2);
            assertThat(house.vectors.count(anna.partition(), Deadline.after(house.clock, SOON)))
                    .isZero();
            List<Receipt.StoreLine> lines = receipt.stores();
            assertThat(receipt.verified()).isTrue();
            assertThat(lines.stream().map(Receipt.StoreLine::store))
                    .containsExactly("keys", "memory", "hot", "warm", "cold", "vectors");
            assertThat(lines).allSatisfy(line -> {
                assertThat(line.removed()).as(line.store()).isPositive();
                assertThat(line.cryptoShredded())
                        .as(line.store())
                        .isEqualTo(!line.store().equals("vectors"));
            });
            assertThat(removed(lines, "cold")).isEqualTo(1);
            assertThat(removed(lines, "keys")).isEqualTo(1);
            assertThat(removed(lines, "warm"))
                    .isEqualTo(before
                            .places(List.of(Scan.bytes("p=" + anna.partition().name())))
                            .stream()
                            .filter(place -> place.startsWith("warm "))
                            .count());
        }
    }

    private static long removed(List<Receipt.StoreLine> lines, String store) {
        return lines.stream()
                .filter(line -> line.store().equals(store))
                .mapToLong(Receipt.StoreLine::removed)
                .sum();
    }
}
