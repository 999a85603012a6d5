package dev.hearth.bench.child;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Who used the machine's processors since this was made: a server, this process, everything else. For one thread. */
public final class CoreShare {

    private final ServerProcess server;
    private final Duration serverBefore;
    private final Duration ownBefore;
    private final long start;

    public CoreShare(ServerProcess server) {
        this.server = server;
        this.serverBefore = server.cpu();
        this.ownBefore = ownCpu();
        machineLoad();
        this.start = System.nanoTime();
    }

    /**
     * In cores, on average.
     *
     * @param own of this process
     * @param other of everything else, the system included; 0 where the platform does not tell
     */
    public record Used(double server, double own, double other) {}

    /** Until now; meant to be asked once. */
    public Used used() {
        double nanos = System.nanoTime() - start;
        double serverCores = server.cpu().minus(serverBefore).toNanos() / nanos;
        double ownCores = ownCpu().minus(ownBefore).toNanos() / nanos;
        return new Used(serverCores, ownCores, Math.max(0, machineLoad() - serverCores - ownCores));
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The cores in use on the machine since the last call, 0 where the platform does not tell. */
    private static double machineLoad() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(0, system.getCpuLoad()) * system.getAvailableProcessors()
                : 0;
    }
}
