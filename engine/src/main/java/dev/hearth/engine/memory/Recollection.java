package dev.hearth.engine.memory;

import dev.hearth.engine.recall.Ranked;
import dev.hearth.engine.recall.RecallQuery;
import dev.hearth.engine.recall.RecallResult;
import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.Thaw;
import dev.hearth.engine.scope.Fork;
import dev.hearth.engine.scope.Scope;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recalls under a deadline: by meaning and words where the query's vector is there in time, by words alone where it is
 * not. Safe for many threads.
 */
public final class Recollection {

    /** A vector that is late runs on to this; it is still the vector of the message that was the query. */
    private static final Duration LATE_CAP = Duration.ofSeconds(2);
    /** Kept of the deadline for ranking once the vector is given up. */
    private static final Duration RANKING = Duration.ofMillis(20);

    /** Kept of it for ranking once more and for reading the words, where something cold came in. */
    private static final Duration COLD = Duration.ofMillis(40);

    private final @Nullable Embedder embedder;
    private final ColdRecall cold;
    private final Clock clock;

    public Recollection(@Nullable Embedder embedder, Thaw thaw, Clock clock) {
        this.cold = new ColdRecall(thaw, clock);
        this.embedder = embedder;
        this.clock = clock;
    }

    /**
     * What was recalled.
     *
     * @param ranked best first
     * @param confidence as {@link RecallResult#confidence}
     * @param vectors the query's own vectors, in the making or done; null without an embedder
     */
    public record Recalled(
            List<Ranked> ranked,
            double confidence,
            @Nullable Fork<List<float[]>> vectors,
            List<String> degraded,
            long searchNanos,
            long embedNanos) {}

    /**
     * Recalls what answers a text.
     *
     * @param text the words that are looked for
     * @param embedded the text whose vector is looked for: a message's own, so that it is made once, or a plain query
     * @param at the moment of asking
     * @param zone where it is asked
     * @param except the seqs of messages that are not recalled
     * @param turn whether it is for a prompt, where nothing is told again soon
     */
    public Recalled recall(
            Resident resident,
            String text,
            String embedded,
            int limit,
            Instant at,
            ZoneId zone,
            Set<Long> except,
            boolean turn,
            Deadline deadline) {
        Embedder present = embedder;
        if (present == null) {
            return ranked(resident, text, null, null, null, limit, at, zone, except, turn, deadline, List.of(), 0);
        }
        String content = resident.index().content(text);
        Fork<List<float[]>> vectors = embed(present, embedded);
        Fork<List<float[]>> ofContent = content.equals(embedded) ? vectors : embed(present, content);
        Deadline vectorBy = ranking(deadline);
        return switch (vectors.await(vectorBy)) {
            case Fork.Result.Done<List<float[]>>(List<float[]> windows, long nanos) ->
                ranked(
                        resident,
                        text,
                        mean(windows),
                        ofContent == vectors ? null : content(ofContent, vectorBy),
                        vectors,
                        limit,
                        at,
                        zone,
                        except,
                        turn,
                        deadline,
                        List.of(),
                        nanos);
            case Fork.Result.Failed<List<float[]>>(Throwable cause, long nanos) ->
                ranked(
                        resident,
                        text,
                        null,
                        null,
                        null,
                        limit,
                        at,
                        zone,
                        except,
                        turn,
                        deadline,
                        List.of("recall.dense"),
                        nanos);
            case Fork.Result.Late<List<float[]>>(long nanos) ->
                ranked(
                        resident,
                        text,
                        null,
                        null,
                        vectors,
                        limit,
                        at,
                        zone,
                        except,
                        turn,
                        deadline,
                        List.of("recall.dense"),
                        nanos);
        };
    }

    /** When ranking has to begin. */
    private static Deadline ranking(Deadline deadline) {
        return new Deadline(deadline.nanos() - RANKING.toNanos(), deadline.clock());
    }

    private Recalled ranked(
            Resident resident,
            String text,
            float @Nullable [] vector,
            float @Nullable [] content,
            @Nullable Fork<List<float[]>> vectors,
            int limit,
            Instant at,
            ZoneId zone,
            Set<Long> except,
            boolean turn,
            Deadline deadline,
            List<String> degraded,
            long embedNanos) {
        RecallQuery query = new RecallQuery(text, vector, content, limit, at, zone, except, turn);
        List<String> lacking = new ArrayList<>(degraded);
        Deadline coldBy = new Deadline(deadline.nanos() - COLD.toNanos(), deadline.clock());
        Fork<ColdRecall.Fetches> fetches = cold.start(resident, query, coldBy);
        long start = clock.nanoTime();
        // Before what is cold is waited for, so that nothing is left to be done should it not come.
        RecallResult found = resident.index().search(query);
        long searched = clock.nanoTime() - start;
        if (fetches != null) {
            ColdRecall.Came cold = this.cold.await(resident, query, fetches, turn, coldBy);
            if (cold.lacking()) {
                lacking.add("recall.cold");
            }
            if (cold.came()) {
                start = clock.nanoTime();
                found = resident.index().search(query);
                searched = clock.nanoTime() - start;
            }
        }
        if (resident.damaged()) {
            lacking.add("recall.damaged");
        }
        return new Recalled(found.hits(), found.confidence(), vectors, lacking, searched, embedNanos);
    }

    private Fork<List<float[]>> embed(Embedder present, String text) {
        return Scope.outliving(
                "embed",
                clock,
                () -> present.embed(List.of(text), Deadline.after(clock, LATE_CAP))
                        .getFirst());
    }

    /** The second vector only sharpens the first: without it the search is a little worse, and not degraded. */
    private static float @Nullable [] content(Fork<List<float[]>> embedding, Deadline by) {
        return embedding.await(by) instanceof Fork.Result.Done<List<float[]>>(List<float[]> windows, long nanos)
                ? mean(windows)
                : null;
    }

    /** A query over the embedder's window asks with the mean of its windows. */
    private static float[] mean(List<float[]> windows) {
        if (windows.size() == 1) {
            return windows.getFirst();
        }
        float[] sum = new float[windows.getFirst().length];
        for (float[] window : windows) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += window[i];
            }
        }
        double norm = 0;
        for (float component : sum) {
            norm += (double) component * component;
        }
        float scale = norm == 0 ? 0 : (float) (1 / Math.sqrt(norm));
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= scale;
        }
        return sum;
    }
}
