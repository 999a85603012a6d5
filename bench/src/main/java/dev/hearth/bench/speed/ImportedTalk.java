package dev.hearth.bench.speed;

import dev.hearth.bench.world.EmbeddedHearth;
import dev.hearth.bench.world.SmallTalk;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A relationship with made-up memories: turns of two in sessions of twenty messages, one a day, the last yesterday. */
final class ImportedTalk {

    private static final int BATCH = 1_000;
    private static final int SESSION = 20;

    private ImportedTalk() {}

    /** Makes it and answers its id. */
    static String of(EmbeddedHearth hearth, int memories) {
        String relationship = hearth.relationship("somebody");
        Instant end = Instant.now().minus(Duration.ofDays(1));
        for (int from = 0; from < memories; from += BATCH) {
            List<Imported> batch = new ArrayList<>();
            for (int i = from; i < Math.min(memories, from + BATCH); i++) {
                int session = i / SESSION;
                Instant time = end.minus(Duration.ofDays((memories - 1) / SESSION - session))
                        .plusSeconds(i % SESSION);
                batch.add(new Imported(
                        "m" + i,
                        i % 2 == 0 ? Message.Role.USER : Message.Role.COMPANION,
                        null,
                        "s" + session,
                        SmallTalk.statement(i),
                        time));
            }
            hearth.engine().relationships().importMessages(relationship, batch);
        }
        return relationship;
    }
}
