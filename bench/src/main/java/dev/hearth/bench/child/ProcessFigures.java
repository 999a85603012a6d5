package dev.hearth.bench.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Linux tells of a process under {@code /proc}. Every call reads anew; where there is no {@code /proc}, or the process
 * is gone, each is an {@link UncheckedIOException}.
 */
public final class ProcessFigures {

    private static final String OPEN_FILES = "Max open files";

    private final Path folder;

    ProcessFigures(long pid) {
        this.folder = Path.of("/proc", Long.toString(pid));
    }

    /** Of this process. */
    public static ProcessFigures own() {
        return new ProcessFigures(ProcessHandle.current().pid());
    }

    /** The memory that it holds, in megabytes (RSS). */
    public double memory() {
        return megabytes("VmRSS:");
    }

    /** The most memory that it ever held, in megabytes. */
    public double mostMemory() {
        return megabytes("VmHWM:");
    }

    public long openFiles() {
        try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many files it may have open, as {@code ulimit -n} says; {@link Long#MAX_VALUE} without a limit. */
    public long openFilesLimit() {
        String limit = field("limits", OPEN_FILES).split("\\s+", 2)[0];
        return limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit);
    }

    private double megabytes(String name) {
        return Long.parseLong(field("status", name).split("\\s+", 2)[0]) / 1024.0;
    }

    private String field(String file, String name) {
        try (Stream<String> lines = Files.lines(folder.resolve(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(name.length()).strip())
                    .orElseThrow(() -> new IOException(folder.resolve(file) + " has no line " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
