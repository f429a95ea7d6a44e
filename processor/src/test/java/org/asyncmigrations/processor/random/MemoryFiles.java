package org.asyncmigrations.processor.random;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** Keeps what a compile writes in memory; what it reads comes from elsewhere. */
public final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, byte[]> written = new TreeMap<>();

    /** Reads from these files. */
    public MemoryFiles(JavaFileManager files) {
        super(files);
    }

    /** By name, what was written. */
    public Map<String, byte[]> written() {
        return written;
    }

    static JavaFileObject source(String path, String text) {
        return new MemoryFile(path, JavaFileObject.Kind.SOURCE, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        return file(className.replace('.', '/') + kind.extension, kind);
    }

    @Override
    public FileObject getFileForOutput(Location location, String packageName, String relativeName, FileObject sibling) {
        return file(
                (packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/") + relativeName,
                JavaFileObject.Kind.OTHER);
    }

    @Override
    public FileObject getFileForInput(Location location, String packageName, String relativeName) throws IOException {
        return location.isOutputLocation() ? null : super.getFileForInput(location, packageName, relativeName);
    }

    @Override
    public boolean hasLocation(Location location) {
        return location.isOutputLocation() || super.hasLocation(location);
    }

    @Override
    public boolean isSameFile(FileObject one, FileObject other) {
        return one.toUri().equals(other.toUri());
    }

    private JavaFileObject file(String path, JavaFileObject.Kind kind) {
        return new MemoryFile(path, kind, new byte[0], written);
    }

    private static final class MemoryFile extends SimpleJavaFileObject {
        private final String path;
        private final Map<String, byte[]> written;
        private byte[] content;

        MemoryFile(String path, Kind kind, byte[] content, Map<String, byte[]> written) {
            super(uri(path), kind);
            this.path = path;
            this.content = content;
            this.written = written;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return new String(content, StandardCharsets.UTF_8);
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    content = toByteArray();
                    written.put(path, content);
                }
            };
        }

        private static URI uri(String path) {
            try {
                return new URI("memory", "/" + path, null);
            } catch (java.net.URISyntaxException e) {
                throw new IllegalArgumentException(path, e);
            }
        }
    }
}
