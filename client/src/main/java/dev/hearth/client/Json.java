package dev.hearth.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.hearth.client.data.Page;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the API writes it: snake_case, times as text, absent lists empty, unknown fields passed over. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .withConfigOverride(
                    List.class, override -> override.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .withConfigOverride(
                    Map.class, override -> override.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static <T> T read(String json, Class<T> type) {
        return required(() -> MAPPER.readValue(json, type));
    }

    static <T> Page<T> page(String json, Class<T> type) {
        JavaType page = MAPPER.getTypeFactory().constructParametricType(Page.class, type);
        return required(() -> MAPPER.<Page<T>>readValue(json, page));
    }

    static <T> T convert(JsonNode node, Class<T> type) {
        return required(() -> MAPPER.treeToValue(node, type));
    }

    private interface Reading<T> {
        @org.jspecify.annotations.Nullable
        T read();
    }

    private static <T> T required(Reading<T> reading) {
        try {
            T value = reading.read();
            if (value != null) {
                return value;
            }
        } catch (JacksonException e) {
            // Jackson's own message may quote the answer, and an answer may hold a secret.
            throw notUnderstood();
        }
        throw notUnderstood();
    }

    private static HearthException notUnderstood() {
        return new HearthException(
                HearthException.Code.UNKNOWN,
                200,
                "The answer is not what Hearth's API answers. Is this the address of a Hearth server, and of its API's"
                        + " version?",
                null,
                null,
                null);
    }
}
