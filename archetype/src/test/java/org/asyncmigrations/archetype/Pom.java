package org.asyncmigrations.archetype;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A module's POM as it is written, without what it inherits. */
record Pom(Path directory, Document document) {
    static Pom of(Path directory) {
        try {
            return new Pom(
                    directory,
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(directory.resolve("pom.xml").toFile()));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(directory.toString(), e);
        }
    }

    /** This one and all below it, but for those that are not published. */
    Stream<Pom> published() {
        if (text("properties/maven.deploy.skip").equals("true")) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.of(this),
                texts("modules/module").stream()
                        .map(module -> of(directory.resolve(module)))
                        .flatMap(Pom::published));
    }

    String artifact() {
        return text("artifactId");
    }

    /** Whether others depend on it; what has a main class in its manifest brings its libraries along. */
    boolean isLibrary() {
        return text("packaging").isEmpty() && texts("/mainClass").isEmpty();
    }

    /** The jar that this build has made of it. */
    Path jar() {
        return directory.resolve("target").resolve(artifact() + "-" + UnderTest.VERSION + ".jar");
    }

    /** {@return the text at a path below {@code project}, empty for none} */
    String text(String path) {
        return String.join(" ", texts(path));
    }

    List<String> texts(String path) {
        try {
            NodeList nodes = (NodeList) XPathFactory.newInstance()
                    .newXPath()
                    .evaluate("/project/" + path, document, XPathConstants.NODESET);
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(i -> nodes.item(i).getTextContent().strip())
                    .toList();
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
