package dev.hearth.engine.relationship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.spi.Deadline;
import dev.hearth.testkit.MemoryColdStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was brought in from the cold store does not stay for as long as a relationship is used. */
final class ShedTest {

    private static final int MOST = 300;

    @Test
    void whoHasBroughtInMuchIsLoadedAnewOnceNobodyUsesIt() {
        try (Room room = new Room(new MemoryColdStore(), 600, MOST)) {
            Resident full;
            long before;
            long much;
            try (Residents.Lease lease = room.lease()) {
                full = lease.resident();
                before = full.bytes();
                bringAll(room, full);
                much = full.bytes();
                try (Residents.Lease other = room.lease()) {
                    assertThat(other.resident()).isSameAs(full);
                }
                assertThat(full.stale()).as("while it is used").isFalse();
                assertThat(full.index().live(1)).isTrue();
            }
            assertThat(full.stale()).isTrue();

            try (Residents.Lease lease = room.lease()) {
                assertThat(lease.resident()).isNotSameAs(full);
                assertThat(lease.resident().bytes()).isLessThan(much).isEqualTo(before);
                assertThat(room.residents.bytes()).isEqualTo(before);
            }
        }
    }

    @Test
    void whoHasBroughtInLittleStays() {
        try (Room room = new Room(new MemoryColdStore(), MOST, MOST)) {
            Resident first;
            try (Residents.Lease lease = room.lease()) {
                first = lease.resident();
                bringAll(room, first);
                assertThat(first.cold().brought()).isEqualTo(MOST);
            }
            try (Residents.Lease lease = room.lease()) {
                assertThat(lease.resident()).isSameAs(first);
            }
        }
    }

    private static void bringAll(Room room, Resident resident) {
        Map<Long, ColdBlock> away = resident.cold().blocks();
        assertThat(away).isNotEmpty();
        for (long first : away.keySet()) {
            room.relationships.thaw().bring(resident, first, Deadline.after(room.clock, Duration.ofSeconds(10)));
        }
    }
}
