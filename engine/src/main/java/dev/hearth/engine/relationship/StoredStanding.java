package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.Standing;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The record of a memory's standing: about ten bytes, and one or two for each copy. */
final class StoredStanding {

    /** Format 1 had no sources. */
    private static final int FORMAT = 2;

    private StoredStanding() {}

    static byte[] encode(Standing standing) {
        RecordWriter out = new RecordWriter(FORMAT)
                .flag(standing.pinned())
                .flag(standing.correction())
                .number(standing.supersededBy())
                .number(standing.supersedes())
                .optionalInstant(standing.lastSaid());
        rising(standing.copies(), out);
        rising(standing.sources(), out);
        return out.toBytes();
    }

    private static void rising(List<Long> seqs, RecordWriter out) {
        out.number(seqs.size());
        long before = 0;
        for (long seq : seqs) {
            out.number(seq - before);
            before = seq;
        }
    }

    private static List<Long> rising(RecordReader in) {
        int count = in.count(1);
        List<Long> seqs = new ArrayList<>(count);
        long seq = 0;
        for (int i = 0; i < count; i++) {
            seq += in.number();
            seqs.add(seq);
        }
        return seqs;
    }

    static Standing decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        boolean pinned = in.flag();
        boolean correction = in.flag();
        long supersededBy = in.number();
        long supersedes = in.number();
        Instant lastSaid = in.optionalInstant();
        List<Long> copies = rising(in);
        List<Long> sources = in.formatVersion() < 2 ? List.of() : rising(in);
        return new Standing(pinned, correction, supersededBy, supersedes, copies, lastSaid, sources);
    }
}
