package dev.hearth.bench.speed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code hearth bench jmh}. */
@Command(
        name = "jmh",
        description =
                "Runs the microbenchmarks. Everything after jmh goes to JMH: a pattern of names, -f 1, -wi 3, -h ...")
public final class BenchJmh implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Main.main(arguments.toArray(String[]::new));
        return 0;
    }
}
