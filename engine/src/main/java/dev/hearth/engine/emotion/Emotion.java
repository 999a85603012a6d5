package dev.hearth.engine.emotion;

/**
 * What a companion feels towards a user at one moment.
 *
 * @param expression what of it may be expressed, in words for the prompt, at most 60 tokens
 */
public record Emotion(String expression) {

    /** Nothing in particular. */
    public static final Emotion NEUTRAL = new Emotion("calm and attentive");
}
