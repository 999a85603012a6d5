package dev.hearth.server.http;

import dev.hearth.engine.problem.Code;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request and its answer, as a route sees them. For one thread. */
public final class Exchange {

    /** The most bytes a body may have where a route says nothing else. */
    public static final int MAX_BODY = 1 << 20;

    private static final String REQUEST_ID = "hearth.request_id";
    private static final String CALLER = "hearth.caller";

    private final Context context;
    private final Route route;
    private final DepartureWatch departures;
    private final HttpServer.FailureLog failures;

    Exchange(Context context, Route route, DepartureWatch departures, HttpServer.FailureLog failures) {
        this.failures = failures;
        this.context = context;
        this.route = route;
        this.departures = departures;
    }

    /**
     * Watches whether the client leaves before it is answered. Read the body first.
     *
     * @param onGone called at most once, on another thread; must be quick
     */
    public ClientWatch watchClient(Runnable onGone) {
        return departures.watch(ServletContextRequest.getServletContextRequest(context.req()), onGone);
    }

    static String requestId(Context context) {
        String known = context.attribute(REQUEST_ID);
        if (known != null) {
            return known;
        }
        String id = RequestIds.of(context.header(RequestIds.HEADER));
        context.attribute(REQUEST_ID, id);
        return id;
    }

    public String requestId() {
        return requestId(context);
    }

    /** Tells the log of a failure that the client is told of inside of an answer. */
    public void failed(RuntimeException failure) {
        failures.failed(requestId(), route.name(), failure);
    }

    void setCaller(Caller caller) {
        context.attribute(CALLER, caller);
    }

    /** Who sent it. Only on routes that need a key. */
    public Caller caller() {
        Caller caller = context.attribute(CALLER);
        if (caller == null) {
            throw new IllegalStateException("This route needs no key, so nobody in particular called it.");
        }
        return caller;
    }

    /** A varying part of the path, decoded once. */
    public String path(String name) {
        return RawPath.segment(context.path(), route.template(), name);
    }

    public @Nullable String header(String name) {
        return context.header(name);
    }

    public boolean accepts(String mediaType) {
        String accept = context.header("Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains(mediaType);
    }

    public boolean hasBodyType(String mediaType) {
        String type = context.header("Content-Type");
        return type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(mediaType);
    }

    /** Whether the request came from this machine, and not through a proxy on it. */
    public boolean isLocal() {
        return Gate.isLoopback(context.ip())
                && context.header("X-Forwarded-For") == null
                && context.header("Forwarded") == null;
    }

    /** The query's parameters; others than {@code known} are refused, and so is one that stands twice. */
    public Map<String, String> query(Set<String> known) {
        Map<String, String> query = new HashMap<>();
        for (Map.Entry<String, List<String>> parameter : context.queryParamMap().entrySet()) {
            String name = parameter.getKey();
            if (!known.contains(name)) {
                throw new Refusal(
                        Code.UNKNOWN_FIELD,
                        Texts.shown(name, 64),
                        "Unknown query parameter \"" + Texts.shown(name, 64) + "\"; known here: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
            if (parameter.getValue().size() > 1) {
                throw Refusal.invalid(name, "The query parameter \"" + name + "\" is given twice.");
            }
            query.put(name, parameter.getValue().getFirst());
        }
        return query;
    }

    /** The body as text: well-formed UTF-8 of at most {@code limit} bytes. */
    public String text(int limit) throws IOException {
        return Json.strictUtf8(Body.read(context.req(), limit));
    }

    /** The body as JSON: one object with these fields and no others. */
    public Fields fields(int limit, Set<String> known) throws IOException {
        return Fields.of(Json.parse(text(limit)), known);
    }

    public Fields fields(Set<String> known) throws IOException {
        return fields(MAX_BODY, known);
    }

    public void setHeader(String name, String value) {
        context.header(name, value);
    }

    public void json(JsonNode body) {
        json(200, body);
    }

    public void json(int status, JsonNode body) {
        context.status(status).contentType("application/json").result(Json.bytes(body));
    }

    public void plain(String contentType, String body) {
        context.status(200).contentType(contentType).result(body);
    }

    public void bytes(String contentType, byte[] body) {
        context.status(200).contentType(contentType).result(body);
    }

    /** The client has it already, by the entity tag that it sent. */
    public void notModified() {
        context.status(304);
    }

    /** Taken, and there is nothing to say. */
    public void accepted() {
        context.status(202);
    }

    public void noContent() {
        context.status(204);
    }

    /** Begins an answer that is written piece by piece. From here on a problem can only be told inside of it. */
    public Outflow stream(String contentType) throws IOException {
        Body.finish(context);
        context.status(200)
                .contentType(contentType)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
        return new Outflow(context.res().getOutputStream());
    }
}
