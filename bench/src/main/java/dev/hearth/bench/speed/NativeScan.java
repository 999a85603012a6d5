package dev.hearth.bench.speed;

import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.kernel.vector.QuantizedVector;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The scan in C with AVX-512 VNNI, compiled on this machine from the source beside this class and run as a process of
 * its own, on one core where {@code taskset} is there.
 */
final class NativeScan implements AutoCloseable {

    private static final int LIMIT_SECONDS = 60;

    private final TemporaryFolder folder;
    private final @Nullable String missing;

    private NativeScan(TemporaryFolder folder, @Nullable String missing) {
        this.folder = folder;
        this.missing = missing;
    }

    /** What one run gave. */
    record Run(long shortestNanos, long medianNanos, List<Integer> best) {}

    /** Compiles it; see {@link #missing} for whether that went well. */
    static NativeScan compile() {
        TemporaryFolder folder = TemporaryFolder.make();
        return new NativeScan(folder, build(folder.path()));
    }

    /** Why there is nothing to compare with, null where there is. */
    @Nullable
    String missing() {
        return missing;
    }

    /** Scans for {@code seconds}; the query is rounded to 8 bits as a row is. */
    Run run(List<QuantizedVector> rows, QuantizedVector query, int best, double seconds) {
        try {
            Path data = folder.path().resolve("rows");
            write(data, rows, query, best);
            List<String> command = new ArrayList<>();
            if (found("taskset")) {
                command.addAll(List.of("taskset", "-c", "0"));
            }
            command.addAll(List.of(folder.path().resolve("scan").toString(), data.toString(), "" + seconds));
            String[] numbers = output(command).strip().split(" ", -1);
            return new Run(
                    Long.parseLong(numbers[0]),
                    Long.parseLong(numbers[1]),
                    Arrays.stream(numbers).skip(2).map(Integer::valueOf).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path to, List<QuantizedVector> rows, QuantizedVector query, int best) throws IOException {
        int dimension = query.values().length;
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(to))) {
            ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
            head.putInt(rows.size()).putInt(dimension).putInt(best);
            out.write(head.array());
            out.write(query.values());
            ByteBuffer values = ByteBuffer.allocate(rows.size() * dimension);
            ByteBuffer scales = ByteBuffer.allocate(rows.size() * 4).order(ByteOrder.nativeOrder());
            for (QuantizedVector row : rows) {
                values.put(row.values());
                scales.putFloat(row.scale());
            }
            out.write(values.array());
            out.write(scales.array());
        }
    }

    private static @Nullable String build(Path folder) {
        if (!found("cc")) {
            return "there is no C compiler (cc) on the PATH";
        }
        try {
            String processor = Files.exists(Path.of("/proc/cpuinfo")) ? Files.readString(Path.of("/proc/cpuinfo")) : "";
            if (!processor.contains("avx512_vnni")) {
                return "this processor has no AVX-512 VNNI";
            }
            Path source = folder.resolve("scan.c");
            try (InputStream code = NativeScan.class.getResourceAsStream("scan.c")) {
                if (code == null) {
                    throw new IllegalStateException("scan.c is missing beside this class; build the project anew.");
                }
                Files.copy(code, source);
            }
            output(List.of(
                    "cc", "-O3", "-march=native", "-o", folder.resolve("scan").toString(), source.toString()));
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean found(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + command.getFirst() + ".", e);
        } finally {
            process.destroyForcibly();
        }
        return said;
    }

    @Override
    public void close() {
        folder.close();
    }
}
