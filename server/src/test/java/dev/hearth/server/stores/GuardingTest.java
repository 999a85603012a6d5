package dev.hearth.server.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.server.metrics.Metrics;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Partition;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import dev.hearth.testkit.FaultyWarmStore;
import dev.hearth.testkit.ManualClock;
import dev.hearth.testkit.MemoryColdStore;
import dev.hearth.testkit.MemoryWarmStore;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

final class GuardingTest {

    private static final Partition PARTITION = new Partition("p");

    private final ManualClock clock = ManualClock.at("2026-03-01T12:00:00Z");

    @Test
    void whatGuardsDoIsMeasured() {
        Guarding guarding = new Guarding();
        FaultyWarmStore.Fault fault = new FaultyWarmStore.Fault.Before(StoreException.Kind.UNAVAILABLE);
        FaultyWarmStore failing = new FaultyWarmStore(new MemoryWarmStore(clock))
                .onReads(Collections.nCopies(5, fault).toArray(FaultyWarmStore.Fault[]::new));
        try (WarmStore warm = guarding.guards().warm(failing, clock);
                ColdStore cold = guarding.guards().cold(new MemoryColdStore(), clock);
                Metrics metrics = new Metrics()) {
            guarding.measure(metrics);
            for (int i = 0; i < 7; i++) {
                assertThatThrownBy(() -> warm.get(PARTITION, "k", soon())).isInstanceOf(StoreException.class);
            }
            assertThat(cold.get(PARTITION, "a", soon())).isNull();
            assertThat(metrics.scrape())
                    .contains("hearth_store_breaker_state{store=\"warm\"} 2.0")
                    .contains("hearth_store_breaker_state{store=\"cold\"} 0.0")
                    .contains("hearth_store_breaker_opened_total{store=\"warm\"} 1.0")
                    .contains("hearth_store_breaker_refused_total{store=\"warm\"} 2.0")
                    .contains("hearth_cold_reads_total 1.0")
                    .contains("hearth_cold_reads_hedged_total 0.0")
                    .contains("hearth_cold_reads_won_total 0.0");
        }
    }

    private Deadline soon() {
        return Deadline.after(clock, Duration.ofSeconds(30));
    }
}
