package dev.hearth.index.pinecone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PineconeSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memories-ab12.svc.eu-1.pinecone.io",
                "https://memories-ab12.svc.eu-1.pinecone.io",
                " https://memories-ab12.svc.eu-1.pinecone.io/ ",
                "http://localhost:5080",
                "http://127.0.0.1:5080"
            })
    void aHostOrAnAddressWillDo(String host) {
        assertThat(PineconeSettings.of(host, "pcsk_x").at("/query").toString())
                .startsWith(host.contains("http://") ? "http://" : "https://")
                .endsWith("/query")
                .doesNotContain("//query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://memories-ab12.svc.eu-1.pinecone.io",
                "https://memories-ab12.svc.eu-1.pinecone.io/query",
                "https://user@memories-ab12.svc.eu-1.pinecone.io",
                "ftp://host",
                "a b",
                ""
            })
    void othersAreRefused(String host) {
        assertThatThrownBy(() -> PineconeSettings.of(host, "pcsk_x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pcsk_x");
    }

    @Test
    void theKeyIsNotShown() {
        assertThat(PineconeSettings.of("host", "pcsk_x").toString()).doesNotContain("pcsk_x");
        assertThatThrownBy(() -> PineconeSettings.of("host", "pcsk x"))
                .hasMessageContaining("API key")
                .hasMessageNotContaining("pcsk x");
    }
}
