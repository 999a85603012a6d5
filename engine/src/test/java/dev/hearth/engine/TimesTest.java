package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.partition.UserProfile;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.ComposedContext;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.when.Granularity;
import dev.hearth.engine.when.TimeSpan;
import dev.hearth.testkit.ScriptedModel;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a message says of time is kept as it was meant when it was said, whichever way the message came. */
class TimesTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    /** The house's clock says 2026-05-04T09:00Z, which is Monday evening in Tokyo. */
    private static final TimeSpan YESTERDAY = day("2026-05-02T19:00:00Z", "2026-05-03T19:00:00Z", TOKYO);

    private static final TimeSpan TOMORROW = day("2026-05-04T19:00:00Z", "2026-05-05T19:00:00Z", TOKYO);

    @Test
    void everyWayInResolvesTimesInTheUsersZone() {
        ScriptedModel model = new ScriptedModel().otherwise(request -> ScriptedModel.say("Sail ", "tomorrow!"));
        try (House house = new House(model)) {
            String relationship = house.relationship("anna");
            liveIn(house, "Asia/Tokyo");
            house.say(relationship, "I rowed yesterday.");
            house.engine
                    .relationships()
                    .importMessages(
                            relationship,
                            List.of(new Imported(
                                    "i1",
                                    Message.Role.USER,
                                    null,
                                    null,
                                    "I surfed yesterday.",
                                    Instant.parse("2020-01-02T12:00:00Z"))));
            Memory told = house.engine
                    .memories()
                    .remember(relationship, "I dived yesterday.", Instant.parse("2019-07-01T17:30:00Z"), null);
            Memory wrong = house.engine.memories().remember(relationship, "I swam today.", null, null);
            Memory corrected = house.engine.memories().correct(wrong.id(), "I swam yesterday.");
            ComposedContext context = house.engine.turns().context(relationship, "I hiked yesterday.");
            house.engine.turns().record(relationship, context.token(), "I hiked yesterday.", "Rest tomorrow!");

            for (int lives = 0; lives < 2; lives++) {
                assertThat(found(house, relationship, "rowed")).containsExactly(YESTERDAY);
                assertThat(found(house, relationship, "sail")).containsExactly(TOMORROW);
                assertThat(found(house, relationship, "surfed"))
                        .containsExactly(day("2019-12-31T19:00:00Z", "2020-01-01T19:00:00Z", TOKYO));
                // Half past two at night in Tokyo: still the first of July, whose yesterday is the last of June.
                assertThat(found(house, relationship, "dived"))
                        .isEqualTo(told.times())
                        .containsExactly(day("2019-06-29T19:00:00Z", "2019-06-30T19:00:00Z", TOKYO));
                assertThat(found(house, relationship, "swam"))
                        .isEqualTo(corrected.times())
                        .containsExactly(YESTERDAY);
                assertThat(found(house, relationship, "hiked")).containsExactly(YESTERDAY);
                assertThat(found(house, relationship, "rest")).containsExactly(TOMORROW);
                house.restart();
            }
        }
    }

    @Test
    void whoMovesKeepsWhatWasMeantBefore() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            liveIn(house, "Asia/Tokyo");
            house.say(relationship, "I rowed yesterday.");
            liveIn(house, "Nowhere/Atlantis");
            house.say(relationship, "I flew yesterday.");

            assertThat(found(house, relationship, "rowed")).containsExactly(YESTERDAY);
            assertThat(found(house, relationship, "flew"))
                    .containsExactly(day("2026-05-03T04:00:00Z", "2026-05-04T04:00:00Z", ZoneId.of("UTC")));
        }
    }

    @Test
    void aTurnIsReckonedFromItsOwnTime() {
        try (House house = new House()) {
            String relationship = house.relationship("anna");
            Instant then = Instant.parse("2025-03-01T12:00:00Z");
            house.engine.turns().take(new TurnRequest(relationship, "I rowed yesterday.", then, null), event -> {});

            assertThat(found(house, relationship, "rowed"))
                    .containsExactly(day("2025-02-28T04:00:00Z", "2025-03-01T04:00:00Z", ZoneId.of("UTC")));
        }
    }

    private static void liveIn(House house, String zone) {
        house.engine.users().put("anna", new UserProfile(null, zone, null, null, null, null, null));
    }

    /** The times of the best memory of a word; they are the same when it is read by itself. */
    private static List<TimeSpan> found(House house, String relationship, String word) {
        SearchResult result = house.engine.memories().search(relationship, new SearchRequest(word, 1, null, null));
        Memory memory = result.hits().getFirst().memory();
        assertThat(memory.text().toLowerCase(java.util.Locale.ROOT)).contains(word);
        assertThat(house.engine.memories().get(memory.id())).isEqualTo(memory);
        return memory.times();
    }

    private static TimeSpan day(String from, String until, ZoneId zone) {
        return new TimeSpan(Instant.parse(from), Instant.parse(until), zone, Granularity.DAY, 0.95);
    }
}
