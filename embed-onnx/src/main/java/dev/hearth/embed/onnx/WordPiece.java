package dev.hearth.embed.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Text to the token ids of an uncased BERT model: {@link BasicTokens basic tokenization}, then for each word the
 * longest vocabulary entry that starts it, then the longest {@code ##} entry that continues it, and so on. A word
 * that cannot be covered, or has over 100 code points, is one {@code [UNK]}.
 *
 * <p>Agrees with HuggingFace's {@code tokenizers} for this model's file, with one exception on purpose: text that
 * spells a special token, such as {@code [SEP]}, stays text, so that a user cannot write one.
 *
 * <p>Source: Devlin et al., "BERT" (2018), and the reference implementation's rules. Immutable, safe for many
 * threads. Time and memory are linear in the text.
 */
public final class WordPiece {

    private static final int LONGEST_WORD = 100;
    private static final String CONTINUATION = "##";
    private static final String SENTENCE_ENDS = ".!?\u3002\uff01\uff1f";

    private final Map<String, Integer> starts;
    private final Map<String, Integer> continuations;
    private final boolean[] continues;
    private final boolean[] endsSentence;
    private final int longestEntry;
    private final int unknown;
    private final int first;
    private final int last;

    /**
     * @param vocabulary token to id, ids from 0 without gaps; continuations begin with {@code ##}; has {@code [CLS]},
     *     {@code [SEP]} and {@code [UNK]}
     * @throws IllegalArgumentException where one of these is missing
     */
    public WordPiece(Map<String, Integer> vocabulary) {
        starts = HashMap.newHashMap(vocabulary.size());
        continuations = HashMap.newHashMap(vocabulary.size() / 4);
        continues = new boolean[vocabulary.size()];
        endsSentence = new boolean[vocabulary.size()];
        int longest = 0;
        for (Map.Entry<String, Integer> entry : vocabulary.entrySet()) {
            String token = entry.getKey();
            int id = entry.getValue();
            if (id < 0 || id >= continues.length) {
                throw new IllegalArgumentException("the vocabulary's ids have gaps: " + id);
            }
            if (token.startsWith(CONTINUATION) && token.length() > CONTINUATION.length()) {
                continuations.put(token.substring(CONTINUATION.length()), id);
                continues[id] = true;
            } else {
                starts.put(token, id);
                endsSentence[id] = token.length() == 1 && SENTENCE_ENDS.contains(token);
            }
            longest = Math.max(longest, token.length());
        }
        longestEntry = longest;
        unknown = special("[UNK]");
        first = special("[CLS]");
        last = special("[SEP]");
    }

    /** The tokenizer that a HuggingFace {@code tokenizer.json} describes, given as that file's text. */
    public static WordPiece ofTokenizerFile(String json) {
        return new WordPiece(TokenizerFile.vocabulary(json));
    }

    /** The ids of {@code text}'s tokens, without the two that frame a window; empty for a blank text. */
    public int[] tokens(String text) {
        Ids ids = new Ids(text.length() / 4 + 8);
        BasicTokens.forEach(text, word -> addPieces(word, ids));
        return ids.toArray();
    }

    /** The id that starts a window, {@code [CLS]}. */
    public int first() {
        return first;
    }

    /** The id that ends a window, {@code [SEP]}. */
    public int last() {
        return last;
    }

    /** Whether the token continues a word, so that no window should start with it. */
    boolean continues(int id) {
        return continues[id];
    }

    boolean endsSentence(int id) {
        return endsSentence[id];
    }

    private void addPieces(String word, Ids ids) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            ids.add(unknown);
            return;
        }
        int before = ids.size();
        int start = 0;
        while (start < word.length()) {
            Map<String, Integer> entries = start == 0 ? starts : continuations;
            int end = Math.min(word.length(), start + longestEntry);
            Integer id = null;
            while (end > start && (id = entries.get(word.substring(start, end))) == null) {
                end--;
            }
            if (id == null) {
                ids.truncate(before);
                ids.add(unknown);
                return;
            }
            ids.add(id);
            start = end;
        }
    }

    private int special(String token) {
        Integer id = starts.get(token);
        if (id == null) {
            throw new IllegalArgumentException("the vocabulary has no " + token);
        }
        return id;
    }

    private static final class Ids {
        private int[] values;
        private int size;

        Ids(int capacity) {
            values = new int[capacity];
        }

        void add(int id) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = id;
        }

        int size() {
            return size;
        }

        void truncate(int newSize) {
            size = newSize;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
