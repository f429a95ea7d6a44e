package org.asyncmigrations.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A static file in the jar that pages refer to. Its address contains a checksum, so browsers may cache it until another version
 * is deployed. Immutable, and so thread-safe.
 */
enum Asset {
    /** The style sheet. */
    STYLE("console.css", "text/css; charset=utf-8"),
    /** The script that keeps pages up to date. */
    SCRIPT("console.js", "text/javascript; charset=utf-8"),
    /** The icon of the browser tab. */
    ICON("icon.svg", "image/svg+xml");

    private final String file;
    private final String type;
    private final byte[] bytes;
    private final Link link;

    Asset(String file, String type) {
        this.file = file;
        this.type = type;
        this.bytes = read(file);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        this.link = Link.HOME.with("asset", file).with("v", Long.toHexString(sum.getValue()));
    }

    private static byte[] read(String file) {
        try (InputStream in = Asset.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the console's " + file + " is not in its jar");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Link link() {
        return link;
    }

    static Optional<Asset> of(String file) {
        return Arrays.stream(values()).filter(asset -> asset.file.equals(file)).findFirst();
    }

    ConsoleResponse response() {
        return ConsoleResponse.of(200, type, "private, max-age=31536000, immutable", bytes);
    }
}
