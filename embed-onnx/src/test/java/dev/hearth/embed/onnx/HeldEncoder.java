package dev.hearth.embed.onnx;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** An encoder that computes a window only when the test lets it: its "vector" is the window's second token. */
final class HeldEncoder implements Encoder {

    final List<Integer> computed = new CopyOnWriteArrayList<>();
    final List<Boolean> alone = new CopyOnWriteArrayList<>();
    final Semaphore entered = new Semaphore(0);
    final Semaphore permits = new Semaphore(0);
    volatile boolean closed;

    @Override
    public float[] encode(int[] tokens, boolean isAlone) {
        computed.add(tokens[1]);
        alone.add(isAlone);
        entered.release();
        permits.acquireUninterruptibly();
        if (tokens[1] < 0) {
            throw new IllegalStateException("broken on purpose");
        }
        return new float[] {tokens[1]};
    }

    @Override
    public void close() {
        closed = true;
    }
}
