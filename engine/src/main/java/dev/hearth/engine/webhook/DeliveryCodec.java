package dev.hearth.engine.webhook;

import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.spi.Partition;
import java.time.Instant;

/** A delivery as bytes, format 1. */
final class DeliveryCodec {

    private static final int FORMAT = 1;

    private DeliveryCodec() {}

    static byte[] encode(Delivery delivery) {
        Delivery.About about = delivery.about();
        Delivery.Attempt last = delivery.last();
        RecordWriter out = new RecordWriter(FORMAT)
                .text(about.key().partition().name())
                .number(about.key().ordinal())
                .text(about.relationship())
                .number(about.number())
                .text(about.eventId())
                .text(about.eventType())
                .number(
                        switch (delivery.state()) {
                            case PENDING -> 1;
                            case DELIVERED -> 2;
                            case DEAD -> 3;
                        })
                .number(delivery.attempts())
                .optionalInstant(delivery.nextAttemptAt())
                .instant(delivery.createdAt())
                .flag(last != null);
        if (last != null) {
            out.instant(last.at()).number(last.status()).optionalText(last.error());
        }
        return out.toBytes();
    }

    static Delivery decode(String id, String webhook, byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        Delivery.About about = new Delivery.About(
                new RelationshipKey(new Partition(in.text()), (int) in.number()),
                in.text(),
                in.number(),
                in.text(),
                in.text());
        long stored = in.number();
        Delivery.State state = stored == 1
                ? Delivery.State.PENDING
                : stored == 2 ? Delivery.State.DELIVERED : stored == 3 ? Delivery.State.DEAD : unknown(stored);
        int attempts = (int) in.number();
        Instant next = in.optionalInstant();
        Instant created = in.instant();
        Delivery.Attempt last =
                in.flag() ? new Delivery.Attempt(in.instant(), (int) in.number(), in.optionalText()) : null;
        return new Delivery(id, webhook, about, state, attempts, last, next, created);
    }

    private static Delivery.State unknown(long stored) {
        throw new CodecException("No delivery is in the state " + stored + ".");
    }
}
