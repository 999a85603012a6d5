package dev.hearth.courier.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A body that nobody reads: a short one is thrown away, so that its connection serves again; a long one is cut off. */
final class Unread implements HttpResponse.BodySubscriber<Unread> {

    private static final long SHORT = 16_384;

    private final CompletableFuture<Unread> done = new CompletableFuture<>();
    private Flow.@org.jspecify.annotations.Nullable Subscription subscription;
    private long read;

    @Override
    public CompletionStage<Unread> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            read += buffer.remaining();
        }
        if (read > SHORT && subscription != null) {
            subscription.cancel();
            done.complete(this);
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The status came: what it said of the message holds, however its body ended.
        done.complete(this);
    }

    @Override
    public void onComplete() {
        done.complete(this);
    }
}
