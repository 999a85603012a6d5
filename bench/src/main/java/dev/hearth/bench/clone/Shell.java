package dev.hearth.bench.clone;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A command that runs in a folder, and ends with this object together with everything that it started. */
final class Shell implements AutoCloseable {

    private static final int TAIL = 3_000;
    private static final long ORDERLY_SECONDS = 20;

    private final Process process;
    private final Path output;
    private final Thread atExit;

    /**
     * @param output where to write what it says
     * @param environment added to this process's, of which nothing named HEARTH_... is handed on
     */
    Shell(List<String> command, Path folder, Path output, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")));
        builder.environment().keySet().removeIf(name -> name.startsWith("HEARTH_"));
        builder.environment().putAll(environment);
        this.process = builder.start();
        this.output = output;
        this.atExit = new Thread(this::end);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Waits until it has ended well; what it said. */
    String await(Duration patience) throws IOException, InterruptedException {
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw failure("It took over " + patience.toSeconds() + " s");
        }
        if (process.exitValue() != 0) {
            throw failure("It ended with " + process.exitValue());
        }
        return said();
    }

    /** Waits until it has said what is wanted. */
    void awaitSaid(Predicate<String> wanted, Duration patience) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!wanted.test(said())) {
            if (!process.isAlive()) {
                throw failure("It ended with " + process.exitValue());
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw failure("It took over " + patience.toSeconds() + " s");
            }
            Thread.sleep(20);
        }
    }

    private String said() throws IOException {
        return Files.readString(output);
    }

    private IOException failure(String what) throws IOException {
        String said = said().strip();
        return new IOException(
                what + ". The end of what it said: " + said.substring(Math.max(0, said.length() - TAIL)));
    }

    private void end() {
        List<ProcessHandle> all = process.descendants().toList();
        all.forEach(ProcessHandle::destroy);
        process.destroy();
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        end();
        if (!process.waitFor(ORDERLY_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // This process ends already, and its hook does the same.
            return;
        }
    }
}
