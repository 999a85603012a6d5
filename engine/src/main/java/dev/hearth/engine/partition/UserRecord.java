package dev.hearth.engine.partition;

import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;

/**
 * What is stored of a user.
 *
 * @param user what the application said
 * @param nextOrdinal the ordinal of the next relationship
 */
public record UserRecord(User user, int nextOrdinal) {

    /** Where it lies within the user's partition. */
    public static final String KEY = "u";

    /** One partition holds so many relationships, over its whole life. */
    public static final int MAX_RELATIONSHIPS = 65_536;

    private static final int FORMAT = 1;

    public byte[] encode() {
        return new RecordWriter(FORMAT)
                .text(user.externalId())
                .optionalText(user.displayName())
                .text(user.timeZone())
                .flag(user.timeZoneUnknown())
                .optionalText(user.locale())
                .optionalText(user.ageBand())
                .optionalText(user.jurisdiction())
                .text(user.plan())
                .flag(user.outreach())
                .instant(user.createdAt())
                .instant(user.updatedAt())
                .number(nextOrdinal)
                .toBytes();
    }

    public static UserRecord decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        User user = new User(
                in.text(),
                in.optionalText(),
                in.text(),
                in.flag(),
                in.optionalText(),
                in.optionalText(),
                in.optionalText(),
                in.text(),
                in.flag(),
                in.instant(),
                in.instant());
        return new UserRecord(user, (int) in.number());
    }

    public UserRecord withUser(User changed) {
        return new UserRecord(changed, nextOrdinal);
    }
}
