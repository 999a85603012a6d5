package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Ulid;
import dev.hearth.kernel.codec.RecordWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes messages by columns, which {@link MessageColumnReader} reads: what is alike stands together, numbers as what they differ from the one before. All columns but
 * the words are one packed run; words are packed in runs of some 16 KB, so that reading one message unpacks one run.
 * Random bits, which nothing packs, stand apart.
 *
 * <p>A further column goes behind the last and into a format of its own; what an older format has not, is left out.
 */
final class MessageColumns {

    static final int FORMAT = 3;

    private static final int RUN_BYTES = 16 * 1024;
    static final int SALT_BYTES = 3;

    /** Whose turn a message is of. */
    static final int NO_TURN = 0;

    static final int SAME_TURN = 1;
    static final int ULID_TURN = 2;
    static final int OTHER_TURN = 3;

    private MessageColumns() {}

    static byte[] encode(List<StoredMessage> messages) {
        return encode(messages, RUN_BYTES, Packed.QUICK);
    }

    /** The same in one run and as small as can be, for what is read whole. */
    static byte[] encodeTightly(List<StoredMessage> messages) {
        return encode(messages, Integer.MAX_VALUE, Packed.TIGHT);
    }

    private static byte[] encode(List<StoredMessage> messages, int runBytes, int level) {
        List<byte[]> texts = messages.stream()
                .map(message -> message.text().getBytes(StandardCharsets.UTF_8))
                .toList();
        RecordWriter columns = new RecordWriter(FORMAT).number(messages.size());
        seqs(messages, columns);
        for (byte[] text : texts) {
            columns.number(text.length);
        }
        storedAt(messages, columns);
        messages.forEach(message -> columns.number(message.origin().stored() * 2L + (message.deleted() ? 1 : 0)));
        names(messages, columns);
        sessions(messages, columns);
        said(messages, columns);
        RecordWriter noise = new RecordWriter(FORMAT);
        turns(messages, columns, noise);
        messages.forEach(message -> columns.optionalText(message.externalId()));
        messages.forEach(message -> columns.flag(message.externalHash() != 0));
        messages.forEach(message -> StoredTimes.encode(message.times(), message.said(), columns));
        for (StoredMessage message : messages) {
            bits(message.salt(), SALT_BYTES, noise);
            if (message.externalHash() != 0) {
                bits(message.externalHash(), Long.BYTES, noise);
            }
        }
        RecordWriter out = new RecordWriter(FORMAT);
        Packed.write(out, columns.toBytes(), level);
        out.bytes(noise.toBytes());
        words(texts, runBytes, level, out);
        return Packed.checked(out);
    }

    private static void seqs(List<StoredMessage> messages, RecordWriter out) {
        long before = 0;
        for (StoredMessage message : messages) {
            out.number(message.seq() - before);
            before = message.seq();
        }
    }

    private static void storedAt(List<StoredMessage> messages, RecordWriter out) {
        long before = 0;
        for (StoredMessage message : messages) {
            out.signed(message.storedAt() - before);
            before = message.storedAt();
        }
    }

    private static void sessions(List<StoredMessage> messages, RecordWriter out) {
        long before = 0;
        for (StoredMessage message : messages) {
            out.signed(message.session() - before);
            before = message.session();
        }
    }

    /** What turns say is said about when it is stored; what was imported follows what was imported before it. */
    private static void said(List<StoredMessage> messages, RecordWriter out) {
        long before = 0;
        for (StoredMessage message : messages) {
            long said = message.said().toEpochMilli();
            boolean live = Math.abs(said - message.storedAt()) < Math.abs(said - before);
            out.flag(live).signed(said - (live ? message.storedAt() : before));
            before = said;
        }
    }

    private static void turns(List<StoredMessage> messages, RecordWriter out, RecordWriter noise) {
        String before = null;
        for (StoredMessage message : messages) {
            String turn = message.turn();
            long[] bits = turn == null ? null : Ulid.bits(turn);
            if (turn == null) {
                out.number(NO_TURN);
            } else if (turn.equals(before)) {
                out.number(SAME_TURN);
            } else if (bits != null) {
                // Its time is about when its message was stored.
                out.number(ULID_TURN)
                        .signed((bits[0] >>> 16) - message.storedAt())
                        .number(bits[0] & 0xFFFF);
                bits(bits[1], Long.BYTES, noise);
            } else {
                out.number(OTHER_TURN).text(turn);
            }
            before = turn;
        }
    }

    /** Few different names: each once, then which of them, 0 for none. */
    private static void names(List<StoredMessage> messages, RecordWriter out) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (StoredMessage message : messages) {
            String name = message.speaker();
            if (name != null) {
                places.putIfAbsent(name, places.size() + 1);
            }
        }
        out.number(places.size());
        places.keySet().forEach(out::text);
        for (StoredMessage message : messages) {
            String name = message.speaker();
            out.number(name == null ? 0 : places.getOrDefault(name, 0));
        }
    }

    private static void words(List<byte[]> texts, int runBytes, int level, RecordWriter out) {
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        int held = 0;
        for (int i = 0; i < texts.size(); i++) {
            run.writeBytes(texts.get(i));
            held++;
            if (run.size() >= runBytes || i == texts.size() - 1) {
                out.number(held);
                Packed.write(out, run.toByteArray(), level);
                run.reset();
                held = 0;
            }
        }
    }

    private static void bits(long value, int bytes, RecordWriter out) {
        for (int i = 0; i < bytes; i++) {
            out.octet((int) (value >>> (8 * i)) & 0xFF);
        }
    }
}
