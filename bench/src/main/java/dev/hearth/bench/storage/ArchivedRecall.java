package dev.hearth.bench.storage;

import dev.hearth.bench.recall.Question;
import dev.hearth.engine.recall.IndexedMessage;
import dev.hearth.engine.recall.Ranked;
import dev.hearth.engine.recall.RecallQuery;
import dev.hearth.engine.recall.RelationshipIndex;
import dev.hearth.engine.relationship.ColdSegment;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.relationship.VectorBlock;
import dev.hearth.kernel.vector.QuantizedVector;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What recall loses by fewer bits: the same questions by the vectors as they were made, compared exactly as floats, and
 * by others. The share of the evidence among the first ten, by likeness alone and in Hearth's whole ranking.
 */
final class ArchivedRecall {

    private static final int FIRST = 10;

    private double alone;
    private double ranked;
    private double same;
    private int questions;

    double alone() {
        return alone / questions;
    }

    double ranked() {
        return ranked / questions;
    }

    /** Share of the ten likest by the floats that are among the ten likest. */
    double same() {
        return same / questions;
    }

    /**
     * Asks a conversation's questions.
     *
     * @param exact the floats by seq
     * @param compared the vectors that are compared, by seq
     */
    void ask(
            List<StoredMessage> messages,
            List<Question> asked,
            Map<Long, List<float[]>> exact,
            Map<Long, List<float[]>> compared,
            RememberingEmbedder embedder) {
        RelationshipIndex index = new RelationshipIndex(embedder.dimension());
        Map<Long, String> ids = new HashMap<>();
        for (StoredMessage message : messages) {
            String speaker = message.speaker();
            index.append(new IndexedMessage(
                    message.seq(),
                    message.origin().byUser(),
                    speaker == null ? "" : speaker,
                    message.session(),
                    message.said(),
                    message.text(),
                    true));
            index.vectors(message.seq(), compared.getOrDefault(message.seq(), List.of()));
            ids.put(message.seq(), Objects.requireNonNull(message.externalId()));
        }
        for (Question question : asked) {
            if (question.evidence().isEmpty()) {
                continue;
            }
            float[] vector = embedder.embed(List.of(question.question()), Stored.soon())
                    .getFirst()
                    .getFirst();
            List<Long> likest = likest(vector, compared);
            List<Long> best = index
                    .search(RecallQuery.of(
                                    question.question(),
                                    FIRST,
                                    messages.getLast().said(),
                                    ZoneOffset.UTC)
                            .like(vector, null))
                    .hits()
                    .stream()
                    .map(Ranked::seq)
                    .toList();
            Set<Long> true10 = new HashSet<>(likest(vector, exact));
            same += likest.stream().filter(true10::contains).count() / (double) true10.size();
            alone += found(likest, ids, question);
            ranked += found(best, ids, question);
            questions++;
        }
    }

    private static double found(List<Long> seqs, Map<Long, String> ids, Question question) {
        long found = seqs.stream()
                .filter(seq -> question.evidence().contains(ids.getOrDefault(seq, "")))
                .count();
        return found / (double) question.evidence().size();
    }

    private static List<Long> likest(float[] query, Map<Long, List<float[]>> vectors) {
        Map<Long, Double> scores = new HashMap<>();
        vectors.forEach((seq, windows) -> scores.put(
                seq,
                windows.stream().mapToDouble(window -> dot(query, window)).max().orElse(-1)));
        return scores.entrySet().stream()
                .sorted(Map.Entry.<Long, Double>comparingByValue(Comparator.reverseOrder()))
                .limit(FIRST)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    /** The vectors as they are read back from cold segments with so many bits. */
    static Map<Long, List<float[]>> archived(Stored stored, int bits) {
        byte[] object = new ColdSegment(stored.messages(), stored.embedder(), stored.embedded()).encode(bits);
        return floats(ColdSegment.decode(object).embedded());
    }

    static Map<Long, List<float[]>> floats(List<VectorBlock.Embedded> embedded) {
        Map<Long, List<float[]>> floats = new HashMap<>();
        for (VectorBlock.Embedded message : embedded) {
            List<float[]> windows = new ArrayList<>();
            message.windows().stream().map(QuantizedVector::toFloats).forEach(windows::add);
            floats.put(message.seq(), windows);
        }
        return floats;
    }
}
