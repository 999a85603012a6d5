package dev.hearth.engine.when;

/** Which of several statements about one thing a question is after. */
public enum Order {
    /** The earliest: "first", "originally". */
    FIRST,
    /** The newest: "latest", "most recent", "recently". */
    LATEST,
    /** What holds now: "currently", "still". */
    CURRENT,
    /** What held before: "previously", "used to". */
    BEFORE,
    /** What came later: "after", "since". */
    AFTER
}
