package dev.hearth.store.guarded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReadTimesTest {

    private final ReadTimes times = new ReadTimes();

    @Test
    void whatIsSlowIsNotKnownBeforeTwentyReads() {
        for (int i = 1; i < 20; i++) {
            times.add(i);
            assertThat(times.slow()).isEqualTo(Long.MAX_VALUE);
        }
        times.add(20);
        assertThat(times.slow()).isEqualTo(19);
    }

    @Test
    void itIsTheNinetyFifthPercentileOfTheLastReads() {
        Random random = new Random(11);
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            long took = random.nextLong(1_000_000);
            all.add(took);
            times.add(took);
            if (all.size() >= 20) {
                List<Long> last = all.subList(Math.max(0, all.size() - ReadTimes.KEPT), all.size());
                long slow = times.slow();
                // The least that 95 of 100 do not exceed.
                assertThat(share(last, slow)).as("read %d", i).isGreaterThanOrEqualTo(0.95);
                assertThat(share(last, slow - 1)).as("read %d", i).isLessThan(0.95);
            }
        }
    }

    private static double share(List<Long> times, long limit) {
        return times.stream().filter(took -> took <= limit).count() / (double) times.size();
    }
}
