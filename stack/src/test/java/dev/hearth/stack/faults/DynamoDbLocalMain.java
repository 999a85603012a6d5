package dev.hearth.stack.faults;

import java.io.IOException;
import java.lang.reflect.Method;

/**
 * Runs DynamoDB local, in memory, in a process whose class path is its own jars and this class, which therefore knows it
 * by name only. Says {@value #READY} when it listens, and ends when its input does: with whoever started it.
 */
final class DynamoDbLocalMain {

    static final String READY = "ready";

    private DynamoDbLocalMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        String[] options = {"-inMemory", "-disableTelemetry", "-port", arguments[0]};
        Method create = Class.forName("com.amazonaws.services.dynamodbv2.local.main.ServerRunner")
                .getMethod("createServerFromCommandLineArgs", String[].class);
        Object server = create.invoke(null, (Object) options);
        server.getClass().getMethod("start").invoke(server);
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // What is read means nothing; its end does.
        }
        Runtime.getRuntime().halt(0);
    }
}
