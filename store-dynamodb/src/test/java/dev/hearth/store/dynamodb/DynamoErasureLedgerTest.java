package dev.hearth.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Erasure;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.Write;
import dev.hearth.testkit.ErasureLedgerContract;
import dev.hearth.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DynamoErasureLedgerTest extends ErasureLedgerContract {

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");
    private final DynamoSettings settings = DynamoDbLocal.freshTable();

    @Override
    protected ErasureLedger open() {
        return DynamoErasureLedger.open(settings, clock);
    }

    @Test
    void twoServersWriteOneLedger() {
        List<Erasure> expected = new ArrayList<>();
        try (ErasureLedger other = open()) {
            for (int i = 0; i < 12; i++) {
                (i % 3 == 0 ? other : ledger).append(erasure(i));
                expected.add(erasure(i));
            }
            assertThat(other.entries()).isEqualTo(expected);
            assertThat(ledger.entries()).isEqualTo(expected);
        }
    }

    @Test
    void aDamagedOrMissingEntryIsSaidWithItsNumber() {
        for (int i = 0; i < 3; i++) {
            ledger.append(erasure(i));
        }
        String second = "0".repeat(18) + "2";
        change(new Write.Operation.Put(second, 2, new byte[] {1, 2, 3}, null));
        assertThatThrownBy(() -> ledger.entries())
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(StoreException.Kind.CORRUPT))
                .hasMessageContaining("Entry 2")
                .hasMessageContaining(settings.table());
        change(new Write.Operation.Delete(second));
        assertThatThrownBy(() -> ledger.entries()).hasMessageContaining("Entry 2");
    }

    private void change(Write.Operation operation) {
        try (Table table = Table.connect(settings, clock)) {
            Write write = new Write(List.of(), List.of(operation));
            table.write("#erasures", write, Deadline.after(clock, Duration.ofSeconds(30)));
        }
    }
}
