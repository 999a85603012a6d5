package dev.hearth.server.http;

/** The request methods that routes use. */
public enum Method {
    GET,
    PUT,
    PATCH,
    POST,
    DELETE
}
