package dev.hearth.embed.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WordPieceTest {

    private static final WordPiece WORD_PIECE = WordPiece.ofTokenizerFile(tokenizerFile());

    @ParameterizedTest
    @MethodSource("goldenCases")
    void agreesWithHuggingFace(String text, int[] ids) {
        assertThat(WORD_PIECE.tokens(text)).containsExactly(ids);
    }

    /** The ids are what HuggingFace's tokenizers 0.31 gives for this model's file. */
    static Stream<Arguments> goldenCases() {
        return Stream.of(
                golden(""),
                golden("   \t\n "),
                golden("hello", 7592),
                golden("Hello, World!", 7592, 1010, 2088, 999),
                golden("I love you so much!!!", 1045, 2293, 2017, 2061, 2172, 999, 999, 999),
                golden(
                        "I can't believe it's 7:45 already...",
                        1045,
                        2064,
                        1005,
                        1056,
                        2903,
                        2009,
                        1005,
                        1055,
                        1021,
                        1024,
                        3429,
                        2525,
                        1012,
                        1012,
                        1012),
                golden("unaffable", 14477, 20961, 3468),
                golden("Caf\u00e9 cr\u00e8me br\u00fbl\u00e9e", 7668, 13675, 21382, 7987, 9307, 2063),
                golden("na\u00efve Zo\u00eb", 15743, 11199),
                golden("Stra\u00dfe", 2358, 27807),
                golden("\u0130stanbul", 9960),
                golden("\u4f60\u597d world", 100, 100, 2088),
                golden("\u3053\u3093\u306b\u3061\u306f", 1655, 30217, 30194, 30188, 30198),
                golden(
                        "\uc548\ub155\ud558\uc138\uc694",
                        1463,
                        30006,
                        30021,
                        29992,
                        30010,
                        30025,
                        30005,
                        30006,
                        29997,
                        30009,
                        29999,
                        30013),
                golden(
                        "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440",
                        1194,
                        16856,
                        10325,
                        25529,
                        15290,
                        22919,
                        1010,
                        1191,
                        10325,
                        16856),
                golden("\u0645\u0631\u062d\u0628\u0627", 1295, 17149, 29820, 29816, 25573),
                golden("\u0393\u03b5\u03b9\u03b1 \u03c3\u03b1\u03c2", 1157, 29723, 27432, 1173, 14608, 19579),
                golden("so happy \ud83e\udd70\ud83c\udf89", 2061, 3407, 100),
                golden("\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", 100),
                golden("a\u00a0b\u2003c\u3000d", 1037, 1038, 1039, 1040),
                golden("zero\u200bwidth", 5717, 9148, 11927, 2232),
                golden("tab\tnew\nline\rreturn", 21628, 2047, 2240, 2709),
                golden("form\u000bfeed\u0085x", 2433, 7959, 2098, 2595),
                golden("e\u0301\u0001\u0301x", 4654),
                golden("\u201cquoted\u201d \u2014 dash\u2026", 1523, 9339, 1524, 1517, 11454, 1529),
                golden(
                        "price: $5.99 (20% off) #sale @you",
                        3976, 1024, 1002, 1019, 1012, 5585, 1006, 2322, 1003, 2125, 1007, 1001, 5096, 1030, 2017),
                golden(
                        "https://example.com/a_b?c=d&e=f",
                        16770,
                        1024,
                        1013,
                        1013,
                        2742,
                        1012,
                        4012,
                        1013,
                        1037,
                        1035,
                        1038,
                        1029,
                        1039,
                        1027,
                        1040,
                        1004,
                        1041,
                        1027,
                        1042),
                golden(
                        "ALLCAPS MiXeD 123abc 4.5e-6",
                        2035,
                        17695,
                        2015,
                        3816,
                        13138,
                        7875,
                        2278,
                        1018,
                        1012,
                        1019,
                        2063,
                        1011,
                        1020),
                golden("\u00bd \u00b2 \u2122 \u20ac \u00a3", 1092, 1082, 1580, 1574, 1069),
                golden(
                        "back\\slash \"quote\" `tick` ^~|",
                        2067,
                        1032,
                        18296,
                        1000,
                        14686,
                        1000,
                        1036,
                        16356,
                        1036,
                        1034,
                        1066,
                        1064),
                golden("\ufffdreplacement\u0000null", 6110, 11231, 3363),
                golden(
                        "supercalifragilisticexpialidocious",
                        3565,
                        9289,
                        10128,
                        29181,
                        24411,
                        4588,
                        10288,
                        19312,
                        21273,
                        10085,
                        6313),
                golden(
                        "x".repeat(100),
                        22038,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348,
                        20348),
                golden("x".repeat(101), 100),
                golden("\ufb01nd \u2160 \uff21", 1984, 4859, 100, 100));
    }

    private static Arguments golden(String text, int... ids) {
        return Arguments.of(text, ids);
    }

    @Test
    void textCannotWriteSpecialTokens() {
        assertThat(WORD_PIECE.tokens("[SEP] [CLS] [MASK]"))
                .doesNotContain(WORD_PIECE.first(), WORD_PIECE.last())
                .doesNotContain(103);
    }

    @Test
    void loneSurrogatesAreDropped() {
        assertThat(WORD_PIECE.tokens("hel\ud83dlo\udc00")).containsExactly(7592);
    }

    @Test
    void aVeryLongWordIsOneUnknown() {
        assertThat(WORD_PIECE.tokens("\u00e9".repeat(100_000))).containsExactly(100);
    }

    @Test
    void wordStartsAndSentenceEndsAreKnown() {
        int[] ids = WORD_PIECE.tokens("unaffable.");
        assertThat(WORD_PIECE.continues(ids[0])).isFalse();
        assertThat(WORD_PIECE.continues(ids[1])).isTrue();
        assertThat(WORD_PIECE.endsSentence(ids[3])).isTrue();
    }

    @Test
    void aVocabularyWithoutFrameIsRefused() {
        assertThatThrownBy(() -> new WordPiece(Map.of("[UNK]", 0, "a", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[CLS]");
    }

    static String tokenizerFile() {
        try (InputStream in = Objects.requireNonNull(
                WordPieceTest.class.getResourceAsStream("/bge-small-en-v1.5-q-tokenizer.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
