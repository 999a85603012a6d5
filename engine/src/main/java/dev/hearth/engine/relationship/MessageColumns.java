package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Ulid;
import dev.hearth.engine.when.TimeSpan;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Messages by columns: what is alike stands together, numbers as what they differ from the one before. All columns but
 * the words are one packed run; words are packed in runs of some 16 KB, so that reading one message unpacks one run.
 * Random bits, which nothing packs, stand apart.
 *
 * <p>A further column goes behind the last and into a format of its own; what an older format has not, is left out.
 */
final class MessageColumns {

    static final int FORMAT = 3;

    private static final int RUN_BYTES = 16 * 1024;
    private static final int LEAST_BYTES_A_MESSAGE = 8;
    private static final int SALT_BYTES = 3;

    /** Whose turn a message is of. */
    private static final int NO_TURN = 0;

    private static final int SAME_TURN = 1;
    private static final int ULID_TURN = 2;
    private static final int OTHER_TURN = 3;

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

    /** The messages whose seq is wanted, in order. */
    static List<StoredMessage> decode(byte[] bytes, LongPredicate wanted) {
        RecordReader out = Packed.check(bytes).supporting(FORMAT);
        RecordReader in = new RecordReader(Packed.read(out)).supporting(FORMAT);
        RecordReader noise = new RecordReader(out.bytes()).supporting(FORMAT);
        int count = in.count(LEAST_BYTES_A_MESSAGE);
        long[] seqs = new long[count];
        for (int i = 0; i < count; i++) {
            seqs[i] = i == 0 ? in.number() : seqs[i - 1] + in.number();
        }
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = (int) Math.min(in.number(), Integer.MAX_VALUE);
        }
        long[] storedAt = new long[count];
        for (int i = 0; i < count; i++) {
            storedAt[i] = (i == 0 ? 0 : storedAt[i - 1]) + in.signed();
        }
        int[] origins = new int[count];
        for (int i = 0; i < count; i++) {
            origins[i] = (int) in.number();
        }
        @Nullable String[] speakers = names(count, in);
        int[] sessions = new int[count];
        for (int i = 0; i < count; i++) {
            sessions[i] = (int) ((i == 0 ? 0 : sessions[i - 1]) + in.signed());
        }
        Instant[] said = said(storedAt, in);
        @Nullable String[] turns = turns(storedAt, in, noise);
        @Nullable String[] externalIds = new @Nullable String[count];
        for (int i = 0; i < count; i++) {
            externalIds[i] = in.optionalText();
        }
        boolean[] hashed = new boolean[count];
        for (int i = 0; i < count; i++) {
            hashed[i] = in.flag();
        }
        List<List<TimeSpan>> times = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            times.add(StoredTimes.decode(in, said[i]));
        }
        @Nullable String[] texts = words(seqs, lengths, wanted, out);
        List<StoredMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int salt = (int) bits(SALT_BYTES, noise);
            long hash = hashed[i] ? bits(Long.BYTES, noise) : 0;
            String text = texts[i];
            if (text != null) {
                messages.add(new StoredMessage(
                        seqs[i],
                        storedAt[i],
                        salt,
                        StoredMessage.Origin.of(origins[i] / 2),
                        speakers[i],
                        sessions[i],
                        text,
                        said[i],
                        turns[i],
                        externalIds[i],
                        hash,
                        origins[i] % 2 == 1,
                        times.get(i)));
            }
        }
        return messages;
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

    private static Instant[] said(long[] storedAt, RecordReader in) {
        Instant[] said = new Instant[storedAt.length];
        long before = 0;
        for (int i = 0; i < said.length; i++) {
            before = (in.flag() ? storedAt[i] : before) + in.signed();
            said[i] = Instant.ofEpochMilli(before);
        }
        return said;
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

    private static @Nullable String[] turns(long[] storedAt, RecordReader in, RecordReader noise) {
        @Nullable String[] turns = new @Nullable String[storedAt.length];
        for (int i = 0; i < turns.length; i++) {
            turns[i] = switch ((int) in.number()) {
                case NO_TURN -> null;
                case SAME_TURN -> i == 0 ? null : turns[i - 1];
                case ULID_TURN -> {
                    long high = (in.signed() + storedAt[i]) << 16 | (in.number() & 0xFFFF);
                    yield Ulid.of(high, bits(Long.BYTES, noise));
                }
                case OTHER_TURN -> in.text();
                default -> throw new CodecException("Damaged record: a turn of no known kind.");
            };
        }
        return turns;
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

    private static @Nullable String[] names(int count, RecordReader in) {
        int different = in.count(1);
        String[] each = new String[different];
        for (int i = 0; i < different; i++) {
            each[i] = in.text();
        }
        @Nullable String[] names = new @Nullable String[count];
        for (int i = 0; i < count; i++) {
            int place = (int) in.number();
            if (place > different) {
                throw new CodecException("Damaged record: a name that is not there.");
            }
            names[i] = place == 0 ? null : each[place - 1];
        }
        return names;
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

    /** The texts of the messages that are wanted, null at the places of others; runs without any stay packed. */
    private static @Nullable String[] words(long[] seqs, int[] lengths, LongPredicate wanted, RecordReader in) {
        @Nullable String[] texts = new @Nullable String[seqs.length];
        for (int from = 0; from < seqs.length; ) {
            int to = from + (int) Math.min(in.number(), Integer.MAX_VALUE / 2);
            if (to <= from || to > seqs.length) {
                throw new CodecException("Damaged record: a run of words of no length.");
            }
            long length = in.number();
            byte[] packed = in.bytes();
            byte[] run = null;
            int at = 0;
            for (int i = from; i < to; i++) {
                if (wanted.test(seqs[i])) {
                    run = run == null ? Packed.unpack(length, packed) : run;
                    if (lengths[i] > run.length - at) {
                        throw new CodecException("Damaged record: words beyond their run.");
                    }
                    texts[i] = new String(run, at, lengths[i], StandardCharsets.UTF_8);
                }
                at += lengths[i];
            }
            from = to;
        }
        return texts;
    }

    private static void bits(long value, int bytes, RecordWriter out) {
        for (int i = 0; i < bytes; i++) {
            out.octet((int) (value >>> (8 * i)) & 0xFF);
        }
    }

    private static long bits(int bytes, RecordReader in) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) in.octet() << (8 * i);
        }
        return value;
    }
}
