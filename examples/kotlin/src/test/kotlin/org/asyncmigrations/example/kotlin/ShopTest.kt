package org.asyncmigrations.example.kotlin

import java.time.Duration
import org.assertj.core.api.Assertions.assertThat
import org.asyncmigrations.Mode
import org.asyncmigrations.example.kotlin.schema.tables.references.CUSTOMERS
import org.h2.jdbcx.JdbcDataSource
import org.jooq.SQLDialect
import org.jooq.impl.DSL
import org.junit.jupiter.api.Test

/** The application's own set-up, on H2. */
class ShopTest {
    private val dataSource = JdbcDataSource().apply { setURL("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1") }

    @Test
    fun `a new release fills the countries of its customers`() {
        val dsl = DSL.using(dataSource, SQLDialect.H2)
        listOf("/schema.sql", "/customers.sql").forEach { script ->
            dsl.execute(javaClass.getResource(script)!!.readText())
        }

        migrations(dataSource).build().use { registry ->
            registry.dispatch(Mode.BEFORE).await(Duration.ofSeconds(30))
        }

        assertThat(dsl.select(CUSTOMERS.COUNTRY).from(CUSTOMERS).orderBy(CUSTOMERS.ID).fetch(CUSTOMERS.COUNTRY))
            .containsExactly("DE", "AT", "ZZ", "ZZ", null, "ZZ", "DE")
    }
}
