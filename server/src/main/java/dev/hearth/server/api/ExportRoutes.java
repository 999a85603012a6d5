package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.engine.export.ExportEntry;
import dev.hearth.engine.problem.Code;
import dev.hearth.engine.problem.Problem;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.HttpServer;
import dev.hearth.server.http.Json;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Outflow;
import dev.hearth.server.http.Problems;
import dev.hearth.server.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything about one user, a JSON object a line, each with a {@code type}. An export that fails on the way ends with a
 * line of type {@code error}.
 */
final class ExportRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(ExportRoutes.class);

    private final Supplier<Engine> engine;

    ExportRoutes(Supplier<Engine> engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(Route.keyed(Method.GET, "/v1/users/{external_id}/export", this::export));
    }

    private void export(Exchange exchange) throws IOException {
        String externalId = Names.externalId(exchange);
        Lines lines = new Lines(exchange);
        try {
            engine.get().exports().export(externalId, entry -> lines.write(line(entry)));
            lines.end();
        } catch (UncheckedIOException e) {
            // The client left: there is nobody to tell.
            throw e.getCause();
        } catch (RuntimeException e) {
            if (!lines.begun()) {
                throw e;
            }
            LOG.error("Request {}: an export ended early", exchange.requestId(), e);
            ObjectNode line = typed("error");
            line.set("problem", problem(e, exchange.requestId()));
            lines.write(line);
            lines.end();
        }
    }

    private static ObjectNode problem(RuntimeException failure, String requestId) {
        return failure instanceof Problem problem
                ? Problems.body(problem.code(), problem.detail(), requestId)
                : Problems.body(Code.INTERNAL, HttpServer.INTERNAL, requestId);
    }

    private static ObjectNode line(ExportEntry entry) {
        return switch (entry) {
            case ExportEntry.OfUser(var user) -> typed("user").setAll(Answers.user(user));
            case ExportEntry.OfRelationship(var relationship) ->
                typed("relationship").setAll(Answers.relationship(relationship));
            case ExportEntry.OfMessage(var relationship, var message, var externalId, var session) -> {
                ObjectNode line =
                        typed("message").put("relationship_id", relationship).setAll(Answers.message(message));
                if (!externalId.isEmpty()) {
                    line.put("external_id", externalId);
                }
                yield line.put("session", session);
            }
            case ExportEntry.OfMemory(var relationship, var memory) ->
                typed("memory").put("relationship_id", relationship).setAll(Answers.memory(memory));
            case ExportEntry.OfTurn(var relationship, var trace) ->
                typed("turn").put("relationship_id", relationship).setAll(Answers.trace(trace));
        };
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }

    /** The lines on their way; the answer begins with the first, so that a problem before it is an ordinary one. */
    private static final class Lines {

        private final Exchange exchange;
        private @Nullable Outflow out;

        Lines(Exchange exchange) {
            this.exchange = exchange;
        }

        boolean begun() {
            return out != null;
        }

        private Outflow out() throws IOException {
            Outflow begun = out;
            if (begun == null) {
                begun = exchange.stream("application/x-ndjson");
                out = begun;
            }
            return begun;
        }

        void write(ObjectNode line) {
            try {
                out().write(Json.write(line) + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void end() throws IOException {
            out().flush();
        }
    }
}
