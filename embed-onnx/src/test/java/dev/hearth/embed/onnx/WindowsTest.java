package dev.hearth.embed.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowsTest {

    private static final WordPiece WORD_PIECE = WordPiece.ofTokenizerFile(WordPieceTest.tokenizerFile());

    @Test
    void noTokensAreOneEmptyWindow() {
        assertThat(windows("")).containsExactly(new int[] {WORD_PIECE.first(), WORD_PIECE.last()});
    }

    @Test
    void whatFitsIsOneWindow() {
        assertThat(windows("hello ".repeat(510)))
                .hasSize(1)
                .first()
                .satisfies(window -> assertThat(window).hasSize(Windows.LENGTH));
    }

    @Test
    void cutsWhereASentenceEndsAndRepeatsNothing() {
        List<int[]> windows = windows("The cat sat on the mat with a hat. ".repeat(100));
        assertThat(windows).hasSize(2);
        assertThat(windows.get(0)[windows.get(0).length - 2])
                .isEqualTo(WORD_PIECE.tokens(".")[0]);
        assertThat(windows.stream().mapToInt(window -> window.length - 2).sum()).isEqualTo(1_000);
    }

    @Test
    void withoutSentencesCutsAtAWordAndRepeatsALittle() {
        List<int[]> windows = windows("unaffable ".repeat(340));
        assertThat(windows).hasSize(3);
        assertThat(windows)
                .allSatisfy(
                        window -> assertThat(WORD_PIECE.continues(window[1])).isFalse());
        int repeated = windows.stream().mapToInt(window -> window.length - 2).sum() - 1_020;
        assertThat(repeated).isBetween(40, 60);
    }

    @Test
    void windowsAreBoundedWhateverTheText() {
        for (String text : List.of("\u4f60".repeat(100_000), "unaffable ".repeat(50_000), "!".repeat(100_000))) {
            List<int[]> windows = windows(text);
            assertThat(windows).hasSize(Windows.MOST);
            assertThat(windows).allSatisfy(window -> assertThat(window.length).isLessThanOrEqualTo(Windows.LENGTH));
        }
    }

    @Test
    void everyTokenIsInSomeWindowInOrder() {
        int[] tokens =
                WORD_PIECE.tokens("Once upon a time there were many words; some unaffable, some not! ".repeat(90));
        int covered = 0;
        for (int[] window : Windows.of(tokens, WORD_PIECE)) {
            int[] inner = Arrays.copyOfRange(window, 1, window.length - 1);
            int start = indexBefore(tokens, inner, covered);
            assertThat(start).isBetween(0, covered);
            covered = start + inner.length;
        }
        assertThat(covered).isEqualTo(tokens.length);
    }

    private static int indexBefore(int[] tokens, int[] inner, int latest) {
        for (int start = latest; start >= 0; start--) {
            int end = start + inner.length;
            if (end <= tokens.length && Arrays.equals(tokens, start, end, inner, 0, inner.length)) {
                return start;
            }
        }
        return -1;
    }

    private static List<int[]> windows(String text) {
        return Windows.of(WORD_PIECE.tokens(text), WORD_PIECE);
    }
}
