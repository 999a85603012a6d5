package dev.hearth.stack;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process of a service: started, found again by its pid file and its command line, stopped. */
final class LocalProcess {

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration END = Duration.ofSeconds(15);

    private final Service service;
    private final StackFolder folder;
    private final StackSettings settings;

    LocalProcess(Service service, StackFolder folder, StackSettings settings) {
        this.service = service;
        this.folder = folder;
        this.settings = settings;
    }

    Service service() {
        return service;
    }

    /** The process that runs, where it is still the one that was started. */
    Optional<ProcessHandle> running() {
        return noted().filter(process -> process.info()
                .commandLine()
                .filter(line -> line.contains(service.mark()))
                .isPresent());
    }

    /** Whether the pid that was noted has become another process's. */
    boolean isAnothers() {
        return noted().isPresent() && running().isEmpty();
    }

    /** Starts it, on the port it had, or on a free one where that is taken. */
    ProcessHandle start() {
        if (!isFree(settings.port(service.name()))) {
            settings.port(service.name(), freePort());
        }
        try {
            Process started = new ProcessBuilder(service.command())
                    .directory(folder.folder(service.name()).toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            folder.write(pidFile(), started.pid() + "\n");
            return started.toHandle();
        } catch (IOException e) {
            throw new Refused(service.title() + " could not be started (" + e.getMessage() + ").", e);
        }
    }

    /** Waits until it answers. One that does not is left as it is, for its log and its state to be looked at. */
    void await(ProcessHandle process) {
        long end = System.nanoTime() + ANSWER.toNanos();
        while (!service.answers()) {
            if (!process.isAlive()) {
                throw new Refused(service.title() + " ended as soon as it was started. Its log says why: " + log());
            }
            if (System.nanoTime() - end > 0) {
                throw new Refused(service.title() + " does not answer within " + ANSWER.toSeconds()
                        + " seconds. See its log, " + log() + "; hearth stack down stops it.");
            }
            try {
                Thread.sleep(BETWEEN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refused("Interrupted while waiting for " + service.title() + ".", e);
            }
        }
    }

    /** Stops the process that {@link #running} has found. */
    void stop(ProcessHandle process) {
        boolean ignored = process.destroy();
        if (!ended(process)) {
            ignored = process.destroyForcibly();
            if (!ended(process)) {
                throw new Refused(service.title() + " (pid " + process.pid() + ") does not end. Stop it by hand.");
            }
        }
        forget();
    }

    /** Drops the note of a process that is gone. */
    void forget() {
        try {
            Files.deleteIfExists(pidFile());
        } catch (IOException e) {
            throw new Refused("The file " + pidFile() + " cannot be deleted (" + e + ").", e);
        }
    }

    private Optional<ProcessHandle> noted() {
        if (!Files.exists(pidFile())) {
            return Optional.empty();
        }
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()))
                    .filter(ProcessHandle::isAlive);
        } catch (IOException | NumberFormatException e) {
            throw new Refused(
                    "The file " + pidFile()
                            + " holds no pid. Stop the process by hand if it runs, and delete the file.",
                    e);
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(END.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("Interrupted.", e);
        }
    }

    private Path pidFile() {
        return folder.own(service.name() + ".pid");
    }

    private Path log() {
        return folder.own(service.name() + ".log");
    }

    private static boolean isFree(int port) {
        if (port == 0) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Refused("There is no free port on the loopback address (" + e.getMessage() + ").", e);
        }
    }
}
