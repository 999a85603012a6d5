package dev.hearth.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignatureTest {

    @Test
    void aMessageIsSignedAsTheSpecificationsExampleIs() {
        assertThat(Signature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1_614_265_330),
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aWaitIsTheSchedulesAndALittleMoreAndAReceiverMayAskForAnother() {
        Random random = new Random(5);
        for (int i = 0; i < 1_000; i++) {
            assertThat(Backoff.after(1, null, random)).isBetween(Duration.ofMillis(5_000), Duration.ofMillis(5_500));
            assertThat(Backoff.after(9, null, random)).isBetween(Duration.ofHours(24), Duration.ofMinutes(1_584));
            assertThat(Backoff.after(1, Duration.ofMinutes(3), random))
                    .isBetween(Duration.ofSeconds(180), Duration.ofSeconds(198));
            assertThat(Backoff.after(1, Duration.ZERO, random)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertThat(Backoff.after(1, Duration.ofDays(400), random)).isLessThan(Duration.ofHours(27));
        }
    }
}
