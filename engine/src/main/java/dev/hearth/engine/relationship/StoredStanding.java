package dev.hearth.engine.relationship;

import dev.hearth.engine.recall.Standing;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The record of a memory's standing: about ten bytes, and one or two for each copy. */
final class StoredStanding {

    private static final int FORMAT = 1;

    private StoredStanding() {}

    static byte[] encode(Standing standing) {
        RecordWriter out = new RecordWriter(FORMAT)
                .flag(standing.pinned())
                .flag(standing.correction())
                .number(standing.supersededBy())
                .number(standing.supersedes())
                .optionalInstant(standing.lastSaid())
                .number(standing.copies().size());
        long before = 0;
        for (long copy : standing.copies()) {
            out.number(copy - before);
            before = copy;
        }
        return out.toBytes();
    }

    static Standing decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        boolean pinned = in.flag();
        boolean correction = in.flag();
        long supersededBy = in.number();
        long supersedes = in.number();
        Instant lastSaid = in.optionalInstant();
        int count = in.count(1);
        List<Long> copies = new ArrayList<>(count);
        long seq = 0;
        for (int i = 0; i < count; i++) {
            seq += in.number();
            copies.add(seq);
        }
        return new Standing(pinned, correction, supersededBy, supersedes, copies, lastSaid);
    }
}
