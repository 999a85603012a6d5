package dev.hearth.engine.memory;

import dev.hearth.engine.statement.Statement;
import dev.hearth.spi.Significance;

/**
 * Where nobody says otherwise: facts and what the user states of themselves in so many words matter, questions and small talk
 * do not, and what the companion said can be read up. A short remark of the user's own is asked for less often than any
 * other message, in each of three sets (bench/results.md), and does not stay for it. English.
 */
public final class StatedSignificance implements Significance {

    private static final double FACT = 1;
    private static final double STATED = 0.8;
    private static final double OWN = 0.4;
    private static final double USER = 0.3;
    private static final double COMPANION = 0.1;

    @Override
    public double of(Said said) {
        if (said.fact()) {
            return FACT;
        }
        if (!said.byUser()) {
            return COMPANION;
        }
        Statement statement = Statement.of(said.text());
        if (statement.tells()) {
            return STATED;
        }
        return statement.brief() ? OWN : USER;
    }
}
