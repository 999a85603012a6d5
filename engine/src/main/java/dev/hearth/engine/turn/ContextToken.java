package dev.hearth.engine.turn;

import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.kernel.codec.CodecException;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * What was composed for an application's own model, sealed and handed to it: nothing is stored until it comes back.
 *
 * @param composedAt when
 * @param textHash SHA-256 of the text it was composed for
 * @param windowFrom where the next prompt's history begins
 * @param opened the turn as it will be stored, its ledger filled
 */
@SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual only
record ContextToken(Instant composedAt, byte[] textHash, long windowFrom, TurnRecord opened) {

    private static final int FORMAT = 1;
    private static final String PREFIX = "ctx_";
    private static final Duration VALID = Duration.ofHours(1);
    private static final int MAX = 64 * 1024;

    String seal(Vault vault, RelationshipKey key) {
        byte[] plain = new RecordWriter(FORMAT)
                .instant(composedAt)
                .bytes(textHash)
                .number(windowFrom)
                .bytes(opened.encode())
                .toBytes();
        byte[] sealed = vault.seal(key.partition(), name(key), plain);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    static ContextToken open(Vault vault, RelationshipKey key, String token, Instant now) {
        if (!token.startsWith(PREFIX) || token.length() > MAX) {
            throw foreign();
        }
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
            byte[] plain = vault.open(key.partition(), name(key), sealed);
            if (plain == null) {
                throw foreign();
            }
            RecordReader in = new RecordReader(plain).supporting(FORMAT);
            ContextToken opened =
                    new ContextToken(in.instant(), in.bytes(), in.number(), TurnRecord.decode(in.bytes()));
            if (opened.composedAt().plus(VALID).isBefore(now)) {
                throw Problem.invalid("This context_token is over an hour old. Compose the context again.");
            }
            return opened;
        } catch (IllegalArgumentException | StoreException | CodecException notOurs) {
            throw foreign();
        }
    }

    private static String name(RelationshipKey key) {
        return "context-token/" + key.ordinal();
    }

    private static Problem foreign() {
        return Problem.invalid("This context_token is not one that this relationship's context answered.");
    }
}
