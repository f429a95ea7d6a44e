package org.asyncmigrations.example.site;

import java.util.List;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/** The Markdown of GitHub that this project uses: CommonMark and tables. HTML in it is shown as text. */
final class Markdown {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    private Markdown() {}

    static Node parse(String markdown) {
        return PARSER.parse(markdown);
    }

    static String html(Page page) {
        return HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .escapeHtml(true)
                .percentEncodeUrls(true)
                .nodeRendererFactory(context -> new CodeBlocks(context.getWriter()))
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    Page.Title title = page.titles().get(node);
                    if (title != null) {
                        attributes.put("id", title.anchor());
                    }
                })
                .build()
                .render(page.document());
    }

    /** {@return the words of a node on one line: for a heading's anchor, or for the search} */
    static String words(Node node) {
        StringBuilder words = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak end) {
                words.append(' ');
            }

            @Override
            public void visit(FencedCodeBlock block) {
                words.append(block.getLiteral()).append(' ');
            }

            @Override
            public void visit(IndentedCodeBlock block) {
                words.append(block.getLiteral()).append(' ');
            }

            @Override
            protected void visitChildren(Node parent) {
                super.visitChildren(parent);
                words.append(parent instanceof Block || parent instanceof TableCell ? " " : "");
            }
        });
        return words.toString().replaceAll("\\s+", " ").trim();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Highlights added and removed lines in a diff. */
    private record CodeBlocks(HtmlWriter html) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(FencedCodeBlock.class);
        }

        @Override
        public void render(Node node) {
            FencedCodeBlock block = (FencedCodeBlock) node;
            html.line();
            html.tag("pre");
            html.tag("code");
            if ("diff".equals(block.getInfo())) {
                block.getLiteral().lines().forEach(this::line);
            } else {
                html.text(block.getLiteral());
            }
            html.tag("/code");
            html.tag("/pre");
            html.line();
        }

        private void line(String line) {
            String tag = line.startsWith("+") ? "ins" : line.startsWith("-") ? "del" : "span";
            html.tag(tag);
            html.text(line + "\n");
            html.tag("/" + tag);
        }
    }
}
