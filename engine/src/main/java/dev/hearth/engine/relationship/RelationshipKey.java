package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.EntityId;
import dev.hearth.spi.Partition;
import java.util.Locale;

/**
 * Where a relationship lies, and the keys of its records: {@code r/<ordinal>/} and then {@code h} (head), {@code m/}
 * and {@code v/} (blocks and segments of messages and of their vectors, by their first seq), {@code a/} (what is known
 * about a memory beside its words, by its seq), {@code u} (when old memories were used), {@code x} (how far extraction has come), {@code t/} (turns), {@code i/} (idempotency keys), {@code e/} (events,
 * by their number). Cold objects are named the same way, with {@code m/} for the segment that they hold.
 *
 * @param partition the user's partition
 * @param ordinal its number within the partition, 0 to 65,535
 */
public record RelationshipKey(Partition partition, int ordinal) {

    public static RelationshipKey of(EntityId id) {
        return new RelationshipKey(id.partition(), id.ordinal());
    }

    /** What every key of the relationship begins with. */
    public String prefix() {
        return String.format(Locale.ROOT, "r/%04x/", ordinal);
    }

    public String head() {
        return prefix() + "h";
    }

    public String messages() {
        return prefix() + "m/";
    }

    public String messages(long firstSeq) {
        return messages() + seq(firstSeq);
    }

    public String vectors() {
        return prefix() + "v/";
    }

    public String vectors(long firstSeq) {
        return vectors() + seq(firstSeq);
    }

    public String standings() {
        return prefix() + "a/";
    }

    public String standing(long seq) {
        return standings() + seq(seq);
    }

    String uses() {
        return prefix() + "u";
    }

    /** What the names of all cold objects of the relationship begin with. */
    String objects() {
        return messages();
    }

    String extraction() {
        return prefix() + "x";
    }

    /** The seq of the memory whose standing is stored under {@code key}. */
    long standingSeq(String key) {
        return Long.parseLong(key.substring(standings().length()), 16);
    }

    public String turns() {
        return prefix() + "t/";
    }

    public String turn(String ulid) {
        return turns() + ulid;
    }

    public String idempotency(String term) {
        return prefix() + "i/" + term;
    }

    public String events() {
        return prefix() + "e/";
    }

    public String event(long number) {
        return events() + seq(number);
    }

    /** The number of the event that is stored under {@code key}. */
    public long eventNumber(String key) {
        return Long.parseLong(key.substring(events().length()), 16);
    }

    /** The first seq of the block of messages, or of vectors, that is stored under {@code key}. */
    public long firstSeq(String key) {
        return Long.parseLong(key.substring(messages().length()), 16);
    }

    /** The key of the vectors that were stored with a block of messages. */
    public String vectorsOfBlock(String messagesKey) {
        return vectors() + messagesKey.substring(messages().length());
    }

    private static String seq(long seq) {
        return String.format(Locale.ROOT, "%010x", seq);
    }
}
