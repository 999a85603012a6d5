package dev.hearth.engine.when;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What people say of time becomes intervals; whatever they say, nothing breaks. */
class TimeExpressionsTest {

    private static final Instant WEDNESDAY = Instant.parse("2023-05-10T15:00:00Z");

    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "America/Sao_Paulo",
            "America/Havana",
            "Africa/Casablanca",
            "Asia/Kathmandu",
            "Asia/Tokyo",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Pacific/Kiritimati");

    /** What expressions are made of, for the texts that nobody would say. */
    private static final List<String> PIECES = List.of(
            "last",
            "this",
            "next",
            "past",
            "the",
            "a",
            "an",
            "few",
            "couple",
            "of",
            "in",
            "on",
            "since",
            "for",
            "from",
            "between",
            "and",
            "to",
            "until",
            "before",
            "after",
            "ago",
            "back",
            "early",
            "mid",
            "late",
            "end",
            "day",
            "week",
            "weekend",
            "month",
            "year",
            "years",
            "decades",
            "hour",
            "summer",
            "winter",
            "Friday",
            "Sun",
            "May",
            "march",
            "February",
            "29",
            "30",
            "31",
            "7th",
            "2nd",
            "999",
            "12",
            "0",
            "1999",
            "2022",
            "9999",
            "90s",
            "1500s",
            "2023-02-29",
            "1/2/2023",
            "9998-12-31",
            "yesterday",
            "tomorrow",
            "tonight",
            "night",
            "morning",
            "Christmas",
            "Easter",
            "New",
            "Year's",
            "Eve",
            "will",
            "was",
            ",",
            ".",
            "-",
            "'",
            "/",
            "\u2019",
            "\ud83d",
            "0001-01-01",
            "99999999999999999999",
            "\u0130",
            "\u00df",
            "five",
            "ninety",
            "half",
            "other",
            "\n",
            "%",
            "$");

    @TestFactory
    List<DynamicTest> expressions() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Instant said = WEDNESDAY;
        ZoneId zone = ZoneOffset.UTC;
        for (String line : lines()) {
            if (line.startsWith("@")) {
                said = Instant.parse(line.split(" ", -1)[1]);
                zone = ZoneId.of(line.split(" ", -1)[2]);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String text = line.substring(0, line.indexOf('|')).strip();
                String expected = line.substring(line.indexOf('|') + 1).strip();
                Instant at = said;
                ZoneId where = zone;
                tests.add(DynamicTest.dynamicTest(
                        text + " @ " + at,
                        () -> assertThat(told(TimeExpressions.in(text, at, where)))
                                .isEqualTo(expected)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(150);
        return tests;
    }

    @Test
    void anyTextIsTaken() {
        for (long seed = 1; seed <= 3_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(
                        random.nextInt(8) == 0
                                ? Character.toString(random.nextInt(0x10000))
                                : PIECES.get(random.nextInt(PIECES.size())));
                text.append(random.nextInt(5) == 0 ? "" : " ");
            }
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            Instant said = switch (random.nextInt(20)) {
                case 0 -> Instant.MIN;
                case 1 -> Instant.MAX;
                case 2 -> Instant.parse("0001-01-01T00:00:00Z");
                case 3 -> Instant.parse("9999-12-31T23:59:59Z");
                default -> Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 253_000_000_000L));
            };

            List<TimeSpan> spans = TimeExpressions.in(text.toString(), said, zone);

            assertThat(spans).as("seed %d", seed).hasSizeLessThanOrEqualTo(TimeExpressions.MAX_SPANS);
            assertThat(spans).as("seed %d", seed).allSatisfy(span -> {
                assertThat(span.zone()).isEqualTo(zone);
                assertThat(span.from()).isBefore(span.until());
                assertThat(span.confidence()).isBetween(0.05, 1.0);
            });
            assertThat(TimeExpressions.in(text.toString(), said, zone)).isEqualTo(spans);
            assertThat(TimeCues.of(text.toString(), said, zone).spans()).isEqualTo(spans);
        }
    }

