package dev.hearth.llm;

import dev.hearth.spi.ChatModel;
import dev.hearth.testkit.ChatModelContract;
import dev.hearth.testkit.FakeModelAnswer;
import dev.hearth.testkit.FakeModelEndpoint;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class EndpointModelContractTest extends ChatModelContract {

    private final FakeModelEndpoint endpoint =
            FakeModelEndpoint.start().otherwise(FakeModelAnswer.says("It ", "rained ", "softly."));

    @Override
    protected ChatModel open() {
        return EndpointModel.openAiCompatible(
                new ModelEndpoint(endpoint.baseUrl(), "a-model", null, Duration.ofSeconds(5)));
    }

    @AfterEach
    void closeEndpoint() {
        endpoint.close();
    }
}
