package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.asyncmigrations.processor.journal.JournalReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two branches release on their own: the merge conflicts, and where a tool joins both sides the compiler sees what is wrong. */
class JournalMergeTest {
    private static final JavaFileObject COMMON = Samples.migration("com.acme.Common", 1);
    private static final JavaFileObject OURS = Samples.migration("com.acme.Ours", 2);
    private static final JavaFileObject THEIRS = Samples.migration("com.acme.Theirs", 3);

    @TempDir
    private Path directory;

    @Test
    void bothBranchesAppendAtTheSamePlaceSoThatTheyConflict() throws IOException {
        String base = base();
        String ours = branch("ours", OURS);
        String theirs = branch("theirs", THEIRS);
        assertThat(List.of(ours, theirs)).allMatch(text -> text.startsWith(base) && text.length() > base.length());
        assertThat(added(ours)).isNotEqualTo(added(theirs)).hasLineCount(1);
    }

    @Test
    void theUnionInTheOrderOfVersionsIsRight() throws IOException {
        String union = branch("ours", OURS) + added(branch("theirs", THEIRS));
        merged(union).compile(List.of(COMMON, OURS, THEIRS)).succeeds();
    }

    @Test
    void theUnionInTheOtherOrderIsCaught() throws IOException {
        String union = branch("theirs", THEIRS) + added(branch("ours", OURS));
        assertThat(merged(union).findings(List.of(COMMON, OURS, THEIRS)))
                .startsWith("error: [UnreadableJournal] JOURNAL:3:1: ")
                .hasLineCount(1);
    }

    @Test
    void aConflictThatNobodyResolvedIsCaught() throws IOException {
        String sides = "<<<<<<< ours\n" + added(branch("ours", OURS)) + "=======\n" + added(branch("theirs", THEIRS))
                + ">>>>>>> theirs\n";
        assertThat(merged(base() + sides).findings(List.of(COMMON, OURS, THEIRS)))
                .startsWith("error: [UnreadableJournal] JOURNAL:2:1: ")
                .contains("resolve the merge")
                .hasLineCount(1);
    }

    @Test
    void oneVersionOfBothBranchesIsCaught() throws IOException {
        JavaFileObject twin = Samples.migration("com.acme.Twin", 2);
        String union = branch("ours", OURS) + added(branch("theirs", twin));
        assertThat(merged(union).findings(List.of(COMMON, OURS, twin)))
                .contains("[UnreadableJournal] JOURNAL:3:1: version 2 may not be here and in line 2 too")
                .contains("[DuplicateVersion]");
    }

    @Test
    void whatIsReleasedLaterThanItsVersionIsCaught() throws IOException {
        JournaledModule merged = merged(branch("theirs", THEIRS));
        assertThat(merged.findings(List.of(COMMON, OURS, THEIRS)))
                .startsWith("Ours.java:5:27: error: [OutOfOrderVersion] version 2L of Ours must be above 3L")
                .endsWith("give it 4L\n");
        merged.compile(List.of(COMMON, Samples.migration("com.acme.Ours", 4), THEIRS))
                .succeeds();
    }

    /** All ways in which two branches may have released four versions, joined in both orders. */
    @Test
    void aUnionIsReadExactlyWhereItIsInOrder() throws IOException {
        for (int both = 0; both < 1 << 8; both++) {
            List<Integer> versions = new ArrayList<>(chosen(both & 15));
            versions.addAll(chosen(both >> 4));
            StringBuilder union = new StringBuilder();
            versions.forEach(version -> union.append(version).append(" ASYNC 0f 1 A\n"));
            boolean inOrder = versions.stream().distinct().sorted().toList().equals(versions);
            Path journal = merged(union.toString()).journal();
            assertThat(JournalReader.read(journal).isReadable())
                    .as(union.toString())
                    .isEqualTo(inOrder);
        }
    }

    private static List<Integer> chosen(int bits) {
        return IntStream.range(0, 4)
                .filter(i -> (bits >> i & 1) == 1)
                .boxed()
                .map(i -> i + 1)
                .toList();
    }

    private String base() throws IOException {
        JournaledModule base = JournaledModule.empty(directory.resolve("base"));
        base.release("1", List.of(COMMON));
        return base.text();
    }

    private String branch(String name, JavaFileObject migration) throws IOException {
        JournaledModule branch = new JournaledModule(directory.resolve(name)).write(base());
        branch.release(name, List.of(COMMON, migration));
        return branch.text();
    }

    private JournaledModule merged(String text) throws IOException {
        return new JournaledModule(directory.resolve("merged")).write(text);
    }

    private static String added(String text) {
        return text.substring(text.indexOf('\n') + 1);
    }
}
