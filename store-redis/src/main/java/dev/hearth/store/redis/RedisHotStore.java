package dev.hearth.store.redis;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Partition;
import dev.hearth.spi.Removal;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hot store in Redis.
 *
 * <p>A value is a string {@code <prefix>:h:{partition}:<key>}: the partition's token, 16 bytes at random, and the
 * bytes. Beside the values stand the token, and the names of the values in a sorted set by their ends, which every
 * put prunes. A value is read only where it bears the partition's token; so a drop, which first removes the token, is
 * complete whatever else has been lost or evicted, and what it does not find ends with its lifetime.
 *
 * <p>Each call is one round trip: a get reads two keys (MGET), a put is a script over three, O(log n) in the
 * partition's values, a remove deletes one key. A drop is two, and one for each 500 values; no call looks at another
 * partition. Beside the bytes of a value of 1,000 Redis takes some 230 ({@code RedisMemoryTest} prints it): the token,
 * two names, an end.
 *
 * <p>Fails with {@code UNAVAILABLE} at once while Redis is away, and with {@code FULL} where its memory is full and
 * it may not evict ({@code maxmemory-policy allkeys-lru} suits a cache).
 */
public final class RedisHotStore implements HotStore {

    private static final String WHO = "the hot store";
    private static final int TOKEN_BYTES = 16;
    private static final int BATCH = 500;

    /** Sets the value and its name, and keeps token and names for as long as any value. */
    private static final byte[] PUT = RedisKeys.bytes("""
            local lifetime = tonumber(ARGV[3])
            redis.call('SET', KEYS[1], ARGV[1], 'PX', lifetime, 'NX')
            redis.call('SET', KEYS[3], redis.call('GET', KEYS[1]) .. ARGV[2], 'PX', lifetime)
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
            redis.call('ZADD', KEYS[2], now + lifetime, ARGV[4])
            for i = 1, 2 do
              if redis.call('PTTL', KEYS[i]) < lifetime then redis.call('PEXPIRE', KEYS[i], lifetime) end
            end
            return 1
            """);

    /** Removes values and their names; answers how many there were and their length. */
    private static final byte[] REMOVE = RedisKeys.bytes("""
            local removed, bytes = 0, 0
            for i = 2, #KEYS do
              local length = redis.call('STRLEN', KEYS[i])
              if redis.call('UNLINK', KEYS[i]) == 1 then removed = removed + 1; bytes = bytes + length end
              redis.call('ZREM', KEYS[1], ARGV[i - 1])
            end
            return {removed, bytes}
            """);

    private final RedisConnection redis;
    private final RedisKeys keys;
    private volatile boolean closed;

    /** A store on a connection that the caller closes later. */
    public RedisHotStore(RedisConnection redis) {
        this.redis = redis;
        this.keys = redis.keys();
    }

    @Override
    public byte @Nullable [] get(Partition partition, String key, Deadline deadline) {
        admit(deadline);
        byte[][] both = {keys.token(partition), keys.value(partition, key)};
        List<KeyValue<byte[], byte[]>> found = redis.ask(WHO, 0, deadline, commands -> commands.mget(both));
        if (!found.get(0).hasValue() || !found.get(1).hasValue()) {
            return null;
        }
        byte[] token = found.get(0).getValue();
        byte[] value = found.get(1).getValue();
        boolean current = value.length >= TOKEN_BYTES && Arrays.equals(token, 0, token.length, value, 0, TOKEN_BYTES);
        return current ? Arrays.copyOfRange(value, TOKEN_BYTES, value.length) : null;
    }

    @Override
    public void put(Partition partition, String key, byte[] value, Duration lifetime, Deadline deadline) {
        admit(deadline);
        long millis = lifetime.toMillis();
        if (millis <= 0) {
            remove(partition, key, deadline);
            return;
        }
        byte[][] names = {keys.token(partition), keys.names(partition), keys.value(partition, key)};
        byte[] given = value.clone();
        Long ignored = redis.<Long>ask(
                WHO,
                given.length,
                deadline,
                commands -> commands.eval(
                        PUT,
                        ScriptOutputType.INTEGER,
                        names,
                        token(),
                        given,
                        RedisKeys.bytes(Long.toString(millis)),
                        RedisKeys.bytes(key)));
    }

    @Override
    public void remove(Partition partition, String key, Deadline deadline) {
        admit(deadline);
        byte[] name = keys.value(partition, key);
        Long ignored = redis.ask(WHO, 0, deadline, commands -> commands.unlink(name));
    }

    @Override
    public Removal drop(Partition partition, Deadline deadline) {
        admit(deadline);
        byte[] token = keys.token(partition);
        byte[] names = keys.names(partition);
        Long ignored = redis.ask(WHO, 0, deadline, commands -> commands.unlink(token));
        List<byte[]> all = redis.ask(WHO, 0, deadline, commands -> commands.zrange(names, 0, -1));
        Removal removal = Removal.NOTHING;
        for (int from = 0; from < all.size(); from += BATCH) {
            removal = removal.plus(remove(partition, all.subList(from, Math.min(from + BATCH, all.size())), deadline));
        }
        return removal;
    }

    @Override
    public void close() {
        closed = true;
    }

    private Removal remove(Partition partition, List<byte[]> batch, Deadline deadline) {
        byte[][] names = new byte[1 + batch.size()][];
        names[0] = keys.names(partition);
        for (int i = 0; i < batch.size(); i++) {
            names[1 + i] = keys.value(partition, new String(batch.get(i), StandardCharsets.UTF_8));
        }
        List<Object> counts = redis.<List<Object>>ask(
                WHO,
                0,
                deadline,
                commands -> commands.eval(REMOVE, ScriptOutputType.MULTI, names, batch.toArray(byte[][]::new)));
        long removed = (Long) counts.get(0);
        return new Removal(removed, (Long) counts.get(1) - removed * TOKEN_BYTES);
    }

    private void admit(Deadline deadline) {
        Failures.admit(closed, WHO, deadline);
    }

    private static byte[] token() {
        UUID random = UUID.randomUUID();
        return ByteBuffer.allocate(TOKEN_BYTES)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array();
    }
}
