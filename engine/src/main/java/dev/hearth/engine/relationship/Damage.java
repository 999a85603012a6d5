package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Opened;
import dev.hearth.engine.problem.Failures;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.spi.StoreException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads blocks, segments and turns such that a damaged one costs what is in it and nothing else. */
final class Damage {

    private static final Logger log = LoggerFactory.getLogger(Damage.class);

    private Damage() {}

    /** What {@code decode} makes of a record; null where it is damaged, which the log then says in one line. */
    static <T> @Nullable T read(RelationshipKey key, Opened opened, Function<byte[], T> decode) {
        String why;
        switch (opened) {
            case Opened.Whole(Entry entry) -> {
                try {
                    return decode.apply(entry.bytes());
                } catch (CodecException | IllegalArgumentException damage) {
                    why = "The record " + entry.key() + " of partition " + key.partition() + " cannot be read: "
                            + damage.getMessage() + " Restore this partition from a backup.";
                }
            }
            case Opened.Damaged(String ignored, StoreException damage) -> why = damage.getMessage();
        }
        log.error("{} Nothing else is affected: {}", why, consequence(key, opened.key()));
        return null;
    }

    /** What is told where something cannot be done for a damaged record. */
    static Problem problem(CodecException damage) {
        log.error("{}", damage.getMessage());
        return Failures.problem(
                new StoreException(StoreException.Kind.CORRUPT, String.valueOf(damage.getMessage()), damage));
    }

    private static String consequence(RelationshipKey key, String damaged) {
        if (damaged.startsWith(key.turns())) {
            return "how this turn ended is not known.";
        }
        return damaged.startsWith(key.vectors())
                ? "its messages are found by their words and embedded anew."
                : "its messages are missing, all others are there.";
    }
}
