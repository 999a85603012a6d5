package dev.hearth.server.command;

import dev.hearth.server.auth.OperatorKey;
import dev.hearth.server.config.Config;
import dev.hearth.server.config.ModelConfig;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** What is printed when the server is ready: enough to try it by hand. */
final class Greeting {

    private Greeting() {}

    static void print(PrintWriter out, Config config, OperatorKey key, int port) {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        String address = "http://" + host + ":" + port;
        boolean ownKey = config.apiKey() == null;
        out.println("Hearth is ready.");
        out.println("  address  " + address);
        // The fragment stays in the browser: it is in no request and in no log of a proxy.
        out.println("  open     " + address + "/" + (ownKey ? "#key=" + key.reveal() : ""));
        // A key that the operator keeps elsewhere does not belong into a log.
        out.println("  key      " + (ownKey ? key.reveal() : "(as configured)"));
        out.println("  data     " + config.data());
        out.println("  voice    " + voice(config.model(), config.fallback()));
        out.println();
        out.println("Try it:");
        out.println("  curl -X PUT " + address + "/v1/companions/aria " + header(key, ownKey)
                + " -d '{\"name\":\"Aria\",\"personality\":{\"core_traits\":[\"warm\",\"curious\"]}}'");
        out.println("  curl -X PUT " + address + "/v1/companions/aria/users/me " + header(key, ownKey));
        out.println("  curl " + address + "/v1/relationships/aria:me/messages " + header(key, ownKey)
                + " -d '{\"text\":\"My cat is called Miso.\"}'");
        out.flush();
    }

    private static String header(OperatorKey key, boolean ownKey) {
        return "-H \"Authorization: Bearer " + (ownKey ? key.reveal() : "$HEARTH_API_KEY") + "\"";
    }

    private static String voice(ModelConfig model, @Nullable ModelConfig fallback) {
        String first = model.kind() == ModelConfig.Kind.OFFLINE
                ? "no model configured: offline voice"
                : model.name() + (model.url() == null ? "" : " at " + model.url());
        return fallback == null
                ? first
                : first + ", then "
                        + (fallback.kind() == ModelConfig.Kind.OFFLINE ? "the offline voice" : fallback.name());
    }
}
