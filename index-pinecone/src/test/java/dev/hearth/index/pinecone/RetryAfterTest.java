package dev.hearth.index.pinecone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testkit.ManualClock;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5|5",
                "0|0",
                "Sun, 01 Mar 2026 12:00:30 GMT|30",
                "Sun, 01 Mar 2026 11:00:00 GMT|0",
                "soon|0",
                "-1|0",
                "9999999999|0"
            })
    void secondsOrADate(String header, long seconds) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Retry-After", List.of(header)), (name, value) -> true);
        assertThat(RetryAfter.read(headers, ManualClock.at("2026-03-01T12:00:00Z")))
                .isEqualTo(Duration.ofSeconds(seconds));
    }
}
