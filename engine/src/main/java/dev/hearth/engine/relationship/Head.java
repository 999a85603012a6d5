package dev.hearth.engine.relationship;

import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a relationship: small, and changed by every write to it, so that its revision orders them.
 *
 * @param id the relationship's ULID
 * @param companion the companion's slug
 * @param user the user's external id
 * @param lastTurnAt when the last turn was completed
 * @param nextSeq the seq of the next message, from 1
 * @param messages how many messages there are
 * @param memories how many of them can be recalled
 * @param events how many events there were: the number of the last one
 * @param session where the present session stands
 * @param imports where the present session of imports stands, which is never the live one
 * @param claim the turn being taken, if one is
 * @param deleted whether it is being deleted: then it is as good as gone
 */
public record Head(
        String id,
        String companion,
        String user,
        Instant createdAt,
        @Nullable Instant lastTurnAt,
        long nextSeq,
        long messages,
        long memories,
        long events,
        Session session,
        Imports imports,
        @Nullable Claim claim,
        boolean deleted) {

    /** Format 1 counted no events. */
    private static final int FORMAT = 2;

    /**
     * A run of turns with no long gap between them.
     *
     * @param ordinal counts sessions, from 0 before the first
     * @param lastAt when the last message of it was said
     * @param windowFrom the first message that the prompt's history holds
     * @param profile the prompt's section on the user, frozen for the session
     */
    public record Session(int ordinal, @Nullable Instant lastAt, long windowFrom, String profile) {
        public static final Session NONE = new Session(0, null, 1, "");

        public Session at(Instant last, long from) {
            return new Session(ordinal, last, Math.max(windowFrom, from), profile);
        }
    }

    /**
     * The session that imports are in.
     *
     * @param ordinal on the same count as live sessions, 0 before the first
     * @param name as the import named it
     * @param lastAt when the last message of it was said
     */
    public record Imports(
            int ordinal, @Nullable String name, @Nullable Instant lastAt) {
        public static final Imports NONE = new Imports(0, null, null);
    }

    public static Head founded(String id, String companion, String user, Instant now) {
        return new Head(id, companion, user, now, null, 1, 0, 0, 0, Session.NONE, Imports.NONE, null, false);
    }

    public Head withClaim(@Nullable Claim present) {
        return new Head(
                id,
                companion,
                user,
                createdAt,
                lastTurnAt,
                nextSeq,
                messages,
                memories,
                events,
                session,
                imports,
                present,
                deleted);
    }

    public Head withSession(Session present) {
        return new Head(
                id,
                companion,
                user,
                createdAt,
                lastTurnAt,
                nextSeq,
                messages,
                memories,
                events,
                present,
                imports,
                claim,
                deleted);
    }

    Head withImports(Imports present) {
        return new Head(
                id,
                companion,
                user,
                createdAt,
                lastTurnAt,
                nextSeq,
                messages,
                memories,
                events,
                session,
                present,
                claim,
                deleted);
    }

    public Head withTurnAt(Instant at) {
        return new Head(
                id, companion, user, createdAt, at, nextSeq, messages, memories, events, session, imports, claim,
                deleted);
    }

    /** With {@code count} more messages behind the last, {@code recallable} of which can be recalled. */
    public Head appended(int count, int recallable) {
        return new Head(
                id,
                companion,
                user,
                createdAt,
                lastTurnAt,
                nextSeq + count,
                messages + count,
                memories + recallable,
                events,
                session,
                imports,
                claim,
                deleted);
    }

    /** With {@code count} more facts behind the last message, and {@code recallable} more that can be recalled. */
    Head derived(int count, int recallable) {
        return new Head(
                id,
                companion,
                user,
                createdAt,
                lastTurnAt,
                nextSeq + count,
                messages,
                memories + recallable,
                events,
                session,
                imports,
                claim,
                deleted);
    }

    /** Without messages that are erased; facts among them never counted as messages. */
    public Head without(List<StoredMessage> erased) {
        long said = erased.stream().filter(message -> !message.derived()).count();
        return new Head(
                id,
                companion,
                user,
                createdAt,
                lastTurnAt,
                nextSeq,
                messages - said,
                memories,
                events,
                session,
                imports,
                claim,
                deleted);
    }

    /** With {@code count} more events behind the last. */
    Head told(int count) {
        return new Head(
                id,
                companion,
                user,
                createdAt,
                lastTurnAt,
                nextSeq,
                messages,
                memories,
                events + count,
                session,
                imports,
                claim,
                deleted);
    }

    public Head asDeleted() {
        return new Head(
                id,
                companion,
                user,
                createdAt,
                lastTurnAt,
                nextSeq,
                messages,
                memories,
                events,
                session,
                imports,
                null,
                true);
    }

    /** The head as it is written, which nothing else writes with the same bytes: its last number is the write's own. */
    byte[] encode(long write) {
        return record().signed(write).toBytes();
    }

    public byte[] encode() {
        return record().toBytes();
    }

    private RecordWriter record() {
        RecordWriter out = new RecordWriter(FORMAT)
                .text(id)
                .text(companion)
                .text(user)
                .instant(createdAt)
                .optionalInstant(lastTurnAt)
                .number(nextSeq)
                .number(messages)
                .number(memories)
                .number(session.ordinal())
                .optionalInstant(session.lastAt())
                .number(session.windowFrom())
                .text(session.profile())
                .number(imports.ordinal())
                .optionalText(imports.name())
                .optionalInstant(imports.lastAt())
                .flag(deleted)
                .flag(claim != null);
        if (claim != null) {
            out.text(claim.turn()).signed(claim.node()).instant(claim.expiresAt());
        }
        return out.number(events);
    }

    public static Head decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        String id = in.text();
        String companion = in.text();
        String user = in.text();
        Instant createdAt = in.instant();
        Instant lastTurnAt = in.optionalInstant();
        long nextSeq = in.number();
        long messages = in.number();
        long memories = in.number();
        Session session = new Session((int) in.number(), in.optionalInstant(), in.number(), in.text());
        Imports imports = new Imports((int) in.number(), in.optionalText(), in.optionalInstant());
        boolean deleted = in.flag();
        Claim claim = in.flag() ? new Claim(in.text(), in.signed(), in.instant()) : null;
        long events = in.formatVersion() < 2 ? 0 : in.number();
        return new Head(
                id,
                companion,
                user,
                createdAt,
                lastTurnAt,
                nextSeq,
                messages,
                memories,
                events,
                session,
                imports,
                claim,
                deleted);
    }
}
