@echo off
rem Shows and orders the migrations of this application's database: async-migrations status
rem The database is the application's: DATABASE_URL, ..., else application.properties.
setlocal
cd /d "%~dp0"
if not exist target\async-migrations-cli.jar (
  echo async-migrations: target\async-migrations-cli.jar is missing; mvn package -DskipTests puts it there 1>&2
  exit /b 2
)
if exist application.properties for /f "usebackq eol=# tokens=1,* delims==" %%a in ("application.properties") do (
  if "%%a"=="database.url" if not defined DATABASE_URL set "DATABASE_URL=%%b"
  if "%%a"=="database.user" if not defined DATABASE_USER set "DATABASE_USER=%%b"
  if "%%a"=="database.password" if not defined DATABASE_PASSWORD set "DATABASE_PASSWORD=%%b"
)
if defined DATABASE_URL set "ASYNC_MIGRATIONS_URL=%DATABASE_URL%"
if defined DATABASE_URL set "ASYNC_MIGRATIONS_USER=%DATABASE_USER%"
if defined DATABASE_URL set "ASYNC_MIGRATIONS_PASSWORD=%DATABASE_PASSWORD%"
java -jar target\async-migrations-cli.jar %*
