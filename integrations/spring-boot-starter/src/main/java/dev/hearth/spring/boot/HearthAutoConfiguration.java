package dev.hearth.spring.boot;

import dev.hearth.client.HearthClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Offers a {@link HearthClient}, closed with the context, where the application has none of its own. */
@AutoConfiguration
@EnableConfigurationProperties(HearthProperties.class)
public final class HearthAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    HearthClient hearthClient(HearthProperties properties) {
        String key = properties.apiKey();
        if (key == null || key.isBlank()) {
            throw new ApiKeyMissing();
        }
        return HearthClient.connect(properties.url(), key.strip());
    }
}
