package dev.hearth.embed.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TokenizerFileTest {

    @Test
    void readsTheWholeVocabularyOfTheModel() {
        Map<String, Integer> vocabulary = TokenizerFile.vocabulary(WordPieceTest.tokenizerFile());
        assertThat(vocabulary).hasSize(30_522).containsEntry("[PAD]", 0).containsEntry("hello", 7592);
        assertThat(vocabulary.values()).doesNotHaveDuplicates();
        assertThat(vocabulary).containsKeys("\"", "\\", "##\"", "##\\");
    }

    @Test
    void skipsWhatItDoesNotNeedAndReadsEscapes() {
        String json = """
                {"a": [1, {"vocab": "]}"}, null, -1.5e3], "b": "mo\\"del", "c": true,
                 "model": {"type": "x", "vocab": { "\\u00e9\\n" : 0 , "\\\\\\/": 1 }, "rest": {}}}""";
        assertThat(TokenizerFile.vocabulary(json)).isEqualTo(Map.of("\u00e9\n", 0, "\\/", 1));
    }

    @Test
    void brokenFilesAreRefused() {
        for (String json : new String[] {
            "",
            "{",
            "[]",
            "{\"model\": 1}",
            "{\"model\": {\"vocab\": {\"a\": 1",
            "{\"model\": {\"vocab\": {\"a\": x}}}",
            "{\"model\": {\"vocab\": {\"\\q\": 1}}}"
        }) {
            assertThatThrownBy(() -> TokenizerFile.vocabulary(json)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
