package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.AnalysedText;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.kernel.lexical.DocumentTerms;
import dev.hearth.kernel.lexical.TermHashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The analyses of a block's messages, in its order, as a hot copy carries them beside it: the different terms of all once,
 * then for each message which of them it has. Kept nowhere else, since a later version may analyse otherwise.
 */
record AnalysisBlock(List<MessageAnalysis> messages) {

    /**
     * Counts up whenever the analysis of any text comes to something else than before, so that no server takes in what a
     * server of another version has found out; {@code AnalysisBlockTest} tells when.
     */
    static final int FORMAT = 1;

    private static final int FREQUENCY_BITS = 4;
    private static final long BYTES_A_MESSAGE = 96;
    private static final long BYTES_A_TERM = 12;

    AnalysisBlock {
        messages = List.copyOf(messages);
    }

    static AnalysisBlock of(List<StoredMessage> messages) {
        TermHashes hashes = TermHashes.ofDocuments();
        return new AnalysisBlock(messages.stream()
                .map(message -> MessageAnalysis.of(hashes, message))
                .toList());
    }

    /** About how many bytes it takes in memory; stored it takes less. */
    long bytes() {
        long bytes = 0;
        for (MessageAnalysis message : messages) {
            bytes += BYTES_A_MESSAGE + BYTES_A_TERM * message.text().terms().hashes().length;
        }
        return bytes;
    }

    byte[] encode() {
        long[] terms = messages.stream()
                .flatMapToLong(message -> LongStream.of(message.text().terms().hashes()))
                .sorted()
                .distinct()
                .toArray();
        RecordWriter out = new RecordWriter(FORMAT).number(terms.length);
        for (long term : terms) {
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                out.octet((int) (term >>> shift) & 0xFF);
            }
        }
        out.number(messages.size());
        for (MessageAnalysis message : messages) {
            DocumentTerms its = message.text().terms();
            out.signed(message.sameness())
                    .flag(message.telling())
                    .signed(message.text().traits())
                    .number(its.total())
                    .number(its.hashes().length);
            for (int i = 0; i < its.hashes().length; i++) {
                long place = Arrays.binarySearch(terms, its.hashes()[i]);
                out.number(place << FREQUENCY_BITS | its.frequencies()[i]);
            }
        }
        return out.toBytes();
    }

    /**
     * Reads what {@link #encode} wrote; null where another version did.
     *
     * @throws CodecException where the bytes are damaged
     */
    static @Nullable AnalysisBlock decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes);
        if (in.formatVersion() != FORMAT) {
            return null;
        }
        long[] terms = new long[in.count(Long.BYTES)];
        for (int i = 0; i < terms.length; i++) {
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                terms[i] |= (long) in.octet() << shift;
            }
        }
        int count = in.count(5);
        List<MessageAnalysis> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int sameness = (int) in.signed();
            boolean telling = in.flag();
            short traits = (short) in.signed();
            messages.add(new MessageAnalysis(new AnalysedText(terms(in, terms), traits), sameness, telling));
        }
        return new AnalysisBlock(messages);
    }

    private static DocumentTerms terms(RecordReader in, long[] terms) {
        int total = (int) Math.min(in.number(), Integer.MAX_VALUE);
        long[] hashes = new long[in.count(1)];
        byte[] frequencies = new byte[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            long entry = in.number();
            long place = entry >>> FREQUENCY_BITS;
            if (place >= terms.length) {
                throw new CodecException("Damaged record: a term that is not there.");
            }
            hashes[i] = terms[(int) place];
            frequencies[i] = (byte) (entry & DocumentTerms.MOST_FREQUENT);
        }
        try {
            return new DocumentTerms(total, hashes, frequencies);
        } catch (IllegalArgumentException damaged) {
            throw new CodecException("Damaged record: " + damaged.getMessage(), damaged);
        }
    }
}
