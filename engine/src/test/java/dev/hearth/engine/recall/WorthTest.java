package dev.hearth.engine.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a query is worth fetching for, by words and time; {@code hearth eval tiers} measures likeness. */
class WorthTest {

    private static final Instant MARCH = Instant.parse("2025-03-10T10:00:00Z");
    private static final Instant NOW = Instant.parse("2025-09-01T10:00:00Z");

    private final RelationshipIndex index = new RelationshipIndex(0);
    private final Map<String, Gist> gists = Map.of(
            "boat", gist(MARCH, "We bought a little boat.", "It is called Esmeralda."),
            "piano", gist(MARCH.plus(Duration.ofDays(40)), "My piano has to be tuned.", "Chopin is too hard for me."),
            "garden", gist(MARCH.plus(Duration.ofDays(80)), "The tomatoes are ripe.", "A hedgehog lives in there."));

    @Test
    void whatHasRareWordsOfTheQueryIsBest() {
        assertThat(best("How long have we had Esmeralda, the boat?")).first().isEqualTo("boat");
        assertThat(best("Do I play Chopin?")).first().isEqualTo("piano");
    }

    @Test
    void atMostSoManyAreWorthIt() {
        assertThat(index.worthFetching(gists, query("A boat, a piano, tomatoes"), 2))
                .hasSize(2);
    }

    @Test
    void whatWasSaidAtTheTimeThatIsAskedForIsBetter() {
        assertThat(best("What did I tell you in April 2025?")).containsExactly("piano");
        assertThat(best("What did I tell you in April 2024?")).isEmpty();
    }

    @Test
    void smallTalkIsWorthNothing() {
        Map<String, Gist> chatty =
                Map.of("chat", gist(MARCH, "Ok, thanks. Good night!", "Are you happy to hear that?"));
        for (String talk : List.of(
                "ok, thanks",
                "good night",
                "How was your day?",
                "I'm happy to hear that.",
                "Are you happy?",
                "Good luck!",
                "are you there?",
                "!")) {
            assertThat(index.worthFetching(chatty, query(talk), 6)).as(talk).isEmpty();
        }
        assertThat(index.worthFetching(chatty, query("What makes me happy?"), 6))
                .containsExactly("chat");
    }

    private List<String> best(String text) {
        return index.worthFetching(gists, query(text), 6);
    }

    private static RecallQuery query(String text) {
        return RecallQuery.of(text, 10, NOW, ZoneOffset.UTC);
    }

    private static Gist gist(Instant from, String... texts) {
        List<IndexedMessage> messages = new ArrayList<>();
        for (String text : texts) {
            messages.add(new IndexedMessage(
                    messages.size() + 1, true, "", 1, from.plusSeconds(messages.size()), text, true));
        }
        return Gist.of(messages, List.of());
    }
}
