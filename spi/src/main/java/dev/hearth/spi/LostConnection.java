package dev.hearth.spi;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What became of a connection to a store on a server, in words for whoever operates Hearth. */
public final class LostConnection {

    private LostConnection() {}

    /**
     * What happened, as a clause without a full stop: no classes, no addresses, nothing of what was sent.
     *
     * @param failure a failure whose causes are looked through
     * @return null where it is no connection's
     */
    public static @Nullable String words(@Nullable Throwable failure) {
        if (caused(failure, UnknownHostException.class) || caused(failure, UnresolvedAddressException.class)) {
            return "there is no address for its host's name";
        }
        if (caused(failure, SSLException.class)) {
            return "no encrypted connection came about (wrong scheme, or a certificate that is not trusted)";
        }
        if (caused(failure, NoRouteToHostException.class)) {
            return "no route leads there";
        }
        if (caused(failure, SocketTimeoutException.class) || caused(failure, HttpTimeoutException.class)) {
            return "it did not answer in time";
        }
        if (caused(failure, ConnectException.class)) {
            return "nothing takes a connection there";
        }
        return caused(failure, IOException.class) ? "the connection broke before the answer's end" : null;
    }

    private static boolean caused(@Nullable Throwable failure, Class<? extends Throwable> by) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (by.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
