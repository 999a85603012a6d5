package dev.hearth.store.s3;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where cold objects go.
 *
 * @param endpoint of a server that speaks S3's protocol, as {@code https://host:port}; null for Amazon's own
 * @param region as {@code eu-central-1}; other servers than Amazon's mostly take any
 * @param bucket which exists
 * @param prefix what keys begin with: empty, or folders that end with a slash, as {@code hearth/}
 * @param pathStyle whether the bucket is named in the path and not in the host; most other servers need it
 * @param credentials to sign with; null for the SDK's default chain: environment, system properties, profile,
 *     container, instance (a web identity's token also needs the SDK's module {@code sts} on the class path)
 */
public record S3Settings(
        @Nullable URI endpoint,
        String region,
        String bucket,
        String prefix,
        boolean pathStyle,
        @Nullable Credentials credentials) {

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_-]{1,64}/){0,8}");

    public S3Settings {
        if (endpoint != null && !isAddress(endpoint)) {
            throw new IllegalArgumentException(
                    "S3's endpoint is written as https://host:port, without credentials, path or query.");
        }
        require(REGION, region, "S3's region is written as eu-central-1.");
        require(BUCKET, bucket, "A bucket's name is 3 to 63 letters, digits, dots, underscores and hyphens.");
        require(PREFIX, prefix, "S3's prefix is empty, or up to 8 folders, each with a slash behind it, as hearth/.");
    }

    /** What is fit for a message: the bucket, and the server it stands at. */
    String where() {
        return "the bucket " + bucket + " at " + (endpoint == null ? "S3 in " + region : endpoint);
    }

    private static boolean isAddress(URI endpoint) {
        String path = Objects.requireNonNullElse(endpoint.getRawPath(), "");
        return ("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
                && endpoint.getHost() != null
                && endpoint.getRawUserInfo() == null
                && endpoint.getRawQuery() == null
                && endpoint.getRawFragment() == null
                && (path.isEmpty() || path.equals("/"));
    }

    private static void require(Pattern pattern, String value, String otherwise) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** An access key; never printed. */
    public record Credentials(String accessKeyId, String secretAccessKey) {

        public Credentials {
            if (accessKeyId.isBlank() || secretAccessKey.isBlank()) {
                throw new IllegalArgumentException("S3's credentials are an access key's id and its secret.");
            }
        }

        @Override
        public String toString() {
            return "Credentials[hidden]";
        }
    }
}
