package dev.hearth.index.pinecone;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which index, and by what right.
 *
 * @param address {@code https} and the index's own host; {@code http} on this machine only, because the key goes with
 *     every request
 * @param apiKey of the index's project; never printed
 */
public record PineconeSettings(URI address, String apiKey) {

    private static final Pattern KEY = Pattern.compile("[!-~]{1,512}");
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    public PineconeSettings {
        if (!isAddress(address)) {
            throw new IllegalArgumentException("Pinecone's host is the index's own, as its console shows it:"
                    + " https://NAME-PROJECT.svc.REGION.pinecone.io, without credentials, path or query.");
        }
        if (!KEY.matcher(apiKey).matches()) {
            throw new IllegalArgumentException("Pinecone's API key is visible ASCII without spaces.");
        }
    }

    /**
     * As the other.
     *
     * @param host an address, or a host alone, as Pinecone's API names it
     */
    public static PineconeSettings of(String host, String apiKey) {
        String text = host.strip();
        return new PineconeSettings(URI.create(text.contains("://") ? text : "https://" + text), apiKey.strip());
    }

    /** What is fit for a message. */
    String where() {
        return "the Pinecone index at " + address.getRawAuthority();
    }

    URI at(String resource) {
        return address.resolve(resource);
    }

    private static boolean isAddress(URI address) {
        String path = Objects.requireNonNullElse(address.getRawPath(), "");
        String host = address.getHost();
        boolean safe = "https".equals(address.getScheme())
                || ("http".equals(address.getScheme())
                        && host != null
                        && THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT)));
        return safe
                && host != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && (path.isEmpty() || path.equals("/"));
    }

    @Override
    public String toString() {
        return "PineconeSettings[" + address + "]";
    }
}
