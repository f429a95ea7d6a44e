/** The migrations. The compiler writes {@code AsyncMigrationRegistry} here, which knows them all. */
@AsyncMigrations#if( $framework == "spring-boot" )(components = Components.SPRING)#end

package ${package}.migrations;

import org.asyncmigrations.AsyncMigrations;
#if( $framework == "spring-boot" )
import org.asyncmigrations.Components;
#end
