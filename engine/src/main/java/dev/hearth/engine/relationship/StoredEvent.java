package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.spi.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One event as it is stored, beside the change that it tells of and in the same write.
 *
 * @param id its id; its ordinal and partition are the relationship's
 * @param happening what it tells
 */
public record StoredEvent(EntityId id, Happening happening) {

    /** So long an event is kept. */
    public static final Duration KEPT = Duration.ofDays(7);

    /** Format 1 counted nothing that was dropped. */
    private static final int FORMAT = 2;

    public Instant at() {
        return Instant.ofEpochMilli(id.millis());
    }

    byte[] encode() {
        RecordWriter out = new RecordWriter(FORMAT)
                .text(id.ulid())
                .number(happening.type().stored())
                .number(happening.count())
                .number(happening.ids().size());
        // Of ids only what tells them apart: kind and partition are known.
        happening.ids().forEach(named -> out.text(named.ulid()));
        out.number(happening.dropped());
        return out.toBytes();
    }

    public static StoredEvent decode(Partition partition, byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        EntityId id = id(EntityId.Kind.EVENT, partition, in.text());
        Happening.Type type = Happening.Type.of(in.number());
        int count = (int) in.number();
        int named = in.count(1);
        if (named > type.fields().size()) {
            throw new CodecException("An event of the type " + type + " names " + named + " ids.");
        }
        List<EntityId> ids = new ArrayList<>(named);
        for (int i = 0; i < named; i++) {
            ids.add(id(type.fields().get(i).kind(), partition, in.text()));
        }
        int dropped = in.formatVersion() < 2 ? 0 : (int) in.number();
        return new StoredEvent(id, new Happening(type, ids, count, dropped));
    }

    private static EntityId id(EntityId.Kind kind, Partition partition, String ulid) {
        return EntityId.parseUlid(kind, partition, ulid)
                .orElseThrow(() -> new CodecException("An event names a broken id."));
    }
}
