package dev.hearth.stack;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The stack of one folder. */
final class Stack {

    private final StackFolder folder;
    private final Path dynamoJars;
    private final PrintWriter out;

    /**
     * @param dynamoJars where DynamoDB local's jars are; need not exist to stop it
     */
    Stack(StackFolder folder, Path dynamoJars, PrintWriter out) {
        this.folder = folder;
        this.dynamoJars = dynamoJars;
        this.out = out;
    }

    /** Starts what does not run, and waits until everything answers. */
    void up(boolean licenceAccepted) {
        try (FileChannel lock = folder.lock()) {
            StackSettings settings = StackSettings.in(folder);
            List<LocalProcess> processes = processes(settings);
            refuseWithoutLicence(processes, licenceAccepted);
            boolean allRan = true;
            for (LocalProcess process : processes) {
                Optional<ProcessHandle> running = process.running();
                ProcessHandle handle = running.orElseGet(process::start);
                process.await(handle);
                Service service = process.service();
                out.println("  " + service.name() + " (" + service.title() + ") "
                        + (running.isPresent() ? "is up" : "was started") + ": 127.0.0.1:"
                        + settings.port(service.name()) + ", pid " + handle.pid());
                out.flush();
                allRan &= running.isPresent();
            }
            Contents.make(settings);
            folder.write(folder.configuration(), Configuration.of(folder, settings));
            tell(allRan);
        } catch (IOException e) {
            throw new Refused("The lock of " + folder.home() + " could not be given back (" + e + ").", e);
        }
    }

    /** Stops what runs, and nothing else. */
    void down() {
        if (!folder.exists()) {
            throw new Refused("There is no stack in " + folder.home() + ".");
        }
        try (FileChannel lock = folder.lock()) {
            for (LocalProcess process : processes(StackSettings.in(folder)).reversed()) {
                String name = process.service().name();
                Optional<ProcessHandle> running = process.running();
                if (running.isPresent()) {
                    process.stop(running.get());
                    out.println("  " + name + " was stopped.");
                } else {
                    out.println("  " + name
                            + (process.isAnothers()
                                    ? " does not run any more: its pid is another process's now, which is left alone."
                                    : " does not run."));
                    process.forget();
                }
                out.flush();
            }
            out.println("The stack is down. Its data are kept in " + folder.own("") + ".");
            out.flush();
        } catch (IOException e) {
            throw new Refused("The lock of " + folder.home() + " could not be given back (" + e + ").", e);
        }
    }

    private List<LocalProcess> processes(StackSettings settings) {
        return List.of(
                new LocalProcess(new Redis(folder, settings), folder, settings),
                new LocalProcess(new DynamoDbLocal(folder, settings, dynamoJars), folder, settings),
                new LocalProcess(new S3Proxy(folder, settings), folder, settings));
    }

    private static void refuseWithoutLicence(List<LocalProcess> processes, boolean accepted) {
        for (LocalProcess process : processes) {
            if (process.service() instanceof DynamoDbLocal && process.running().isEmpty() && !accepted) {
                throw new Refused(DynamoDbLocal.LICENCE
                        + " Nothing was started. Where you accept it, run this again with --accept-licenses.");
            }
        }
    }

    private void tell(boolean allRan) {
        String data = quoted(folder.home());
        out.println(allRan ? "The stack is up already." : "The stack is up.");
        out.println("The tables " + StackSettings.TABLE + " and " + StackSettings.KEYS_TABLE + " and the bucket "
                + StackSettings.BUCKET + " are there. Logs: " + folder.own("*.log"));
        out.println();
        out.println("Next:");
        out.println("  ./hearth serve --config " + quoted(folder.configuration()));
        out.println("and for a second server, once the first has made its keys:");
        out.println("  export HEARTH_API_KEY=$(cat " + quoted(folder.home().resolve("server/api-key")) + ")");
        out.println("  export HEARTH_OPERATOR_KEY=$(od -An -v -tx1 "
                + quoted(folder.home().resolve("server/keys/operator.key")) + " | tr -d ' \\n')");
        out.println("  ./hearth serve --config " + quoted(folder.configuration()) + " --data "
                + quoted(folder.home().resolve("server-2")) + " --port 8081");
        out.println("To end it: ./hearth stack down --data " + data);
        out.flush();
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
