package dev.hearth.spring.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells in Spring Boot's way what to do about a missing key. */
final class ApiKeyMissingAnalyzer extends AbstractFailureAnalyzer<ApiKeyMissing> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ApiKeyMissing cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set hearth.api-key, or HEARTH_API_KEY in the environment, to a key of scope \"app\" (POST /v1/keys makes"
                        + " one) or to the operator's key that \"hearth serve\" prints. Or define a HearthClient bean of your"
                        + " own.",
                cause);
    }
}
