package org.asyncmigrations.example.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/** Changes the links in pages to the site's files, and finds broken ones. */
final class Links {
    private static final Pattern ELSEWHERE = Pattern.compile("https?://|mailto:");

    private final Path root;
    private final Map<String, Page> pages;
    private final Set<String> files = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Creates a rewriter.
     *
     * @param root the repository, as an absolute path
     * @param pages the pages by their sources
     */
    Links(Path root, Map<String, Page> pages) {
        this.root = root;
        this.pages = pages;
    }

    /** {@return files other than pages that are linked or shown as pictures; they must be copied to the site} */
    Set<String> files() {
        return files;
    }

    /** {@return page, line and link of each broken link} */
    List<String> problems() {
        return problems;
    }

    /** {@return the name of a file in the site; browsers show text files, but would download Java sources} */
    static String published(String file) {
        return file.endsWith(".java") ? file + ".txt" : file;
    }

    /** Changes the links in the page's document. */
    void rewrite(Page page) {
        List<Link> links = new ArrayList<>();
        List<Image> images = new ArrayList<>();
        page.document().accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                links.add(link);
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                images.add(image);
            }
        });
        links.stream()
                .filter(link -> !ELSEWHERE.matcher(link.getDestination()).lookingAt())
                .forEach(link -> rewrite(page, link));
        images.forEach(image -> rewrite(page, image));
    }

    private void rewrite(Page page, Link link) {
        String[] parts = link.getDestination().split("#", 2);
        String target = parts[0].isEmpty() ? page.source() : target(page, parts[0]);
        Page other = pages.getOrDefault(target, pages.get(target.isEmpty() ? "README.md" : target + "/README.md"));
        if (other != null) {
            if (parts.length == 2 && !other.anchors().contains(parts[1])) {
                problem(page, link, link.getDestination(), other.source() + " has no such heading");
            }
            link.setDestination(page.wayTo(other.html()) + (parts.length == 2 ? "#" + parts[1] : ""));
        } else if (Files.isDirectory(root.resolve(target)) && inside(target)) {
            nameDirectory(link, target);
        } else if (exists(page, link, link.getDestination(), target)) {
            link.setDestination(page.wayTo(published(target)));
        }
    }

    private void rewrite(Page page, Image image) {
        String target = target(page, image.getDestination());
        if (exists(page, image, image.getDestination(), target)) {
            image.setDestination(page.wayTo(target));
        }
    }

    private boolean exists(Page page, Node node, String destination, String target) {
        if (inside(target) && Files.isRegularFile(root.resolve(target))) {
            files.add(target);
            return true;
        }
        problem(page, node, destination, "there is no such file in the repository");
        return false;
    }

    private boolean inside(String target) {
        return root.resolve(target).normalize().startsWith(root);
    }

    /** {@return the target of a link, from the root of the repository} */
    private static String target(Page page, String destination) {
        return Path.of(page.source())
                .resolveSibling(destination)
                .normalize()
                .toString()
                .replace('\\', '/');
    }

    /**
     * A directory isn't a page, so its link becomes text: the link's text, followed by the directory's path if that isn't the
     * same.
     */
    private static void nameDirectory(Link link, String directory) {
        boolean named = directory.contains(Markdown.words(link));
        for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
            child.unlink();
            link.insertBefore(named && child instanceof Text text ? new Code(text.getLiteral()) : child);
        }
        if (!named) {
            link.insertBefore(new Text(" ("));
            link.insertBefore(new Code(directory));
            link.insertBefore(new Text(")"));
        }
        link.unlink();
    }

    private void problem(Page page, Node node, String destination, String what) {
        int line = node.getSourceSpans().get(0).getLineIndex() + 1;
        problems.add("%s:%d: [%s](%s): %s".formatted(page.source(), line, Markdown.words(node), destination, what));
    }
}
