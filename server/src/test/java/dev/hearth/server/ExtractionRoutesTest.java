package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testkit.ScriptedModel;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was extracted, over HTTP: memories, ledger and events. */
final class ExtractionRoutesTest {

    @Test
    void aFactIsListedWithItsSourceAndItsCostIsInTheLedger() {
        try (TestServer server = TestServer.start()) {
            String relationship = server.aria("someone");
            String path = "/v1/relationships/" + relationship;
            String turn = server.post(
                            path + "/messages",
                            "{\"text\":\"I have a dog called Rex.\",\"time\":\"2026-01-05T10:00:00Z\"}")
                    .ok()
                    .body()
                    .get("turn_id")
                    .stringValue();
            assertThat(server.get("/v1/turns/" + turn)
                            .ok()
                            .body()
                            .get("extraction")
                            .isNull())
                    .isTrue();
            String answer = "1 | \"a dog called Rex\" | The user has a dog called Rex.";
            server.extractor.then(ScriptedModel.say(answer));

            assertThat(server.extract(relationship)).isEqualTo(1);
            assertThat(server.get("/metrics").text())
                    .contains("hearth_extraction_calls_total 1.0")
                    .contains("hearth_extraction_failures_total 0.0")
                    .contains("hearth_extraction_completion_tokens_total " + (answer.length() / 4 + 1) + ".0")
                    .contains("hearth_extraction_cost_usd_total ")
                    .contains("hearth_extraction_waiting ");

            JsonNode facts =
                    server.get(path + "/memories?kind=semantic").ok().body().get("data");
            assertThat(facts.size()).isEqualTo(1);
            JsonNode source =
                    server.get(path + "/messages?order=asc").ok().body().get("data");
            assertThat(source.size()).isEqualTo(2);
            assertThat(facts.get(0).get("kind").stringValue()).isEqualTo("semantic");
            assertThat(facts.get(0).get("turn_id").stringValue()).isEqualTo(turn);
            assertThat(facts.get(0).get("source_message_ids").get(0))
                    .isEqualTo(source.get(0).get("id"));
            JsonNode trace = server.get("/v1/turns/" + turn).ok().body();
            assertThat(trace.get("extraction").get("completion_tokens").intValue())
                    .isPositive();
            JsonNode steps = trace.get("steps");
            assertThat(steps.get(steps.size() - 1).get("name").stringValue()).isEqualTo("extract");
            server.delete("/v1/memories/" + facts.get(0).get("memory_id").stringValue())
                    .ok();
            assertThat(server.get(path + "/memories?kind=semantic")
                            .ok()
                            .body()
                            .get("data")
                            .size())
                    .isZero();
        }
    }
}
