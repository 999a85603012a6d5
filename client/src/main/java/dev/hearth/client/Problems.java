package dev.hearth.client;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads RFC 9457 problems; whatever else came instead is told as code {@code UNKNOWN}. */
final class Problems {

    private Problems() {}

    static HearthException of(int status, byte[] body, @Nullable String retryAfter, InstantSource clock) {
        Duration wait = wait(retryAfter, clock);
        JsonNode problem;
        try {
            problem = Json.read(new String(body, StandardCharsets.UTF_8), JsonNode.class);
        } catch (HearthException e) {
            return foreign(status, wait);
        }
        return problem.path("code").isString() ? of(status, problem, wait) : foreign(status, wait);
    }

    /** A problem within a stream, whose status is its own. */
    static HearthException of(JsonNode problem) {
        return of(problem.path("status").asInt(500), problem, null);
    }

    private static HearthException of(int status, JsonNode problem, @Nullable Duration wait) {
        JsonNode error = problem.path("errors").path(0);
        return new HearthException(
                HearthException.Code.of(problem.path("code").asString("")),
                status,
                problem.path("detail").asString(problem.path("title").asString("The server gave no reason.")),
                text(problem.path("request_id")),
                text(error.path("pointer")),
                wait);
    }

    private static HearthException foreign(int status, @Nullable Duration wait) {
        return new HearthException(
                HearthException.Code.UNKNOWN,
                status,
                "The answer is no problem of Hearth's; something between here and the server, or another server, gave"
                        + " it.",
                null,
                null,
                wait);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    /** Seconds or a date (RFC 9110, 10.2.3). */
    private static @Nullable Duration wait(@Nullable String header, InstantSource clock) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Duration wait = Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
