package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.engine.statement.Sameness;
import dev.hearth.engine.when.TimeExpressions;
import dev.hearth.engine.when.TimeSpan;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.spi.Partition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message as it is stored: verbatim, the primary record of what was said.
 *
 * @param seq its place in the relationship, from 1
 * @param storedAt when it was stored, milliseconds since 1970: part of its id
 * @param salt 24 random bits: part of its id
 * @param origin whose words these are and how they came
 * @param speaker the name of who said it, or null for the role's
 * @param session the ordinal of its session
 * @param text the words; empty once deleted
 * @param said when it was said
 * @param turn the turn's ULID, null for an import
 * @param externalId the id it was imported under
 * @param externalHash stands for the external id after a deletion, so that a repeated import does not bring it back; 0
 *     for none
 * @param times the times that the words name, resolved when they were stored; all in one zone
 */
public record StoredMessage(
        long seq,
        long storedAt,
        int salt,
        Origin origin,
        @Nullable String speaker,
        int session,
        String text,
        Instant said,
        @Nullable String turn,
        @Nullable String externalId,
        long externalHash,
        boolean deleted,
        List<TimeSpan> times) {

    public StoredMessage {
        times = List.copyOf(times);
    }

    /** A message whose times are not resolved. */
    public StoredMessage(
            long seq,
            long storedAt,
            int salt,
            Origin origin,
            @Nullable String speaker,
            int session,
            String text,
            Instant said,
            @Nullable String turn,
            @Nullable String externalId,
            long externalHash,
            boolean deleted) {
        this(
                seq,
                storedAt,
                salt,
                origin,
                speaker,
                session,
                text,
                said,
                turn,
                externalId,
                externalHash,
                deleted,
                List.of());
    }

    /** The session of what is in none. */
    static final int NO_SESSION = 0;

    /** Whose words, and how they came. */
    public enum Origin {
        USER_TURN(1),
        COMPANION_TURN(2),
        /** The part of a reply that was cut off: kept in history, recalled and extracted never. */
        COMPANION_INTERRUPTED(3),
        USER_IMPORT(4),
        COMPANION_IMPORT(5),
        /** A fact made from what the user said: a memory beside it, and never shown as something that was said. */
        DERIVED(6);

        private final int stored;

        Origin(int stored) {
            this.stored = stored;
        }

        /** Whether the user said it, or it was made from what the user said. */
        public boolean byUser() {
            return this == USER_TURN || this == USER_IMPORT || this == DERIVED;
        }

        int stored() {
            return stored;
        }

        static Origin of(long stored) {
            for (Origin origin : values()) {
                if (origin.stored == stored) {
                    return origin;
                }
            }
            throw new CodecException("No message comes from " + stored + ".");
        }
    }

    /** Whether it was made from what was said, and was not said itself. */
    public boolean derived() {
        return origin == Origin.DERIVED;
    }

    /** Stands for what it says, as {@link Sameness#hash}; what was derived is never the same as what was said. */
    int sameness() {
        int hash = Sameness.hash(text, origin.byUser());
        return derived() ? ~hash : hash;
    }

    /** Whether it can be recalled. */
    public boolean recallable() {
        return !deleted && origin != Origin.COMPANION_INTERRUPTED;
    }

    /**
     * The text that is embedded for it: with who said it, since questions name people. {@code hearth eval recall} measures
     * what it finds.
     */
    public String spoken() {
        return spoken(speaker, text);
    }

    /** The same for words that are not stored yet. */
    public static String spoken(@Nullable String speaker, String text) {
        return speaker == null ? text : speaker + ": " + text;
    }

    public Message.Role role() {
        return origin.byUser() ? Message.Role.USER : Message.Role.COMPANION;
    }

    public EntityId id(EntityId.Kind kind, Partition partition, int ordinal) {
        return EntityId.ofMessage(kind, partition, storedAt, ordinal, seq, salt);
    }

    /** The same message with the times that its words name, as they were meant when it was said in {@code zone}. */
    public StoredMessage timed(ZoneId zone) {
        return naming(TimeExpressions.in(text, said, zone));
    }

    private StoredMessage naming(List<TimeSpan> named) {
        return new StoredMessage(
                seq,
                storedAt,
                salt,
                origin,
                speaker,
                session,
                text,
                said,
                turn,
                externalId,
                externalHash,
                deleted,
                named);
    }

    /** What is left of it once it is deleted: its place, and nothing that was said. */
    public StoredMessage erased() {
        return new StoredMessage(seq, storedAt, salt, origin, null, session, "", said, turn, null, externalHash, true);
    }

    void encode(RecordWriter out) {
        out.number(seq)
                .number(storedAt)
                .number(salt)
                .number(origin.stored)
                .optionalText(speaker)
                .number(session)
                .text(text)
                .instant(said)
                .optionalText(turn)
                .optionalText(externalId)
                .signed(externalHash)
                .flag(deleted);
        StoredTimes.encode(times, said, out);
    }

    /**
     * Reads one message.
     *
     * @param timed whether times are stored with it
     */
    static StoredMessage decode(RecordReader in, boolean timed) {
        StoredMessage message = new StoredMessage(
                in.number(),
                in.number(),
                (int) in.number(),
                Origin.of(in.number()),
                in.optionalText(),
                (int) in.number(),
                in.text(),
                in.instant(),
                in.optionalText(),
                in.optionalText(),
                in.signed(),
                in.flag());
        List<TimeSpan> times = timed ? StoredTimes.decode(in, message.said) : List.of();
        return times.isEmpty() ? message : message.naming(times);
    }
}
