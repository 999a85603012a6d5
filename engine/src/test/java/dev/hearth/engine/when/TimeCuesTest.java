package dev.hearth.engine.when;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a question asks of time. */
class TimeCuesTest {

    private static final Instant ASKED = Instant.parse("2023-07-10T15:00:00Z");

    @Test
    void aQuestionNamesATime() {
        assertThat(interval("What did Maria donate in May 2023?")).isEqualTo("2023-05-01T04:00:00Z MONTH");
        assertThat(interval("Where was I last week?")).isEqualTo("2023-07-03T04:00:00Z WEEK");
        assertThat(interval("What happened on 7 May?")).isEqualTo("2023-05-07T04:00:00Z DAY");
        assertThat(interval("What did I say in 2022, on 3 June 2022?")).isEqualTo("2022-06-03T04:00:00Z DAY");
        assertThat(TimeCues.of("What does Anna like?", ASKED, ZoneOffset.UTC)).isEqualTo(TimeCues.NONE);
    }

    @Test
    void aQuestionIsAfterATime() {
        for (String when : new String[] {
            "When did Ann paint a sunrise?",
            "when was that",
            "And do you know when did it start?",
            "Which year was it?",
            "How long ago did we meet?",
            "How many weeks passed between the two?",
            "What date is the wedding?"
        }) {
            assertThat(TimeCues.of(when, ASKED, ZoneOffset.UTC).asksWhen())
                    .as(when)
                    .isTrue();
        }
        for (String none : new String[] {
            "Who was there when we met?", "What did she say last year?", "How many dogs are there?", "whenever"
        }) {
            assertThat(TimeCues.of(none, ASKED, ZoneOffset.UTC).asksWhen())
                    .as(none)
                    .isFalse();
        }
    }

    @Test
    void aQuestionIsAfterTheNewestOrTheOldest() {
        assertThat(order("What is her latest book?")).containsExactly(Order.LATEST);
        assertThat(order("What was the most recent trip?")).containsExactly(Order.LATEST);
        assertThat(order("Where do I currently work?")).containsExactly(Order.CURRENT);
        assertThat(order("Do I still live there these days?")).containsExactly(Order.CURRENT);
        assertThat(order("What did I originally want?")).containsExactly(Order.FIRST);
        assertThat(order("What did I do before that?")).containsExactly(Order.BEFORE);
        assertThat(order("Where did he use to live after the move?")).containsExactly(Order.AFTER);
        assertThat(order("What did she eat last?")).containsExactly(Order.LATEST);
        assertThat(order("What did she eat last Friday, and since May?")).isEmpty();
        assertThat(order("What is her first name and her last name?")).isEmpty();
    }

    private static String interval(String question) {
        TimeSpan interval = Objects.requireNonNull(
                TimeCues.of(question, ASKED, ZoneOffset.UTC).interval());
        return interval.from() + " " + interval.granularity();
    }

    private static java.util.Set<Order> order(String question) {
        return TimeCues.of(question, ASKED, ZoneOffset.UTC).order();
    }
}
