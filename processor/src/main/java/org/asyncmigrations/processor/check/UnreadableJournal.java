package org.asyncmigrations.processor.check;

import java.util.List;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalFault;
import org.asyncmigrations.processor.model.Origin;

/** A journal that is understood in part would let through what it says in the other part. */
final class UnreadableJournal implements Rule {
    /** More would only repeat what one slip has done, and push other findings off the screen. */
    static final int MOST = 10;

    @Override
    public void check(Build build, Findings findings) {
        build.journal().ifPresent(journal -> check(journal, findings));
    }

    private static void check(Journal journal, Findings findings) {
        String path = Quoted.inLine(journal.path());
        List<JournalFault> faults = journal.faults();
        faults.stream().limit(MOST).forEach(fault -> add(path, fault, findings));
        if (faults.size() > MOST) {
            findings.add(Message.JOURNAL_MORE, Origin.BUILD, faults.size() - MOST, path);
        }
    }

    private static void add(String path, JournalFault fault, Findings findings) {
        String place = fault.line() == 0 ? path : path + ":" + fault.line() + ":" + fault.column();
        Message message = switch (fault.kind()) {
            case FILE -> Message.UNREADABLE_JOURNAL;
            case BYTES -> Message.JOURNAL_NOT_UTF8;
            case CONFLICT -> Message.UNMERGED_JOURNAL;
            case FIELDS -> Message.JOURNAL_FIELDS;
            case VERSION -> Message.JOURNAL_VERSION;
            case PHASE -> Message.JOURNAL_PHASE;
            case FINGERPRINT -> Message.JOURNAL_FINGERPRINT;
            case TWICE -> Message.JOURNAL_TWICE;
            case ORDER -> Message.JOURNAL_ORDER;
        };
        findings.add(message, Origin.BUILD, place, Quoted.of(fault.detail()), fault.other());
    }
}
