package dev.hearth.client;

import dev.hearth.client.data.Receipt;
import dev.hearth.client.data.User;
import dev.hearth.client.data.UserPatch;
import dev.hearth.client.data.UserProfile;
import org.jspecify.annotations.Nullable;

/** Users, by the names that the application gives them: 1 to 256 bytes of UTF-8 without control characters. */
public final class Users {

    private final Transport transport;

    Users(Transport transport) {
        this.transport = transport;
    }

    public User get(String externalId) {
        return answered(Call.of("GET", path(externalId)));
    }

    /** Makes the user or replaces everything said of it. */
    public User put(String externalId, UserProfile profile) {
        return put(externalId, profile, null);
    }

    /** The same, refused where the stored state is not the one of the entity tag. */
    public User put(String externalId, UserProfile profile, @Nullable String etag) {
        return answered(Call.of("PUT", path(externalId), profile).ifMatch(etag));
    }

    /** Changes what the patch names. */
    public User patch(String externalId, UserPatch patch) {
        return patch(externalId, patch, null);
    }

    /** The same, refused where the stored state is not the one of the entity tag. */
    public User patch(String externalId, UserPatch patch, @Nullable String etag) {
        // A merge patch sets values, so that a second time changes nothing.
        return answered(new Call(
                        "PATCH",
                        path(externalId),
                        Json.write(patch.fields()),
                        java.util.Map.of("Content-Type", "application/merge-patch+json"),
                        true,
                        false)
                .ifMatch(etag));
    }

    /** Erases everything of the user from every store. Answered once verified. */
    public Receipt erase(String externalId) {
        return Json.read(
                transport.send(Call.of("DELETE", path(externalId)).working()).body(), Receipt.class);
    }

    private User answered(Call call) {
        Transport.Answer answer = transport.send(call);
        return Json.read(answer.body(), User.class).withEtag(answer.etag());
    }

    private static String path(String externalId) {
        return "/v1/users/" + Call.segment(externalId);
    }
}
