package dev.hearth.client;

import dev.hearth.client.HearthUnreachable.Reason;
import dev.hearth.client.data.Memory;
import dev.hearth.client.data.Message;
import dev.hearth.client.data.Relationship;
import dev.hearth.client.data.TurnTrace;
import dev.hearth.client.data.User;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An export, line by line, as it comes. {@link #next} throws {@link HearthException} where the export failed on the way,
 * and {@link HearthUnreachable} where it broke off. For one thread; {@link #close} may be called by any.
 */
public final class ExportStream implements Iterator<ExportLine>, AutoCloseable {

    private final Lines lines;
    private @Nullable ExportLine ahead;
    private boolean ended;

    ExportStream(Lines lines) {
        this.lines = lines;
    }

    @Override
    public boolean hasNext() {
        if (ahead == null && !ended) {
            ahead = read();
            ended = ahead == null;
        }
        return ahead != null;
    }

    @Override
    public ExportLine next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The export is at its end.");
        }
        ExportLine line = Objects.requireNonNull(ahead);
        ahead = null;
        return line;
    }

    private @Nullable ExportLine read() {
        try {
            String line = lines.next();
            while (line != null && line.isBlank()) {
                line = lines.next();
            }
            return line == null ? null : new ExportLine(line, entry(Json.read(line, JsonNode.class)));
        } catch (IOException e) {
            if (lines.closed()) {
                return null;
            }
            ended = true;
            throw new HearthUnreachable(Reason.BROKEN, "The export broke off before its end.", e);
        }
    }

    private ExportEntry entry(JsonNode line) {
        String type = line.path("type").asString("");
        return switch (type) {
            case "user" -> new ExportEntry.OfUser(Json.convert(line, User.class));
            case "relationship" -> new ExportEntry.OfRelationship(Json.convert(line, Relationship.class));
            case "message" ->
                new ExportEntry.OfMessage(
                        line.path("relationship_id").asString(""),
                        Json.convert(line, Message.class),
                        text(line.path("external_id")),
                        line.path("session").asLong(0));
            case "memory" ->
                new ExportEntry.OfMemory(line.path("relationship_id").asString(""), Json.convert(line, Memory.class));
            case "turn" ->
                new ExportEntry.OfTurn(line.path("relationship_id").asString(""), Json.convert(line, TurnTrace.class));
            case "error" -> {
                ended = true;
                throw Problems.of(line.path("problem"));
            }
            default -> new ExportEntry.Other(type);
        };
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    @Override
    public void close() {
        lines.close();
    }
}
