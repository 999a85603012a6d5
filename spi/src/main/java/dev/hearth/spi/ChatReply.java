package dev.hearth.spi;

/**
 * A finished reply.
 *
 * @param text the whole of it
 * @param finish why it ended
 * @param usage what it took
 */
public record ChatReply(String text, Finish finish, Usage usage) {

    public enum Finish {
        /** The model was done. */
        STOP,
        /** The reply reached its length limit. */
        LENGTH,
        /** The provider withheld it. */
        FILTERED
    }

    /**
     * Tokens as the provider counted them (0 where it does not say).
     *
     * @param prompt tokens read, cached ones included
     * @param cached those of them served from the provider's prompt cache
     * @param completion tokens written
     */
    public record Usage(int prompt, int cached, int completion) {
        public static final Usage NONE = new Usage(0, 0, 0);
    }
}
