package dev.hearth.store.redis;

import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where Redis is.
 *
 * @param uri {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} with TLS; of a cluster, any
 *     node
 * @param cluster whether it is a Redis Cluster
 * @param prefix what keys begin with, so that others may use the same Redis: 1 to 64 characters of
 *     {@code [a-zA-Z0-9._-]}, as {@code hearth}
 */
public record RedisSettings(URI uri, boolean cluster, String prefix) {

    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{1,64}");
    private static final Pattern DATABASE = Pattern.compile("(/[0-9]{0,4})?");
    private static final int PORT = 6379;

    public RedisSettings {
        // The message does not repeat the address, which may hold a password.
        if (!Set.of("redis", "rediss").contains(uri.getScheme())
                || uri.getHost() == null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !DATABASE.matcher(Objects.requireNonNullElse(uri.getRawPath(), ""))
                        .matches()) {
            throw new IllegalArgumentException(
                    "Redis's address is written as redis://[user:password@]host[:port][/database], or rediss:// with "
                            + "TLS; special characters of a password are percent-encoded.");
        }
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "Redis's prefix is 1 to 64 letters, digits, dots, underscores, hyphens.");
        }
    }

    /** What is fit for a message: the address without user and password. */
    String where() {
        return "Redis at " + uri.getScheme() + "://" + uri.getHost() + ":" + (uri.getPort() < 0 ? PORT : uri.getPort());
    }

    @Override
    public String toString() {
        return "RedisSettings[" + where() + ", cluster=" + cluster + ", prefix=" + prefix + "]";
    }
}
