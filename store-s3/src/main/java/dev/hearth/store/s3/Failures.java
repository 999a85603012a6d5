package dev.hearth.store.s3;

import dev.hearth.spi.LostConnection;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.StoreException.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What S3 or the way to it says, in the words of the contract and for whoever operates Hearth. */
final class Failures {

    private final S3Settings settings;

    Failures(S3Settings settings) {
        this.settings = settings;
    }

    StoreException of(Operation what, @Nullable Throwable failure) {
        return switch (failure) {
            case StoreException said -> said;
            case S3Exception refused -> refused(what, refused);
            case SdkException lost ->
                new StoreException(
                        Kind.UNAVAILABLE,
                        could(what) + why(lost) + ". Check that it runs, the endpoint, the network and the credentials."
                                + what.doubt(),
                        lost);
            case null, default ->
                throw new IllegalStateException("The cold store failed in a way it does not know.", failure);
        };
    }

    StoreException late(Operation what, Throwable cause) {
        return new StoreException(Kind.DEADLINE, could(what) + "no answer by the deadline." + what.doubt(), cause);
    }

    /** One of the keys of a multi-delete was not deleted. */
    StoreException notDeleted(String code) {
        return new StoreException(Kind.UNAVAILABLE, could(Operation.DROP) + advice(Operation.DROP, code, 0));
    }

    private StoreException refused(Operation what, S3Exception refused) {
        String code = refused.awsErrorDetails() == null
                ? ""
                : Objects.requireNonNullElse(refused.awsErrorDetails().errorCode(), "");
        Kind kind = switch (refused.statusCode()) {
            case 413 -> Kind.TOO_LARGE;
            case 507 -> Kind.FULL;
            default -> code.equals("EntityTooLarge") ? Kind.TOO_LARGE : Kind.UNAVAILABLE;
        };
        return new StoreException(
                kind,
                could(what)
                        + advice(what, code, refused.statusCode())
                        + (refused.requestId() == null ? "" : " (Request " + refused.requestId() + ".)"),
                refused);
    }

    private static String why(SdkException lost) {
        // What is retryable by our own word says itself what happened.
        String words = lost instanceof RetryableException ? null : LostConnection.words(lost);
        return words == null ? Objects.requireNonNullElse(lost.getMessage(), "the request was not made") : words;
    }

    private String could(Operation what) {
        return "Hearth could not " + what.words() + " " + settings.where() + ": ";
    }

    private String advice(Operation what, String code, int status) {
        String said = (status == 0 ? code : (code + " " + status).strip()) + ". ";
        return said
                + switch (code) {
                    case "NoSuchBucket" -> "There is no such bucket: create it, or correct its name.";
                    case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken" ->
                        "The credentials are wrong or have expired: give valid ones.";
                    case "RequestTimeTooSkewed" -> "This machine's clock is wrong: set it.";
                    case "PermanentRedirect", "AuthorizationHeaderMalformed", "TemporaryRedirect" ->
                        "The bucket is not in the region " + settings.region() + ": name its own.";
                    default -> byStatus(what, code, status);
                };
    }

    private static String byStatus(Operation what, String code, int status) {
        if (status == 403 || code.equals("AccessDenied")) {
            return "The credentials lack a right: they need s3:ListBucket on the bucket, and s3:GetObject, "
                    + "s3:PutObject and s3:DeleteObject on its objects.";
        }
        if (status == 404) {
            return "There is no such bucket: create it, or correct its name.";
        }
        if (status == 507) {
            return "No space is left; nothing was written.";
        }
        return status >= 500
                ? "The server is overloaded or out of order." + what.doubt()
                : "The request was refused; nothing was changed.";
    }
}
