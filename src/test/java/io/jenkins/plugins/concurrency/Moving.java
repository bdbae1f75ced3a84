package io.jenkins.plugins.concurrency;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.AbstractItem;
import hudson.model.Items;
import hudson.model.Job;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.concurrency.manager.Idle;

/**
 * Gives jobs and folders other names, once nothing in them is being written: Pipeline fails a build whose program it saves
 * while its directory moves.
 */
public final class Moving {
    private Moving() {}

    public static void rename(Job<?, ?> job, String to) throws Exception {
        Idle.awaitSaved();
        job.renameTo(to);
    }

    public static void rename(AbstractFolder<?> folder, String to) throws Exception {
        Idle.awaitSaved();
        folder.renameTo(to);
    }

    public static <I extends AbstractItem & TopLevelItem> I move(I item, Folder to) throws Exception {
        Idle.awaitSaved();
        return Items.move(item, to);
    }
}
