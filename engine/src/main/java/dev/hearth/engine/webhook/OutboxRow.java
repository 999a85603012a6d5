package dev.hearth.engine.webhook;

import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.spi.Partition;
import java.time.Instant;
import java.util.Locale;

/**
 * The hint that a relationship may have events that no delivery was made of yet; {@code o/<partition>/<ordinal>}.
 *
 * @param relationship the relationship's ULID: an ordinal can come back after an erasure
 * @param upTo the number of the last event that deliveries were made of
 * @param touchedAt when it was last written
 */
record OutboxRow(String relationship, long upTo, Instant touchedAt) {

    static final String PREFIX = "o/";
    private static final int FORMAT = 1;

    static String key(RelationshipKey key) {
        return String.format(Locale.ROOT, "%s%s/%04x", PREFIX, key.partition().name(), key.ordinal());
    }

    static RelationshipKey relationship(String key) {
        int slash = key.lastIndexOf('/');
        return new RelationshipKey(
                new Partition(key.substring(PREFIX.length(), slash)), Integer.parseInt(key.substring(slash + 1), 16));
    }

    byte[] encode() {
        return new RecordWriter(FORMAT)
                .text(relationship)
                .number(upTo)
                .instant(touchedAt)
                .toBytes();
    }

    static OutboxRow decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        return new OutboxRow(in.text(), in.number(), in.instant());
    }
}
