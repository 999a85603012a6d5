package dev.hearth.engine.relationship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.lexical.TermHashes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was found out about words is handed on as it was, and only between servers that find out the same. */
class AnalysisBlockTest {

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

    private static final List<String> TEXTS = List.of(
            "",
            "ok thanks!",
            "My sister Ida moved to Lisbon last March, in 2019; she loves the running clubs there.",
            "Do you remember what we weren't going to say about the relational databases?",
            "I've been hoping, hopping and hopeful: hopelessness is an organization's generalization of it.",
            "Caf\u00e9 na\u00efve \u2019tis r\u00e9sum\u00e9 \u00dcbergr\u00f6\u00dfe",
            "\u660e\u5929\u6211\u4eec\u53bb\u6771\u4eac hello \u30ab\u30e9\u30aa\u30b1",
            "word ".repeat(40) + "and 3 numbers 42 1999?",
            "No, not really. Nobody knew; I never said that!",
            "\ud83d\ude00\ud83d\ude00 lol hahaha");

    @Test
    void readsBackAsItWas() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<StoredMessage> messages = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(20); i++) {
                messages.add(message(i + 1, TEXTS.get(random.nextInt(TEXTS.size())), random.nextBoolean()));
            }
            AnalysisBlock block = AnalysisBlock.of(messages);
            AnalysisBlock read = decoded(block.encode());
            assertThat(read.messages()).as("seed %d", seed).hasSameSizeAs(messages);
            for (int i = 0; i < messages.size(); i++) {
                MessageAnalysis expected = MessageAnalysis.of(TermHashes.ofDocuments(), messages.get(i));
                MessageAnalysis there = read.messages().get(i);
                assertThat(there.sameness()).isEqualTo(expected.sameness());
                assertThat(there.telling()).isEqualTo(expected.telling());
                assertThat(there.text().traits()).isEqualTo(expected.text().traits());
                assertThat(there.text().terms().total())
                        .isEqualTo(expected.text().terms().total());
                assertThat(there.text().terms().hashes())
                        .isEqualTo(expected.text().terms().hashes());
                assertThat(there.text().terms().frequencies())
                        .isEqualTo(expected.text().terms().frequencies());
            }
        }
    }

    /**
     * Where this fails, a part of the analysis of words was changed: where that makes something else of any text, count
     * {@link AnalysisBlock#FORMAT} up, or servers of two versions take each other's findings for their own. Then put the new
     * digest here.
     */
    @Test
    void theAnalysisOfThisFormatIsThis() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String part : List.of(
                "kernel/src/main/java/dev/hearth/kernel/lexical/Analyzer",
                "kernel/src/main/java/dev/hearth/kernel/lexical/PorterStemmer",
                "kernel/src/main/java/dev/hearth/kernel/lexical/Terms",
                "engine/src/main/java/dev/hearth/engine/recall/Traits",
                "engine/src/main/java/dev/hearth/engine/statement/Fingerprint",
                "engine/src/main/java/dev/hearth/engine/statement/Sameness",
                "engine/src/main/java/dev/hearth/engine/statement/Words",
                "engine/src/main/java/dev/hearth/engine/statement/WriteGate")) {
            // Surefire begins in the module's folder.
            String source = Files.readString(Path.of("..").resolve(part + ".java"));
            String code = COMMENT.matcher(source).replaceAll("").replaceAll("\\s+", "");
            digest.update(code.getBytes(StandardCharsets.UTF_8));
        }
        List<StoredMessage> messages = new ArrayList<>();
        for (String text : TEXTS) {
            messages.add(message(messages.size() + 1, text, true));
            messages.add(message(messages.size() + 1, text, false));
        }
        digest.update(AnalysisBlock.of(messages).encode());
        assertThat(AnalysisBlock.FORMAT + " " + HexFormat.of().formatHex(digest.digest(), 0, 8))
                .isEqualTo("1 4c2321628abb59a0");
    }

    @Test
    void whatAnotherVersionFoundOutIsNotRead() {
        byte[] other =
                AnalysisBlock.of(List.of(message(1, "Hello there.", true))).encode();
        other[0]++;
        assertThat(AnalysisBlock.decode(other)).isNull();
    }

    @Test
    void damageIsTold() {
        byte[] whole = AnalysisBlock.of(List.of(message(1, "My sister plays the cello.", true)))
                .encode();
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> AnalysisBlock.decode(cut)).isInstanceOf(CodecException.class);
        }
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = whole.clone();
            damaged[1 + random.nextInt(whole.length - 1)] ^= (byte) (1 << random.nextInt(8));
            try {
                AnalysisBlock ignored = AnalysisBlock.decode(damaged);
            } catch (CodecException told) {
                assertThat(told.getMessage()).isNotEmpty();
            }
        }
    }

    private static AnalysisBlock decoded(byte[] bytes) {
        @Nullable AnalysisBlock read = AnalysisBlock.decode(bytes);
        if (read == null) {
            throw new AssertionError("Of another version.");
        }
        return read;
    }

    private static StoredMessage message(long seq, String text, boolean byUser) {
        return new StoredMessage(
                seq,
                1_000 + seq,
                7,
                byUser ? StoredMessage.Origin.USER_TURN : StoredMessage.Origin.COMPANION_TURN,
                null,
                1,
                text,
                Instant.ofEpochMilli(1_000 + seq),
                null,
                null,
                0,
                false);
    }
}
