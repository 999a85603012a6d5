package dev.hearth.engine.access;

import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Entry;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Range;
import dev.hearth.spi.WriteOutcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the operator handed out. A key's secret is told once, when it is made; what is stored is its SHA-256,
 * which is enough for 256 random bits. Safe for many threads.
 */
public final class AccessKeys {

    private static final String PREFIX = "k/";
    private static final Pattern SECRET = Pattern.compile("hk_[0-9a-f]{64}");
    private static final int MOST = 1_000;
    private static final int MOST_EXTERNAL_ID = 256;
    private static final int FORMAT = 1;

    /** Every request asks for its key. Another server's change is seen this late, one's own at once. */
    private static final long KNOWN_NANOS = 5_000_000_000L;

    private static final int MOST_KNOWN = 10_000;

    private final Vault vault;
    private final Budgets budgets;
    private final RandomGenerator random;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Optional<AccessKey> key, long until) {}

    public AccessKeys(Vault vault, Budgets budgets, RandomGenerator random) {
        this.vault = vault;
        this.budgets = budgets;
        this.random = random;
    }

    /** A key that was just made, with the secret that nobody can tell again. */
    public record Made(AccessKey key, String secret) {
        @Override
        public String toString() {
            return "Made[" + key + "]";
        }
    }

    /** Makes a key. */
    public Made make(String name, AccessKey.Scope scope, boolean trusted, @Nullable String defaultUser) {
        if (name.isBlank() || name.length() > 200) {
            throw Problem.invalid("name has 1 to 200 characters.");
        }
        if (defaultUser != null
                && (defaultUser.isEmpty() || defaultUser.getBytes(StandardCharsets.UTF_8).length > MOST_EXTERNAL_ID)) {
            throw Problem.invalid("default_user is a user's external id: 1 to 256 bytes.");
        }
        if (entries().size() >= MOST) {
            throw new Problem(Code.CONFLICT, "There are 1,000 keys, the most that are kept. Delete some first.");
        }
        Instant now = budgets.clock().now();
        AccessKey key = new AccessKey("key_" + random(13), name, scope, trusted, defaultUser, now);
        String secret = "hk_" + random(32);
        Batch batch = new Batch().create(PREFIX + hash(secret), encode(key));
        if (!(vault.found(Partition.SYSTEM, batch, budgets.store()) instanceof WriteOutcome.Written)) {
            throw new Problem(Code.CONFLICT, "The key could not be made at this moment; send it again.");
        }
        known.clear();
        return new Made(key, secret);
    }

    /** All keys, in no particular order; at most 1,000. */
    public List<AccessKey> list() {
        return entries().stream().map(entry -> decode(entry.bytes())).toList();
    }

    /** Takes a key away: on this server at once, on others within five seconds. */
    public void delete(String id) {
        Entry entry = entries().stream()
                .filter(candidate -> decode(candidate.bytes()).id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such key. GET /v1/keys lists them."));
        vault.write(Partition.SYSTEM, entry.life(), new Batch().delete(entry.key()), budgets.store());
        known.clear();
    }

    /** The key with this secret, from memory where it was asked for in the last seconds. */
    public Optional<AccessKey> find(String secret) {
        if (!SECRET.matcher(secret).matches()) {
            return Optional.empty();
        }
        String hash = hash(secret);
        long now = budgets.clock().nanoTime();
        Known held = known.get(hash);
        if (held != null && held.until() - now > 0) {
            return held.key();
        }
        Optional<AccessKey> read = Optional.ofNullable(vault.get(Partition.SYSTEM, PREFIX + hash, budgets.store()))
                .map(entry -> decode(entry.bytes()));
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.put(hash, new Known(read, now + KNOWN_NANOS));
        return read;
    }

    private List<Entry> entries() {
        Range all = new Range(PREFIX, Range.after(PREFIX), MOST, false);
        return vault.range(Partition.SYSTEM, all, budgets.store());
    }

    private String random(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    private static byte[] encode(AccessKey key) {
        return new RecordWriter(FORMAT)
                .text(key.id())
                .text(key.name())
                .text(key.scope().name())
                .flag(key.trusted())
                .optionalText(key.defaultUser())
                .instant(key.createdAt())
                .toBytes();
    }

    private static AccessKey decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        return new AccessKey(
                in.text(), in.text(), AccessKey.Scope.valueOf(in.text()), in.flag(), in.optionalText(), in.instant());
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256.", e);
        }
    }
}
