/** The migrations. The compiler generates {@code AsyncMigrationRegistry} here, which contains all of them. */
@AsyncMigrations#if( $framework == "spring-boot" )(components = Components.SPRING)#end

package ${package}.migrations;

import org.asyncmigrations.AsyncMigrations;
#if( $framework == "spring-boot" )
import org.asyncmigrations.Components;
#end
