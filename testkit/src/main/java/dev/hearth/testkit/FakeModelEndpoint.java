package dev.hearth.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model provider on the loopback address that does what a test tells it: OpenAI's chat completions, or Anthropic's
 * messages where the path ends in {@code /messages}; always as an event stream.
 *
 * <p>Requests are answered in order from what {@link #answer} queued, then by {@link #otherwise}. Nothing sleeps: delays
 * are gates, and {@link Request#awaitClientGone} wakes when the client closes its connection. Safe for many threads.
 */
public final class FakeModelEndpoint implements AutoCloseable {

    /** Clients that connect all at once must not have to knock twice. */
    private static final int BACKLOG = 1_024;

    private final ServerSocket server;
    private final Queue<FakeModelAnswer> answers = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Request> arrivals = new LinkedBlockingQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile FakeModelAnswer otherwise =
            FakeModelAnswer.says("Hello", " there.").usage(12, 8, 3);

    private FakeModelEndpoint(ServerSocket server) {
        this.server = server;
    }

    /** Listens on a free port. */
    public static FakeModelEndpoint start() {
        try {
            FakeModelEndpoint endpoint =
                    new FakeModelEndpoint(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("fake-model-accept").start(endpoint::accept);
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An address at which nobody listens: connecting to it is refused. */
    public static URI refusing() {
        FakeModelEndpoint endpoint = start();
        URI address = endpoint.baseUrl();
        endpoint.close();
        return address;
    }

    /** Where to send requests, {@code /v1} included. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
    }

    /** Queues the answer of one request. */
    public FakeModelEndpoint answer(FakeModelAnswer answer) {
        answers.add(answer);
        return this;
    }

    /** Answers so whenever no answer is queued; "Hello there." until told otherwise. */
    public FakeModelEndpoint otherwise(FakeModelAnswer answer) {
        otherwise = answer;
        return this;
    }

    /** Everything asked so far, oldest first. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The next request that no call of this method has answered yet; fails after {@code patience}. */
    public Request awaitRequest(Duration patience) throws InterruptedException {
        Request request = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (request == null) {
            throw new AssertionError("no request arrived within " + patience);
        }
        return request;
    }

    /** How many connections were ever opened; fewer than requests where they were kept alive. */
    public int connections() {
        return connections.get();
    }

    /** Stops listening and drops every connection. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request as it arrived. */
    public static final class Request {
        private final String path;
        private final Map<String, String> headers;
        private final String body;
        private final CountDownLatch gone;

        private Request(String path, Map<String, String> headers, String body, CountDownLatch gone) {
            this.path = path;
            this.headers = headers;
            this.body = body;
            this.gone = gone;
        }

        public String path() {
            return path;
        }

        /** The headers by lower-case name. */
        public Map<String, String> headers() {
            return Map.copyOf(headers);
        }

        public String body() {
            return body;
        }

        /** Whether the client's connection closed within {@code patience}; returns as soon as it does. */
        public boolean awaitClientGone(Duration patience) throws InterruptedException {
            return gone.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().name("fake-model").start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Reads for as long as the connection lives, also while an answer is written: that is how a leaving client is noticed. */
    private void serve(Socket socket) {
        CountDownLatch gone = new CountDownLatch(1);
        Thread writer = null;
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String start = line(in); !start.isEmpty(); start = line(in)) {
                if (writer != null) {
                    writer.join();
                }
                Request request = read(start, in, gone);
                FakeModelAnswer queued = answers.poll();
                FakeModelAnswer answer = queued != null ? queued : otherwise;
                requests.add(request);
                arrivals.add(request);
                OutputStream out = socket.getOutputStream();
                boolean anthropic = request.path().endsWith("/messages");
                FakeModelWriter script = new FakeModelWriter(socket, out, anthropic, answer, gone);
                writer = Thread.ofVirtual().name("fake-model-answer").start(script);
            }
        } catch (IOException | InterruptedException leaving) {
            // The client left, or the endpoint closes: both end the connection.
        } finally {
            gone.countDown();
            if (writer != null) {
                writer.interrupt();
            }
            open.remove(socket);
        }
    }

    private static Request read(String start, InputStream in, CountDownLatch gone) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Request(start.split(" ", -1)[1], headers, body, gone);
    }

    /** A line without its end; empty also where the stream has ended. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