    @Test
    void everyMomentLiesInItsDayWhateverTheClocksDo() {
        List<String> shifts = List.of(
                "2023-03-25T20:00:00Z",
                "2023-10-28T20:00:00Z",
                "2023-03-11T20:00:00Z",
                "2023-11-04T20:00:00Z",
                "2018-11-03T20:00:00Z",
                "2018-02-17T12:00:00Z",
                "2023-04-01T00:00:00Z",
                "2011-12-29T00:00:00Z",
                "2023-03-19T00:00:00Z",
                "1994-12-30T00:00:00Z",
                "1986-01-01T00:00:00Z",
                "2023-12-31T00:00:00Z");
        for (String name : ZONES) {
            ZoneId zone = ZoneId.of(name);
            for (String shift : shifts) {
                for (int quarters = 0; quarters < 4 * 72; quarters++) {
                    Instant said = Instant.parse(shift).plus(Duration.ofMinutes(15L * quarters));
                    TimeSpan today = only("today", said, zone);
                    TimeSpan yesterday = only("yesterday", said, zone);
                    TimeSpan tomorrow = only("tomorrow", said, zone);
                    assertThat(today.contains(said)).as("%s in %s", said, name).isTrue();
                    assertThat(yesterday.contains(said))
                            .as("%s in %s", said, name)
                            .isFalse();
                    assertThat(yesterday.until()).as("%s in %s", said, name).isEqualTo(today.from());
                    assertThat(tomorrow.contains(said))
                            .as("%s in %s", said, name)
                            .isFalse();
                    assertThat(only("this week", said, zone).contains(said))
                            .as("%s in %s", said, name)
                            .isTrue();
                    assertThat(only("last night", said, zone).until())
                            .as("%s in %s", said, name)
                            .isEqualTo(today.from());
                    assertThat(only("two weeks ago", said, zone).until()).isBefore(said);
                    assertThat(only("next month", said, zone).from()).isAfter(said);
                }
            }
        }
    }

    @Test
    void whatIsOverLiesBeforeAndWhatIsToComeBehind() {
        for (long seed = 1; seed <= 1_000; seed++) {
            Random random = new Random(seed);
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            Instant said = Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L));
            for (String past : List.of(
                    "last week",
                    "last Friday",
                    "last weekend",
                    "last summer",
                    "last May",
                    "last Christmas",
                    "3 days ago",
                    "two months ago",
                    "ten years ago",
                    "the other day")) {
                assertThat(only(past, said, zone).until())
                        .as("%s, seed %d", past, seed)
                        .isBeforeOrEqualTo(said);
            }
            for (String current : List.of("this week", "this month", "this year", "the past month", "since 1969")) {
                assertThat(only(current, said, zone).contains(said))
                        .as("%s, seed %d", current, seed)
                        .isTrue();
            }
            for (String ahead : List.of("next week", "next Friday", "next summer", "next May", "in three days")) {
                assertThat(only(ahead, said, zone).from())
                        .as("%s, seed %d", ahead, seed)
                        .isAfter(said);
            }
        }
    }

    @Test
    void onlyTheBeginningOfALongTextIsRead() {
        assertThat(TimeExpressions.in("word ".repeat(1_000) + "yesterday", WEDNESDAY, ZoneOffset.UTC))
                .isEmpty();
        String cut = " ".repeat(Tokens.MAX_CHARACTERS - 7) + "in 20223";
        assertThat(TimeExpressions.in(cut, WEDNESDAY, ZoneOffset.UTC)).isEmpty();
        assertThat(TimeExpressions.in("since between ".repeat(100_000), WEDNESDAY, ZoneOffset.UTC))
                .isEmpty();
        assertThat(TimeExpressions.in("yesterday ".repeat(100), WEDNESDAY, ZoneOffset.UTC))
                .hasSize(TimeExpressions.MAX_SPANS);
    }

    @Test
    void aShareOfASpanLiesWithinAnother() {
        TimeSpan day = only("May 7, 2022", WEDNESDAY, ZoneOffset.UTC);
        TimeSpan month = only("in May 2022", WEDNESDAY, ZoneOffset.UTC);

        assertThat(day.within(month)).isEqualTo(1);
        assertThat(month.within(day)).isEqualTo(1 / 31.0);
        assertThat(day.within(only("June 2022", WEDNESDAY, ZoneOffset.UTC))).isZero();
    }

    private static TimeSpan only(String text, Instant said, ZoneId zone) {
        List<TimeSpan> spans = TimeExpressions.in(text, said, zone);
        assertThat(spans).as("%s at %s in %s", text, said, zone).hasSize(1);
        return spans.getFirst();
    }

    private static List<String> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(TimeExpressionsTest.class.getResourceAsStream("expressions.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String told(List<TimeSpan> spans) {
        return spans.stream()
                .map(span -> local(span.from(), span.zone()) + " .. " + local(span.until(), span.zone()) + " "
                        + span.granularity() + " " + span.confidence())
                .collect(Collectors.joining("; "));
    }

    private static String local(Instant moment, ZoneId zone) {
        String local = LocalDateTime.ofInstant(moment, zone).toString();
        return local.endsWith("T04:00") ? local.substring(0, local.length() - "T04:00".length()) : local;
    }
}
