package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import io.jenkins.plugins.concurrency.records.PastLease;
import io.jenkins.plugins.concurrency.records.UsedGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Which slots builds had, and how long they waited for them, as a file for spreadsheets and for the simulator; the oldest
 * first. A job that its reader may not read is called "hidden" with a number, and its builds have none.
 */
@Restricted(NoExternalUse.class)
public final class HistoryCsv implements HttpResponse {
    private static final String HEADER = "group,scope,job,build,start,seconds,waited,slots,limit,priority";

    private static final Pattern FORMULA = Pattern.compile("[=+@-]");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");
    private static final Pattern SPECIAL = Pattern.compile("[\",\r\n]");

    private record Row(GroupKey group, PastLease lease) {}

    private final List<Row> rows = new ArrayList<>();
    /** What jobs are called that the current user may not read; empty for the others. */
    private final Map<String, Optional<String>> hidden = new HashMap<>();

    private int hiddenJobs;

    private HistoryCsv() {}

    /** All builds in a group. The group is one that the current user may see. */
    @NonNull
    public static HistoryCsv of(@NonNull GroupKey group) {
        HistoryCsv csv = new HistoryCsv();
        csv.add(group, lease -> true);
        return csv;
    }

    /** The builds of a job, in all groups that it uses. */
    @NonNull
    public static HistoryCsv of(@NonNull Job<?, ?> job) {
        HistoryCsv csv = new HistoryCsv();
        String name = job.getFullName();
        ConcurrencyManager manager = ConcurrencyManager.get();
        Stream.concat(
                        manager.groupsOf(name).stream(),
                        manager.usedGroups().of(name).stream().map(UsedGroup::group))
                .distinct()
                .forEach(group -> csv.add(group, lease -> lease.job().equals(name)));
        return csv;
    }

    private void add(GroupKey group, Predicate<PastLease> which) {
        ConcurrencyManager.get().pastLeases().of(group).stream()
                .filter(which)
                .forEach(lease -> rows.add(new Row(group, lease)));
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"concurrency.csv\"");
        PrintWriter out = response.getWriter();
        out.print(HEADER + "\r\n");
        rows.sort(Comparator.comparing((Row row) -> row.lease().since())
                .thenComparing(row -> row.lease().ticket()));
        rows.forEach(row -> out.print(line(row) + "\r\n"));
    }

    private String line(Row row) {
        PastLease lease = row.lease();
        Optional<String> instead = hidden.computeIfAbsent(lease.job(), this::hidden);
        return Stream.of(
                        row.group().name(),
                        row.group().scope(),
                        instead.orElse(lease.job()),
                        instead.isPresent() ? "" : lease.build(),
                        lease.since(),
                        seconds(lease.held()),
                        seconds(lease.waited()),
                        lease.slots(),
                        lease.limit(),
                        lease.priority())
                .map(field -> quoted(field.toString()))
                .collect(Collectors.joining(","));
    }

    private Optional<String> hidden(String job) {
        return VisibleItems.job(job).isPresent() ? Optional.empty() : Optional.of("hidden " + ++hiddenJobs);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }

    /** A spreadsheet must not take it for a formula, nor for two fields. */
    private static String quoted(String field) {
        boolean formula =
                FORMULA.matcher(field).lookingAt() && !NUMBER.matcher(field).matches();
        String text = formula ? "'" + field : field;
        return SPECIAL.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
