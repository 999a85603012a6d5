package dev.hearth.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class S3SettingsTest {

    @Test
    void theSecretIsNeverPrinted() {
        assertThat(S3Server.settings(null, "bucket").toString())
                .doesNotContain("secret")
                .contains("bucket");
    }

    @Test
    void aMistakeIsToldWhenItIsMade() {
        for (String endpoint : new String[] {
            "ftp://host", "https://key:secret@host", "host:9000", "https://host/path", "https://host?q"
        }) {
            assertThatIllegalArgumentException()
                    .as(endpoint)
                    .isThrownBy(() -> S3Server.settings(URI.create(endpoint), "bucket"))
                    .withMessageContaining("https://host:port")
                    .withMessageNotContaining("secret");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> S3Server.settings(null, "a/b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3Settings(null, "eu-central-1", "bucket", "no-slash", false, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new S3Settings(null, "Frankfurt am Main", "bucket", "", false, null));
    }
}
