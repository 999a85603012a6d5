package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.server.TestServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page as a browser asks for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageTest {

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start();
    }

    @AfterAll
    void end() {
        server.close();
    }

    private Answer get(String path, String... headers) {
        return server.send(server.request("GET", path, headers).build());
    }

    @Test
    void thePageNeedsNoKeyAndLetsNothingElseIn() {
        Answer page = get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).matches("text/html; ?charset=utf-8");
        assertThat(page.text()).startsWith("<!doctype html>");
        assertThat(page.header("Content-Security-Policy"))
                .contains(
                        "default-src 'self'",
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(get("/console/main.js").header("Content-Type")).startsWith("text/javascript");
        assertThat(get("/console/base.css").header("Content-Type")).startsWith("text/css");
        assertThat(get("/console/favicon.svg").header("Content-Type")).isEqualTo("image/svg+xml");
    }

    @Test
    void whatIsUnchangedIsNotSentAgain() {
        Answer first = get("/console/main.js");
        assertThat(first.header("ETag")).matches("\"[0-9a-f]{24}\"");
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        for (String tags : List.of(first.header("ETag"), "\"x\", W/" + first.header("ETag"), "*")) {
            Answer again = get("/console/main.js", "If-None-Match", tags);
            assertThat(again.status()).as(tags).isEqualTo(304);
            assertThat(again.text()).isEmpty();
            assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        }
        assertThat(get("/console/main.js", "If-None-Match", "\"x\"").status()).isEqualTo(200);
    }

    @Test
    void itIsCompressedForWhoTakesThat() throws IOException, InterruptedException {
        String plain = get("/").text();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                            .header("Accept-Encoding", "br, gzip;q=0.8")
                            .build(),
                    BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
            assertThat(answer.headers().firstValue("ETag").orElse("")).endsWith("-gzip\"");
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(plain);
            }
        }
        for (String none : List.of("identity", "gzip;q=0", "gzip; q=0.0", "br")) {
            assertThat(get("/", "Accept-Encoding", none).text()).as(none).isEqualTo(plain);
        }
    }

    @Test
    void noNameLeadsToAnotherFile() {
        for (String name : List.of(
                "nothing.js",
                "..%2Fapi%2FApi.class",
                "Assets.class",
                "%2e%2e",
                "..%5Cx",
                "main.js%00",
                "%2Fetc%2Fpasswd")) {
            Answer answer = get("/console/" + name);
            assertThat(answer.status()).as(name).isIn(400, 404);
            assertThat(answer.text()).as(name).contains("\"code\"");
        }
    }
}
