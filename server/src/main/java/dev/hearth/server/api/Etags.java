package dev.hearth.server.api;

import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Entity tags: a hash of the answer. {@code If-Match} is checked against what is stored just before a change; two changes
 * at the same instant can both pass, so it guards against overwriting what somebody else saved earlier and is no lock.
 */
final class Etags {

    private Etags() {}

    static void answer(Exchange exchange, ObjectNode body) {
        exchange.setHeader("ETag", of(body));
        exchange.json(body);
    }

    /** Refuses a change where the client names another state than the stored one. */
    static void check(Exchange exchange, Supplier<ObjectNode> stored) {
        String wanted = exchange.header("If-Match");
        if (wanted == null) {
            return;
        }
        String current = of(stored.get());
        boolean matches = wanted.strip().equals("*")
                || Arrays.stream(wanted.split(",")).anyMatch(tag -> tag.strip().equals(current));
        if (!matches) {
            throw Refusal.changedMeanwhile(
                    "What is stored has changed since the state that If-Match names. Read it again and repeat the change.");
        }
    }

    private static String of(ObjectNode body) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(Json.write(body).getBytes(StandardCharsets.UTF_8));
            return "\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
