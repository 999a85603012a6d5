package dev.hearth.spring.boot.example;

import dev.hearth.client.HearthClient;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Service;

/** Set {@code hearth.api-key}, or HEARTH_API_KEY; and {@code hearth.url} where Hearth is not at 127.0.0.1:8080. */
@SpringBootApplication
public class FriendApplication {

    /** Talks as Nora; Hearth calls the model. */
    @Service
    public static class Friend {

        private final HearthClient hearth;

        Friend(HearthClient hearth) {
            this.hearth = hearth;
        }

        public String reply(String user, String text) {
            var relationship = hearth.relationship("nora", user);
            relationship.ensure();
            return relationship.send(text).message().text();
        }
    }
}
