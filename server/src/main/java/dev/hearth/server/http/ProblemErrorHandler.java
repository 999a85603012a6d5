package dev.hearth.server.http;

import dev.hearth.engine.problem.Code;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the web server refuses before any of our code runs, as a problem like every other. */
final class ProblemErrorHandler extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? HttpStatus.INTERNAL_SERVER_ERROR_500 : response.getStatus();
        // What is not implemented, or not this version, is the client's to change.
        boolean ours = status >= 500
                && status != HttpStatus.NOT_IMPLEMENTED_501
                && status != HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
        Code code = ours
                ? Code.INTERNAL
                : status == 413 || status == 431 || status == 414
                        ? Code.TOO_LARGE
                        : status == 404 ? Code.NOT_FOUND : Code.INVALID_REQUEST;
        String requestId = RequestIds.fresh();
        String detail = ours
                ? HttpServer.INTERNAL
                : "The request is not valid HTTP, or its line or headers are too long (" + HttpStatus.getMessage(status)
                        + ").";
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.CONTENT_TYPE);
        response.getHeaders().put(RequestIds.HEADER, requestId);
        // Where the next request would begin is not known any more.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        Content.Sink.write(
                response,
                true,
                new String(
                        Json.bytes(Problems.body(code, status, detail, null, requestId)),
                        java.nio.charset.StandardCharsets.UTF_8),
                callback);
        return true;
    }
}
