package org.asyncmigrations.example.existing;

import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.example.existing.migrations.AsyncMigrationRegistry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/operators/migrations") // let your application's security admit operators only
record MigrationsController(AsyncMigrationRegistry migrations) {
    @GetMapping
    String status() {
        return migrations.status().toString();
    }

    @PostMapping("/{version}/retry")
    boolean retry(@PathVariable("version") String version) {
        return handle(version).retry();
    }

    @PostMapping("/{version}/accept-rejects")
    boolean acceptRejects(@PathVariable("version") String version, @RequestParam("why") String why) {
        return handle(version).acceptRejects(why);
    }

    private MigrationHandle handle(String version) { // as the log prints it: 20261128_090000
        return migrations.migration(Long.parseLong(version.replace("_", "")));
    }
}
