package dev.hearth.llm;

import dev.hearth.spi.ChatModel;
import dev.hearth.testkit.ChatModelContract;

class OfflineVoiceContractTest extends ChatModelContract {

    @Override
    protected ChatModel open() {
        return new OfflineVoice();
    }
}
