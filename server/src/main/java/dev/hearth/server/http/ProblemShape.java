package dev.hearth.server.http;

import dev.hearth.engine.problem.Code;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How problems are told on a path. */
public interface ProblemShape {

    String contentType();

    /**
     * The body.
     *
     * @param pointer what of the request is wrong; null for the whole of it
     */
    ObjectNode body(Code code, int status, String detail, @Nullable String pointer, String requestId);
}
