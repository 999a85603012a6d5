package dev.hearth.store.redis;

import dev.hearth.spi.Deadline;
import dev.hearth.spi.Leases;
import dev.hearth.spi.Partition;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;

/**
 * Leases in Redis: {@code <prefix>:l:{partition}:<key>} holds the owner for the lifetime. Each call is one round trip
 * and a script that compares the owner, so it is atomic. A Redis that is lost, flushed or replaced by its replica
 * forgets leases, as the contract allows. Fails with {@code UNAVAILABLE} at once while Redis is away.
 */
public final class RedisLeases implements Leases {

    private static final String WHO = "the leases";

    /** SET NX PX, except that the owner may set it again. */
    private static final byte[] TAKE = RedisKeys.bytes("""
            local owner = redis.call('GET', KEYS[1])
            if owner and owner ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return 1
            """);

    private static final byte[] RENEW = RedisKeys.bytes("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            return redis.call('PEXPIRE', KEYS[1], ARGV[2])
            """);

    private static final byte[] RELEASE = RedisKeys.bytes("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            return redis.call('DEL', KEYS[1])
            """);

    private final RedisConnection redis;
    private final RedisKeys keys;
    private volatile boolean closed;

    /** Leases on a connection that the caller closes later. */
    public RedisLeases(RedisConnection redis) {
        this.redis = redis;
        this.keys = redis.keys();
    }

    @Override
    public boolean take(Partition partition, String key, String owner, Duration lifetime, Deadline deadline) {
        return run(TAKE, partition, key, deadline, RedisKeys.bytes(owner), millis(lifetime));
    }

    @Override
    public boolean renew(Partition partition, String key, String owner, Duration lifetime, Deadline deadline) {
        return run(RENEW, partition, key, deadline, RedisKeys.bytes(owner), millis(lifetime));
    }

    @Override
    public void release(Partition partition, String key, String owner, Deadline deadline) {
        boolean ignored = run(RELEASE, partition, key, deadline, RedisKeys.bytes(owner));
    }

    @Override
    public void close() {
        closed = true;
    }

    private boolean run(byte[] script, Partition partition, String key, Deadline deadline, byte[]... arguments) {
        Failures.admit(closed, WHO, deadline);
        byte[][] lease = {keys.lease(partition, key)};
        long done = redis.<Long>ask(
                WHO, 0, deadline, commands -> commands.eval(script, ScriptOutputType.INTEGER, lease, arguments));
        return done == 1;
    }

    private static byte[] millis(Duration lifetime) {
        long millis = lifetime.toMillis();
        if (millis < 1) {
            throw new IllegalArgumentException("A lease's lifetime is at least a millisecond.");
        }
        return RedisKeys.bytes(Long.toString(millis));
    }
}
