package dev.hearth.embed.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text's tokens into windows that the model reads at once: at most 510 tokens, framed to 512.
 *
 * <p>A window ends where a sentence ends, if one does in its last quarter; else before the last word it would cut,
 * and then the next window repeats up to 24 tokens so that a phrase across the cut is whole in one of them; else,
 * inside a word of many pieces, anywhere. Windows are at most {@value #MOST}; what lies beyond is not read.
 */
final class Windows {

    /** How many windows a text gives at most: about 24,000 words of English. */
    static final int MOST = 64;

    /** Tokens the model reads, framing included. */
    static final int LENGTH = 512;

    private static final int ROOM = LENGTH - 2;
    private static final int OVERLAP = 24;

    private Windows() {}

    /** The framed windows of {@code tokens}, in order; one of two tokens for no tokens at all. */
    static List<int[]> of(int[] tokens, WordPiece vocabulary) {
        List<int[]> windows = new ArrayList<>(tokens.length / ROOM + 1);
        int start = 0;
        while (tokens.length - start > ROOM && windows.size() < MOST - 1) {
            int sentence = sentenceEnd(tokens, start, vocabulary);
            int end = sentence > 0 ? sentence : wordStart(tokens, start + ROOM, start + ROOM / 2, vocabulary);
            windows.add(framed(tokens, start, end, vocabulary));
            start = sentence > 0 ? end : wordStart(tokens, end - OVERLAP, end - 2 * OVERLAP, vocabulary);
        }
        windows.add(framed(tokens, start, Math.min(tokens.length, start + ROOM), vocabulary));
        return windows;
    }

    /** The end of the last sentence that ends in the last quarter of the window at {@code start}, or 0. */
    private static int sentenceEnd(int[] tokens, int start, WordPiece vocabulary) {
        for (int end = start + ROOM; end > start + ROOM * 3 / 4; end--) {
            if (vocabulary.endsSentence(tokens[end - 1]) && !vocabulary.endsSentence(tokens[end])) {
                return end;
            }
        }
        return 0;
    }

    /** The last start of a word at or before {@code wanted} and after {@code lowest}; {@code wanted} if none. */
    private static int wordStart(int[] tokens, int wanted, int lowest, WordPiece vocabulary) {
        for (int at = wanted; at > lowest; at--) {
            if (!vocabulary.continues(tokens[at])) {
                return at;
            }
        }
        return wanted;
    }

    private static int[] framed(int[] tokens, int start, int end, WordPiece vocabulary) {
        int[] window = new int[end - start + 2];
        window[0] = vocabulary.first();
        System.arraycopy(tokens, start, window, 1, end - start);
        window[window.length - 1] = vocabulary.last();
        return window;
    }
}
