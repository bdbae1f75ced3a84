package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.cli.CLICommand;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.Interventions;
import io.jenkins.plugins.concurrency.manager.Runs;
import io.jenkins.plugins.concurrency.manager.UnknownTargetException;
import io.jenkins.plugins.concurrency.manager.VisibleGroups;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A command of the CLI. It ends with 0 if it did something, 3 if what was named does not exist or makes no sense, 4 if it came
 * too late or nothing had to be done, and 6 if the user may not do it.
 */
@Restricted(NoExternalUse.class)
public abstract class ConcurrencyCommand extends CLICommand {
    /** What came of it does not change anything, or it came too late. */
    private static final int NOTHING_DONE = 4;

    /**
     * A group as people name it: by its id, or by its name if the user may see only one of that name.
     *
     * @throws IllegalArgumentException if there is none, or there are several
     */
    @NonNull
    static GroupKey group(@NonNull String text) {
        VisibleGroups visible = new VisibleGroups();
        List<GroupKey> named = Stream.concat(
                        GroupId.parse(text).stream(),
                        ConcurrencyManager.get().groups().stream()
                                .filter(group -> group.name().equals(text)))
                .filter(visible::isVisible)
                .distinct()
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException(Messages.ConcurrencyCommand_noGroup(text));
        }
        if (named.size() > 1) {
            throw new IllegalArgumentException(Messages.ConcurrencyCommand_manyGroups(
                    text, String.join(", ", named.stream().map(GroupId::of).toList())));
        }
        return named.get(0);
    }

    /**
     * Requests as people name them: by their key, or all of a build, as {@code job#number}.
     *
     * @throws IllegalArgumentException if there is none
     */
    @NonNull
    static List<RequestKey> requests(@NonNull List<String> texts) {
        return texts.stream()
                .flatMap(text -> requests(text).stream())
                .distinct()
                .toList();
    }

    private static Collection<RequestKey> requests(String text) {
        int mark = text.lastIndexOf('#');
        if (mark < 0) {
            try {
                return List.of(new RequestKey(Long.parseUnsignedLong(text, 16)));
            } catch (NumberFormatException x) {
                throw new IllegalArgumentException(Messages.ConcurrencyCommand_noRequest(text), x);
            }
        }
        Run<?, ?> run = build(text.substring(0, mark), text.substring(mark + 1));
        Collection<RequestKey> all = ConcurrencyManager.get().lookups().requestsOf(Runs.owner(run));
        if (all.isEmpty()) {
            throw new IllegalArgumentException(Messages.ConcurrencyCommand_noRequest(text));
        }
        return all;
    }

    /**
     * @throws IllegalArgumentException if there is no such build, or the user may not read it
     */
    @NonNull
    static Run<?, ?> build(@NonNull String job, @NonNull String number) {
        return VisibleItems.job(job)
                .filter(found -> number.matches("\\d{1,9}"))
                .<Run<?, ?>>map(found -> found.getBuildByNumber(Integer.parseInt(number)))
                .orElseThrow(() -> new IllegalArgumentException(Messages.ConcurrencyCommand_noBuild(job, number)));
    }

    /** Prints what came of an action. */
    int report(Interventions.Result result) {
        stdout.println(result);
        return code(List.of(result));
    }

    static int code(Collection<Interventions.Result> results) {
        return results.contains(Interventions.Result.DONE) ? 0 : NOTHING_DONE;
    }

    @Override
    protected final int run() throws Exception {
        try {
            return act();
        } catch (UnknownTargetException x) {
            throw new IllegalArgumentException(x.getMessage(), x);
        }
    }

    /** What the command does, and the exit code that comes of it. */
    abstract int act() throws Exception;
}
