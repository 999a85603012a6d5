package dev.hearth.stack;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs DynamoDB local in a process whose class path is its own jars and this class, which therefore knows it by name
 * only. The arguments are its port and its folder.
 */
final class DynamoDbLocalMain {

    private static final String JETTY = "org.eclipse.jetty.server.Server";

    private DynamoDbLocalMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        String[] options = {"-sharedDb", "-disableTelemetry", "-port", arguments[0], "-dbPath", arguments[1]};
        Method create = Class.forName("com.amazonaws.services.dynamodbv2.local.main.ServerRunner")
                .getMethod("createServerFromCommandLineArgs", String[].class);
        Object server = create.invoke(null, (Object) options);
        listenOnLoopback(server);
        server.getClass().getMethod("start").invoke(server);
    }

    /** It has no option for its address, and would let in everybody who reaches this machine: it asks for no password. */
    private static void listenOnLoopback(Object server) throws ReflectiveOperationException {
        Field field = Arrays.stream(server.getClass().getDeclaredFields())
                .filter(candidate -> candidate.getType().getName().equals(JETTY))
                .findFirst()
                .orElseThrow(() -> new NoSuchFieldException("DynamoDB local does not stand on Jetty any more."));
        field.setAccessible(true);
        Object jetty = field.get(server);
        for (Object connector :
                (Object[]) Class.forName(JETTY).getMethod("getConnectors").invoke(jetty)) {
            connector.getClass().getMethod("setHost", String.class).invoke(connector, "127.0.0.1");
        }
    }
}
