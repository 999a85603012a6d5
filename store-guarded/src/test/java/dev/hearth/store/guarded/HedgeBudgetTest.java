package dev.hearth.store.guarded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HedgeBudgetTest {

    @Test
    void oneOfTwentyIsPaidForByTheTwentyBeforeIt() {
        HedgeBudget budget = new HedgeBudget();
        for (int read = 1; read <= 2_000; read++) {
            budget.earn();
            assertThat(budget.spend()).as("read %d", read).isEqualTo(read % 20 == 0);
        }
    }

    @Test
    void noMoreThanTheBurstIsSaved() {
        HedgeBudget budget = new HedgeBudget();
        for (int read = 0; read < 10_000; read++) {
            budget.earn();
        }
        int spent = 0;
        while (budget.spend()) {
            spent++;
        }
        assertThat(spent).isEqualTo(HedgeBudget.BURST);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noRunOfReadsIsOverTheBudget(long seed) {
        Random random = new Random(seed);
        HedgeBudget budget = new HedgeBudget();
        BudgetCheck check = new BudgetCheck();
        double wanted = 0;
        for (int read = 0; read < 20_000; read++) {
            wanted = random.nextInt(200) == 0 ? random.nextDouble() : wanted;
            budget.earn();
            check.read(random.nextDouble() < wanted && budget.spend(), "seed " + seed + ", read " + read);
        }
        assertThat(check.hedged()).as("seed %d", seed).isPositive();
    }
}
