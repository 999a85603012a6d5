package dev.hearth.server.command.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as other programs write them; those without a zone are read as Berlin's. */
final class TimesTest {

    private final Times times = new Times(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-07-01T12:00:00Z | 2024-07-01T12:00:00Z",
                "2024-07-01T12:00:00.123Z | 2024-07-01T12:00:00.123Z",
                "2024-07-01T05:00:00.123456-07:00 | 2024-07-01T12:00:00.123456Z",
                "2024-07-01T05:00:00-0700 | 2024-07-01T12:00:00Z",
                "2024-07-01 12:00:00+00:00 | 2024-07-01T12:00:00Z",
                "2024-07-01 12:00:00 +00:00 | 2024-07-01T12:00:00Z",
                "2024-07-01T14:00:00 | 2024-07-01T12:00:00Z",
                "2024-07-01 14:00 | 2024-07-01T12:00:00Z",
                "2024-07-01 | 2024-06-30T22:00:00Z",
                "1719835200000 | 2024-07-01T12:00:00Z",
                "1719835200 | 2024-07-01T12:00:00Z",
                "'June 19, 2023 2:20pm' | 2023-06-19T12:20:00Z",
                "'June 19, 2023 2:20 PM' | 2023-06-19T12:20:00Z",
                "'Jun 9, 2023 12:05am' | 2023-06-08T22:05:00Z",
                "'December 1, 2023 12:05pm' | 2023-12-01T11:05:00Z",
                "2024-07-12@01h31m37s123ms | 2024-07-11T23:31:37.123Z",
                "2024-7-12@01h31m37s | 2024-07-11T23:31:37Z",
                "2024-6-5 @14h 56m 50s 682ms | 2024-06-05T12:56:50.682Z"
            })
    void aTimeIsRead(String text, Instant time) {
        assertThat(times.read(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "June 31, 2023 2:20pm",
                "June 19, 2023 25:20pm",
                "2024-13-01T00:00:00Z",
                "2024-07-12@25h31m37s",
                "-5",
                "99999999999999999999",
                "2024-07-01T12:00:00Q",
                "Fred 19, 2023 2:20pm"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(times.read(text)).isEmpty();
    }
}
