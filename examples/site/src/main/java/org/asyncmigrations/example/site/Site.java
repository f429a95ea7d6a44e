package org.asyncmigrations.example.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Builds the site: {@code Site <repository> <directory>}. It writes nothing if a link is broken or a page is missing in the
 * guide.
 */
final class Site {
    /** Directories with build output, code, or the template of a project. */
    private static final Set<String> NO_PAGES_IN = Set.of("src", "target", "node_modules");

    private Site() {}

    public static void main(String[] arguments) throws IOException {
        List<String> problems = build(Path.of(arguments[0]), Path.of(arguments[1]));
        problems.forEach(System.err::println);
        if (!problems.isEmpty()) {
            System.exit(1);
        }
        System.out.println(
                "The site is in " + Path.of(arguments[1]).resolve("index.html").normalize());
    }

    /** {@return what is wrong with the pages; the site is written only if this is empty} */
    static List<String> build(Path repository, Path directory) throws IOException {
        Path root = repository.toAbsolutePath().normalize();
        Map<String, Page> pages = pages(root);
        if (!pages.containsKey(Guide.SOURCE)) {
            return List.of(Guide.SOURCE + ": there is no such file; it has the table of contents");
        }
        Guide guide = Guide.read(pages.get(Guide.SOURCE));
        List<String> problems = new ArrayList<>(guide.problems(pages.keySet()));
        Links links = new Links(root, pages);
        pages.values().forEach(links::rewrite);
        problems.addAll(links.problems());
        if (problems.isEmpty()) {
            write(directory, guide, pages);
            for (String file : links.files()) {
                Path copy = directory.resolve(Links.published(file));
                Files.createDirectories(copy.getParent());
                Files.copy(root.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return problems;
    }

    private static void write(Path directory, Guide guide, Map<String, Page> pages) throws IOException {
        Layout layout = new Layout(resource("page.html"), guide, pages);
        for (Page page : pages.values()) {
            write(directory.resolve(page.html()), layout.html(page));
        }
        List<Page> searched =
                guide.entries().stream().map(entry -> pages.get(entry.source())).toList();
        write(directory.resolve("search-index.js"), SearchIndex.of(searched));
        write(directory.resolve("site.css"), resource("site.css"));
        write(directory.resolve("site.js"), resource("site.js"));
    }

    private static Map<String, Page> pages(Path root) throws IOException {
        Map<String, Page> pages = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean skipped = !directory.equals(root) && (name.startsWith(".") || NO_PAGES_IN.contains(name));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.toString().endsWith(".md")) {
                    String source = root.relativize(file).toString().replace('\\', '/');
                    pages.put(source, Page.parse(source, Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Site.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
