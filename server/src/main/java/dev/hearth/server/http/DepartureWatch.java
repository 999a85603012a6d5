package dev.hearth.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices at once when a client closes its connection while its request is being answered. A web server reads nothing
 * from an HTTP/1.1 connection while it answers, so it would learn of it by its next write only, and while a model thinks
 * there is none.
 *
 * <p>One thread watches all connections with a selector of its own. The byte that it has to read to tell a closed
 * connection from one on which the next request has come already is handed back to the connection; such a connection is
 * not watched any further. Safe for many threads.
 */
final class DepartureWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DepartureWatch.class);

    private final Selector selector;
    private final Queue<Watched> arriving = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    DepartureWatch() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new IllegalStateException("No selector could be opened.", e);
        }
        thread = Thread.ofPlatform().daemon().name("departures").start(this::run);
    }

    /**
     * Begins to watch; {@code onGone} is called at most once, soon after the client has left, on the watching thread: it
     * must be quick. Nothing is watched where the connection is not a plain socket.
     */
    ClientWatch watch(ServletContextRequest request, Runnable onGone) {
        Connection connection = request.getConnectionMetaData().getConnection();
        EndPoint endPoint = connection.getEndPoint();
        if (!(endPoint instanceof SocketChannelEndPoint socket)) {
            return () -> {};
        }
        Watched watched = new Watched(socket.getChannel(), connection, onGone);
        arriving.add(watched);
        selector.wakeup();
        return watched;
    }

    private void run() {
        while (!closed) {
            try {
                selector.select();
                for (Watched watched = arriving.poll(); watched != null; watched = arriving.poll()) {
                    watched.register();
                }
                selector.selectedKeys().forEach(key -> ((Watched) key.attachment()).readable());
                selector.selectedKeys().clear();
            } catch (IOException | RuntimeException e) {
                LOG.warn("Watching for clients that leave was disturbed; it goes on", e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(1_000);
            selector.close();
        } catch (IOException e) {
            LOG.debug("The selector did not close cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Watched implements ClientWatch {

        private final SocketChannel channel;
        private final Connection connection;
        private final Runnable onGone;
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable SelectionKey key;
        private @Nullable ByteBuffer next;
        private boolean ended;

        Watched(SocketChannel channel, Connection connection, Runnable onGone) {
            this.channel = channel;
            this.connection = connection;
            this.onGone = onGone;
        }

        void register() throws IOException {
            lock.lock();
            try {
                if (!ended) {
                    key = registered();
                }
            } catch (ClosedChannelException e) {
                gone();
            } finally {
                lock.unlock();
            }
        }

        /** The key of the connection's last request may not be off the selector yet. */
        private SelectionKey registered() throws IOException {
            try {
                return channel.register(selector, SelectionKey.OP_READ, this);
            } catch (CancelledKeyException e) {
                selector.selectNow();
                return channel.register(selector, SelectionKey.OP_READ, this);
            }
        }

        void readable() {
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                ByteBuffer one = ByteBuffer.allocate(1);
                int read = channel.read(one);
                if (read < 0) {
                    gone();
                } else if (read > 0) {
                    next = one.flip();
                    cancel();
                }
            } catch (IOException e) {
                gone();
            } finally {
                lock.unlock();
            }
        }

        private void gone() {
            ended = true;
            cancel();
            onGone.run();
        }

        private void cancel() {
            if (key != null) {
                key.cancel();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                ended = true;
                cancel();
                if (next != null && connection instanceof Connection.UpgradeTo buffering) {
                    buffering.onUpgradeTo(next);
                    next = null;
                }
            } finally {
                lock.unlock();
            }
            selector.wakeup();
        }
    }
}
