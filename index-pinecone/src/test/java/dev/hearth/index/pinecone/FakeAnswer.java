package dev.hearth.index.pinecone;

import java.util.List;
import java.util.Map;

/** What the fake answers. */
record FakeAnswer(int status, Object body) {

    static FakeAnswer ok(Object body) {
        return new FakeAnswer(200, body);
    }

    /** An error in the shape of google.rpc.Status, which the API has. */
    static FakeAnswer error(int status, int code, String message) {
        return new FakeAnswer(status, Map.of("code", code, "message", message, "details", List.of()));
    }

    static FakeAnswer invalid(String message) {
        return error(400, 3, message);
    }

    static FakeAnswer notFound() {
        return error(404, 5, "Namespace not found");
    }
}
