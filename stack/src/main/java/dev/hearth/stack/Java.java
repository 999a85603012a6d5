package dev.hearth.stack;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** What the services on a JVM have in common. */
final class Java {

    static final String PROGRAM =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Stands first on the command line, for a list of processes may cut off the rest. */
    static final String MARK = "-Dhearth.stack=";

    private static final Duration SOON = Duration.ofSeconds(2);

    private Java() {}

    /** The jar or folder a class is loaded from. */
    static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The class " + type + " comes from a place without a path.", e);
        }
    }

    /** Whether an HTTP server answers there, whatever it says. */
    static boolean answers(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(SOON).build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(SOON).build()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() > 0;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("Interrupted.", e);
        }
    }
}
