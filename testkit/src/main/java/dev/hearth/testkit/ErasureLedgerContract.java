package dev.hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Erasure;
import dev.hearth.spi.ErasureLedger;
import dev.hearth.spi.Partition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ErasureLedger} does. */
public abstract class ErasureLedgerContract {

    protected ErasureLedger ledger;

    /** A ledger on this test's storage, which is empty at first; called again after a close, it has the same entries. */
    protected abstract ErasureLedger open();

    /** Closes {@code open} and opens another on the same storage. */
    protected ErasureLedger reopen(ErasureLedger open) {
        open.close();
        return open();
    }

    @BeforeEach
    final void openLedger() {
        ledger = open();
    }

    @AfterEach
    final void closeLedger() {
        ledger.close();
    }

    @Test
    protected final void entriesComeBackInTheirOrder() {
        assertThat(ledger.entries()).isEmpty();
        List<Erasure> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Erasure erasure = erasure(i);
            ledger.append(erasure);
            expected.add(erasure);
            assertThat(ledger.entries()).isEqualTo(expected);
        }
        ledger = reopen(ledger);
        assertThat(ledger.entries()).isEqualTo(expected);
        ledger.append(erasure(20));
        expected.add(erasure(20));
        ledger = reopen(ledger);
        assertThat(ledger.entries()).isEqualTo(expected);
    }

    @Test
    protected final void noAppendIsLostAmongMany() throws Exception {
        Together.run(8, thread -> () -> {
            for (int i = 0; i < 10; i++) {
                ledger.append(erasure(thread * 10 + i));
            }
            return thread;
        });
        List<Erasure> expected = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            expected.add(erasure(i));
        }
        assertThat(ledger.entries()).containsExactlyInAnyOrderElementsOf(expected);
        ledger = reopen(ledger);
        assertThat(ledger.entries()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    protected final void aClosedLedgerSaysSo() {
        ledger.close();
        ledger.close();
        Asking.assertClosed(() -> ledger.append(erasure(1)));
        Asking.assertClosed(() -> ledger.entries());
    }

    /** An entry that differs with {@code i} in every field. */
    protected static Erasure erasure(int i) {
        return new Erasure(
                "era_" + i,
                new Partition("p" + i),
                i % 3 == 0 ? 0 : Long.MIN_VALUE + i,
                Instant.parse("2026-03-01T12:00:00.123456Z").plusSeconds(i),
                i % 2 == 0 ? Erasure.Step.STARTED : Erasure.Step.COMPLETED);
    }
}
