package org.asyncmigrations.processor.body;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.tools.Diagnostic;
import org.asyncmigrations.processor.model.Spot;

/**
 * A place in a tree.
 *
 * @param trees javac's trees
 * @param path the place
 */
record TreeSpot(Trees trees, TreePath path) implements Spot {
    @Override
    public long position() {
        return trees.getSourcePositions().getStartPosition(path.getCompilationUnit(), path.getLeaf());
    }

    @Override
    public void say(boolean error, String text) {
        Diagnostic.Kind kind = error ? Diagnostic.Kind.ERROR : Diagnostic.Kind.WARNING;
        trees.printMessage(kind, text, path.getLeaf(), path.getCompilationUnit());
    }
}
