package dev.hearth.bench.storage;

import dev.hearth.engine.relationship.Imported;
import dev.hearth.kernel.lexical.Analyzer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.zip.Deflater;

/**
 * What the same memories take as rows of PostgreSQL with pgvector, byte for byte as their documentation lays pages out.
 * Wherever there is a choice, the smaller is taken: nothing is bloated, no page is emptier than it must be, no
 * session, user or statistics table is counted.
 *
 * <pre>
 * CREATE TABLE memory (
 *   id uuid PRIMARY KEY, relationship_id uuid NOT NULL, created_at timestamptz NOT NULL,
 *   embedding vector(384), text text NOT NULL, metadata json NOT NULL);
 * CREATE INDEX ON memory (relationship_id, created_at);
 * CREATE INDEX ON memory USING gin (to_tsvector('english', text));
 * CREATE INDEX ON memory USING hnsw (embedding vector_cosine_ops);  -- counted apart
 * </pre>
 */
final class NaiveRow {

    private static final int PAGE = 8_192;
    private static final int PAGE_HEADER = 24;
    private static final int LINE_POINTER = 4;
    private static final int TUPLE_HEADER = 24; // 23 bytes, aligned to 8; no column is null
    private static final int FIXED = 16 + 16 + 8; // id, relationship_id, created_at
    private static final int ALIGNMENT = 8;
    private static final int TOAST_THRESHOLD = 2_032;
    private static final int TOAST_POINTER = 18;
    private static final int TOAST_CHUNK = 1_996;
    private static final int TOAST_CHUNK_COLUMNS = 4 + 4 + 4; // chunk_id, chunk_seq, the chunk's length
    private static final double INDEX_FILL = 0.9; // of b-tree leaves, the default
    private static final int INDEX_TUPLE = 8;
    private static final int BTREE_PAGE = PAGE - PAGE_HEADER - 16;
    private static final int GIN_POSTING = 2; // a compressed row pointer takes 1 to 6 bytes
    private static final int HNSW_LINKS = 2 * 16; // m = 16, twice as many on the lowest layer

    private NaiveRow() {}

    /**
     * The bytes of one memory.
     *
     * @param heap its share of the table's pages, the out-of-line part included
     * @param indexes its entries in the two b-trees and in the index of words
     * @param hnsw its entry in an index of vectors, one layer
     */
    record Bytes(double heap, double indexes, double hnsw) {
        double total() {
            return heap + indexes;
        }
    }

    static Bytes mean(List<Imported> messages, int dimension) {
        Analyzer analyzer = new Analyzer();
        double heap = 0;
        double indexes = 0;
        for (Imported message : messages) {
            heap += heap(message, dimension);
            // An entry of an index is as long as its key, aligned, behind a header.
            indexes += btree(16) + btree(16 + 8);
            indexes += GIN_POSTING * new HashSet<>(analyzer.terms(message.text())).size();
        }
        return new Bytes(heap / messages.size(), indexes / messages.size(), hnsw(dimension));
    }

    private static double heap(Imported message, int dimension) {
        int vector = 4 + 4 + 4 * dimension; // length, dimension, floats
        byte[] text = message.text().getBytes(StandardCharsets.UTF_8);
        int json = metadata(message).getBytes(StandardCharsets.UTF_8).length;
        int tuple = TUPLE_HEADER + FIXED + vector + value(text.length) + value(json);
        if (aligned(tuple) <= TOAST_THRESHOLD) {
            return perPage(aligned(tuple));
        }
        // The largest value goes out of line first: the vector, as it is; then the text, compressed.
        int inline = TUPLE_HEADER + FIXED + TOAST_POINTER + value(json);
        double out = outOfLine(vector);
        if (aligned(inline + value(text.length)) <= TOAST_THRESHOLD) {
            return perPage(aligned(inline + value(text.length))) + out;
        }
        int packed = deflated(text);
        return aligned(inline + value(packed)) <= TOAST_THRESHOLD
                ? perPage(aligned(inline + value(packed))) + out
                : perPage(aligned(inline + TOAST_POINTER)) + out + outOfLine(packed);
    }

    /** What every peer keeps beside the text, and no more than Hearth keeps. */
    private static String metadata(Imported message) {
        return "{\"role\":\"" + message.role().wire() + "\","
                + (message.speaker() == null ? "" : "\"speaker\":\"" + message.speaker() + "\",")
                + (message.session() == null ? "" : "\"session\":\"" + message.session() + "\",")
                + (message.externalId() == null ? "" : "\"external_id\":\"" + message.externalId() + "\",")
                + "\"said_at\":\"" + message.time() + "\"}";
    }

    private static int value(int length) {
        return length <= 126 ? 1 + length : 4 + length;
    }

    private static double outOfLine(int length) {
        double bytes = 0;
        for (int left = length; left > 0; left -= TOAST_CHUNK) {
            bytes += perPage(aligned(TUPLE_HEADER + TOAST_CHUNK_COLUMNS + Math.min(left, TOAST_CHUNK)));
            bytes += btree(4 + 4);
        }
        return bytes;
    }

    /** A tuple's share of a page: what no further tuple fits into is its pages' too. */
    private static double perPage(int tuple) {
        int tuples = (PAGE - PAGE_HEADER) / (tuple + LINE_POINTER);
        return (double) PAGE / tuples;
    }

    private static double btree(int key) {
        return (INDEX_TUPLE + aligned(key) + LINE_POINTER) / INDEX_FILL * PAGE / BTREE_PAGE;
    }

    private static double hnsw(int dimension) {
        int element = aligned(8 + 8 + 60 + 8 + 4 * dimension); // flags, row pointers, link, the vector
        int neighbours = aligned(8 + 6 * HNSW_LINKS);
        return perPage(element + LINE_POINTER + neighbours);
    }

    private static int aligned(int bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Packs tighter than PostgreSQL's own pglz does. */
    private static int deflated(byte[] bytes) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] out = new byte[bytes.length + 64];
            return deflater.deflate(out);
        }
    }
}
