import java.nio.file.Files
import java.nio.file.Path
import javax.lang.model.SourceVersion

/*
 * Refuses settings that would not build, with the reasons, and deletes the generated files. Renames .gitignore and .mvn, because
 * the archetype plugin doesn't pack names that begin with a dot. Deletes the files of the other framework.
 */

def properties = request.properties
def database = properties.getProperty('database')
def framework = properties.getProperty('framework')
def javaVersion = properties.getProperty('javaVersion')
def packageName = properties.getProperty('package')

def faults = []
[groupId: request.groupId, artifactId: request.artifactId, version: request.version].each { property, value ->
    if (!(value ==~ /[A-Za-z0-9_][A-Za-z0-9_.+-]*/) || (value.contains('+') && property != 'version')) {
        faults << "${property} may not be '${value}': Maven knows letters, digits, '.', '-' and '_' in it; give another with -D${property}=…"
    }
}
if (!SourceVersion.isName(packageName)) {
    def word = packageName.split('[.]', -1).find { !SourceVersion.isName(it) }
    faults << "package may not be '${packageName}': " +
            (SourceVersion.isKeyword(word) ? "'${word}' is a reserved word of Java" : "'${word}' is no name in Java") +
            "; give another with -Dpackage=…"
}
if (!(javaVersion ==~ /[1-9][0-9]/) || (javaVersion as int) < 17) {
    faults << "javaVersion may not be '${javaVersion}'; use 17 or a later one, such as -DjavaVersion=21"
}
if (!(database in ['h2', 'postgresql', 'mariadb'])) {
    faults << "database may not be '${database}'; use -Ddatabase=h2, postgresql or mariadb"
}
if (!(framework in ['plain', 'spring-boot'])) {
    faults << "framework may not be '${framework}'; use -Dframework=plain or spring-boot"
}

Path project = Path.of(request.outputDirectory).resolve(request.artifactId).normalize()
// Only files of this run may be deleted: the directory may have existed before, with other files.
def begun = request.mavenSession?.startTime
def isOurs = { Path file -> begun != null && Files.getLastModifiedTime(file).toMillis() >= begun.time }
if (faults) {
    if (begun != null && project.parent == Path.of(request.outputDirectory).normalize()) {
        Files.walk(project).sorted(Comparator.reverseOrder()).each {
            if (Files.isDirectory(it) ? !it.toFile().list() : isOurs(it)) {
                Files.delete(it)
            }
        }
    }
    throw new IllegalArgumentException('\n' + faults.join('\n') + '\n')
}

def others = framework == 'plain'
        ? ['src/main/resources/application.properties', 'src/test/resources/logback-test.xml']
        : ['src/main/resources/simplelogger.properties', "src/main/java/${packageName.replace('.', '/')}/Database.java"]
others.collect { project.resolve(it) }.findAll { Files.exists(it) && isOurs(it) }.each { Files.delete(it) }

def names = [gitignore: '.gitignore', 'mvn/maven.config': '.mvn/maven.config']
if (framework == 'spring-boot' && isOurs(project.resolve('src/main/resources/schema.sql'))) {
    names['src/main/resources/schema.sql'] = 'src/main/resources/db/migration/V1__tables.sql'
}
names.each { packed, name ->
    Path target = project.resolve(name)
    if (Files.exists(target)) {
        Files.delete(project.resolve(packed))
    } else {
        Files.createDirectories(target.parent)
        Files.move(project.resolve(packed), target)
    }
}
Files.deleteIfExists(project.resolve('mvn'))
project.resolve('async-migrations').toFile().setExecutable(true)
