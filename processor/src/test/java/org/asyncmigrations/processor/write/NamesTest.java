package org.asyncmigrations.processor.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "BackfillEmail, backfillEmail",
        "URLBackfill, urlBackfill",
        "URL, url",
        "X, x",
        "XRay, xRay",
        "already, already",
        "V2Tokens, v2Tokens",
        "_Odd, _Odd",
    })
    void theFirstLettersAreMadeSmall(String className, String handle) {
        assertThat(Names.decapitalized(className)).isEqualTo(handle);
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.shop, com_acme_shop",
        "com.acme_shop, com_acme_1shop",
        "com.acme._shop, com_acme__1shop",
        "com.acme_.shop, com_acme_1_shop",
        "record, record_",
        "record_, record_1",
    })
    void aPackageHasACatalogClassOfItsOwn(String packageName, String name) {
        assertThat(Names.catalogClass(packageName)).isEqualTo(name);
    }
}
