package dev.hearth.store.dynamodb;

import dev.hearth.spi.LostConnection;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * What DynamoDB and the way to it say, in the words of the contract. Names the table and DynamoDB's code of the error,
 * never a key, a value or a credential.
 */
final class Failures {

    /** What a failed request leaves to do. */
    enum Trouble {
        /** Refused for now, and nothing happened: throttled, or in the way of another transaction. */
        BUSY,
        /** Never arrived. */
        UNREACHED,
        /** Broken, or the answer was lost: it may have happened. */
        UNSURE,
        /** Ended by its deadline or by an interrupt: it may have happened. */
        ENDED,
        /** No repetition helps. */
        FINAL
    }

    private static final Set<String> BUSY = Set.of(
            "ProvisionedThroughputExceededException",
            "ProvisionedThroughputExceeded",
            "ThrottlingException",
            "Throttling",
            "ThrottlingError",
            "RequestLimitExceeded",
            "TransactionConflictException",
            "TransactionConflict",
            "TransactionInProgressException",
            "ReplicatedWriteConflictException",
            "LimitExceededException");

    private static final Set<String> NO_RIGHTS = Set.of("AccessDeniedException", "AccessDenied");

    private static final Set<String> NOT_KNOWN = Set.of(
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "IncompleteSignatureException",
            "MissingAuthenticationTokenException",
            "MissingAuthenticationToken",
            "ExpiredTokenException",
            "ExpiredToken");

    private static final int SERVER_ERROR = 500;

    private Failures() {}

    static Trouble trouble(SdkException failure) {
        if (failure instanceof TransactionCanceledException cancelled) {
            return cancelled.cancellationReasons().stream().anyMatch(reason -> BUSY.contains(code(reason)))
                    ? Trouble.BUSY
                    : Trouble.FINAL;
        }
        if (failure instanceof AwsServiceException said) {
            return BUSY.contains(code(said))
                    ? Trouble.BUSY
                    : said.statusCode() >= SERVER_ERROR ? Trouble.UNSURE : Trouble.FINAL;
        }
        if (failure instanceof ApiCallTimeoutException || interrupted(failure)) {
            return Trouble.ENDED;
        }
        if (caused(failure, ConnectException.class)
                || caused(failure, HttpConnectTimeoutException.class)
                || caused(failure, UnresolvedAddressException.class)
                || caused(failure, UnknownHostException.class)) {
            return Trouble.UNREACHED;
        }
        return caused(failure, IOException.class) ? Trouble.UNSURE : Trouble.FINAL;
    }

    /** What the caller is told of a failure that is not repeated. */
    static StoreException of(SdkException failure, String place, boolean writing) {
        if (failure instanceof TransactionCanceledException cancelled) {
            return refused(reason(cancelled), cancelled, place, writing);
        }
        if (failure instanceof AwsServiceException said && said.statusCode() < SERVER_ERROR) {
            return refused(code(said), said, place, writing);
        }
        if (failure instanceof ApiCallTimeoutException) {
            return late(place, failure);
        }
        if (interrupted(failure)) {
            return interrupted(place, failure);
        }
        String says = failure instanceof AwsServiceException said
                ? "answers with an error of its own (" + said.statusCode() + " " + code(said) + ")"
                : "could not be asked: "
                        + Objects.requireNonNullElseGet(LostConnection.words(failure), () -> said(failure));
        return new StoreException(
                Kind.UNAVAILABLE,
                "The table " + place + " " + says
                        + ". Check that it runs, the endpoint, the region, the credentials and the way there.",
                failure);
    }

    /** No answer, or no good one, by the deadline. */
    static StoreException late(String place, @Nullable SdkException last) {
        String says = last instanceof AwsServiceException said
                ? "; it last answered with " + (said instanceof TransactionCanceledException c ? reason(c) : code(said))
                : "";
        return new StoreException(
                Kind.DEADLINE,
                "The table " + place + " did not do what it was asked by the deadline" + says + ".",
                last);
    }

    static StoreException interrupted(String place, Exception cause) {
        return new StoreException(Kind.UNAVAILABLE, "A call to the table " + place + " was interrupted.", cause);
    }

    static StoreException closed(String place, @Nullable Exception cause) {
        return new StoreException(Kind.CLOSED, "Closed: what used the table " + place + ".", cause);
    }

    /** The same of a write of which one attempt may have happened: no kind that promises that nothing did. */
    static StoreException maybeWritten(StoreException told) {
        return new StoreException(
                told.kind() == Kind.DEADLINE ? Kind.DEADLINE : Kind.UNAVAILABLE,
                told.getMessage() + " The write may have happened.",
                told.getCause());
    }

    private static StoreException refused(String code, AwsServiceException said, String place, boolean writing) {
        String table = "The table " + place;
        if (code.equals("ResourceNotFoundException")) {
            return new StoreException(Kind.UNAVAILABLE, DynamoTables.missing(place), said);
        } else if (code.equals("ResourceInUseException")) {
            return new StoreException(Kind.UNAVAILABLE, table + " is there already, or being changed.", said);
        } else if (NO_RIGHTS.contains(code)) {
            return new StoreException(
                    writing ? Kind.READ_ONLY : Kind.UNAVAILABLE,
                    table + " may not be " + (writing ? "written" : "read") + " with these credentials. "
                            + "Give their owner the rights that operating this store needs.",
                    said);
        } else if (NOT_KNOWN.contains(code)) {
            return new StoreException(
                    Kind.UNAVAILABLE,
                    table + " does not accept these credentials (" + code + "). Check them, and this machine's clock.",
                    said);
        } else if (tooLarge(code, said)) {
            return new StoreException(Kind.TOO_LARGE, table + " holds nothing so large (" + code + ").", said);
        }
        return new StoreException(
                Kind.UNAVAILABLE,
                table + " refuses the request (" + code + "). Check that it has the shape this " + "store needs: "
                        + DynamoTables.SHAPE,
                said);
    }

    private static boolean tooLarge(String code, AwsServiceException said) {
        String message = String.valueOf(said.getMessage()).toLowerCase(Locale.ROOT);
        return code.startsWith("ItemCollectionSizeLimitExceeded")
                || (code.startsWith("Validation") && message.contains("size") && message.contains("exceed"));
    }

    private static String reason(TransactionCanceledException cancelled) {
        return cancelled.cancellationReasons().stream()
                .map(Failures::code)
                .filter(code -> !code.isEmpty() && !code.equals("None"))
                .findFirst()
                .orElse("TransactionCanceledException");
    }

    private static String code(CancellationReason reason) {
        return reason.code() == null ? "" : reason.code();
    }

    private static String code(AwsServiceException said) {
        var details = said.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static boolean interrupted(SdkException failure) {
        return failure instanceof AbortedException || caused(failure, InterruptedIOException.class);
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> by) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (by.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** What the SDK says that never made a request, as where it finds no credentials. */
    private static String said(SdkException failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? "the request was not made" : message;
    }
}
