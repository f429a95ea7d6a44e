import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

@AsyncMigration(version = 20261121_093000L)
@Idempotent(By.TRANSACTION)
public static final class TrimNames implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}

void main() {}
