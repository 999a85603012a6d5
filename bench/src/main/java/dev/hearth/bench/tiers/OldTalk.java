package dev.hearth.bench.tiers;

import dev.hearth.bench.world.EmbeddedHearth;
import dev.hearth.bench.world.SmallTalk;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Made-up relationships of years. */
final class OldTalk {

    private static final int BATCH = 500;
    private static final int SESSION = 20;

    /** What stays warm, with what repeats it put away. */
    private static final String AGAIN = "My sister Ida lives in Lisbon.";

    private OldTalk() {}

    /**
     * Makes one of so many messages and answers its id.
     *
     * @param again whether one thing that matters is said again in every session
     */
    static String of(EmbeddedHearth hearth, String user, int messages, long seed, boolean again) {
        String relationship = hearth.relationship(user);
        Instant end = Instant.now().minus(Duration.ofDays(1));
        for (int from = 0; from < messages; from += BATCH) {
            List<Imported> batch = new ArrayList<>();
            for (int i = from; i < Math.min(messages, from + BATCH); i++) {
                int session = i / SESSION;
                batch.add(new Imported(
                        "m" + i,
                        i % 2 == 0 ? Message.Role.USER : Message.Role.COMPANION,
                        null,
                        "s" + session,
                        again && i % SESSION == 0 ? AGAIN : SmallTalk.statement(seed + i),
                        end.minus(Duration.ofDays((messages - 1) / SESSION - session))
                                .plusSeconds(i % SESSION)));
            }
            hearth.engine().relationships().importMessages(relationship, batch);
        }
        int ignored = hearth.engine().folding().fold(relationship);
        return relationship;
    }
}
