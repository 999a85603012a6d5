package dev.hearth.engine.relationship;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExternalHashesTest {

    @Test
    void itAnswersAsAMapDoes() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            // Few different upper bits make many hashes meet in one place.
            long bits = random.nextBoolean() ? -1L : 0x0000_0007_0000_000FL;
            ExternalHashes hashes = new ExternalHashes();
            Map<Long, Long> map = new HashMap<>();
            int count = random.nextInt(400);
            for (int seq = 1; seq <= count; seq++) {
                long hash = hash(random, bits);
                hashes.put(hash, seq);
                map.put(hash, (long) seq);
                if (random.nextInt(40) == 0) {
                    hashes.trim();
                }
            }
            for (int i = 0; i < 200; i++) {
                long asked = hash(random, bits);
                assertThat(hashes.seqOf(asked)).as("seed %d", seed).isEqualTo(map.getOrDefault(asked, 0L));
            }
            map.forEach((hash, seq) -> assertThat(hashes.seqOf(hash)).isEqualTo(seq));
            assertThat(hashes.seqOf(0)).isZero();
        }
    }

    @Test
    void aThousandImportsTakeFifteenBytesEach() {
        Random random = new Random(1);
        ExternalHashes hashes = new ExternalHashes();
        for (int seq = 1; seq <= 1_000; seq++) {
            hashes.put(hash(random, -1L), seq);
        }
        hashes.trim();
        assertThat(hashes.bytes()).isLessThan(15_200);
    }

    private static long hash(Random random, long bits) {
        long hash = random.nextLong() & bits;
        return hash == 0 ? 1 : hash;
    }
}
