package io.jenkins.plugins.concurrency.faults;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.BulkChange;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.concurrency.faults.body.Notes;
import io.jenkins.plugins.concurrency.faults.body.Work;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * The jobs that the rounds run, in the controller. One is known by the first word of its name: it may be renamed to the same
 * with another second word.
 *
 * <p>A build is called by its parameter {@code who}, as its job and number may change or come twice. Its groups are known to
 * the witness by the names that its body uses.
 */
enum Jobs {
    /** Two jobs with a step of one declared group. */
    STEP1("deploy"),
    STEP2("deploy"),
    /** A freestyle job whose builds ask for that same group before they start. */
    SHARED("deploy"),
    /** A freestyle job and a Pipeline with limits of their own, which change. */
    FREE("free"),
    PIPE("pipe"),
    /** These count for the cap; the last one has a limit of its own too. */
    CAPPED1("cap"),
    CAPPED2("cap"),
    BOTH("both", "cap");

    /** Builds here do not count for the cap. */
    private static final String UNCAPPED = "uncapped";

    final List<String> groups;

    Jobs(String... groups) {
        this.groups = List.of(groups);
    }

    boolean isStep() {
        return this == STEP1 || this == STEP2;
    }

    private boolean isFreestyle() {
        return this == SHARED || this == FREE || this == CAPPED1;
    }

    private boolean isCapped() {
        return groups.contains("cap");
    }

    /** Whether there is a limit of the job's own to change. */
    boolean hasOwnLimit() {
        return this == FREE || this == PIPE;
    }

    Job<?, ?> find() {
        return Jenkins.get().getAllItems(Job.class).stream()
                .filter(job -> job.getName().split("-")[0].equals(name()))
                .findFirst()
                .orElseThrow();
    }

    static void createAll() throws Exception {
        Jenkins jenkins = Jenkins.get();
        jenkins.setNumExecutors(20);
        Folder uncapped = jenkins.createProject(Folder.class, UNCAPPED);
        ConcurrencySettings settings = ConcurrencySettings.get();
        settings.setExcludedFolders(UNCAPPED);
        settings.setCap(3);
        setDeployLimit(2);
        for (Jobs job : values()) {
            job.create(job.isCapped() ? jenkins : uncapped);
        }
    }

    private void create(ModifiableTopLevelItemGroup folder) throws Exception {
        Class<? extends TopLevelItem> type = isFreestyle() ? FreeStyleProject.class : WorkflowJob.class;
        TopLevelItemDescriptor descriptor =
                (TopLevelItemDescriptor) Jenkins.get().getDescriptorOrDie(type);
        Job<?, ?> job = (Job<?, ?>) folder.createProject(descriptor, name(), true);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("who", ""), new StringParameterDefinition("millis", "")));
        if (job instanceof FreeStyleProject freestyle) {
            freestyle.setConcurrentBuild(true);
            freestyle.getBuildersList().add(work());
        } else {
            ((WorkflowJob) job).setDefinition(new CpsFlowDefinition(script(), false));
        }
        if (this == SHARED) {
            ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
            limit.setGroup("deploy");
            limit.setScope("CONTROLLER");
            job.addProperty(limit);
        } else if (hasOwnLimit() || this == BOTH) {
            setLimit(2);
        }
    }

    /** Of the class that a later controller finds, too. */
    private Builder work() throws ReflectiveOperationException {
        return (Builder) Jenkins.get()
                .getPluginManager()
                .uberClassLoader
                .loadClass(Work.class.getName())
                .getConstructor(List.class)
                .newInstance(new ArrayList<>(groups));
    }

    private String script() {
        if (!isStep()) {
            return inside("sleep time: params.millis as long, unit: 'MILLISECONDS'");
        }
        return """
                %s.add('ask', params.who, 'deploy')
                concurrency(group: 'deploy', scope: 'CONTROLLER') {
                    %s
                }
                """.formatted(Notes.class.getName(), inside("sleep time: params.millis as long, unit: 'MILLISECONDS'"));
    }

    private String inside(String body) {
        StringBuilder script = new StringBuilder("try {\n");
        groups.forEach(group -> script.append(note("in", group)));
        script.append(body).append("\n} finally {\n");
        groups.forEach(group -> script.append(note("out", group)));
        return script.append("}\n").toString();
    }

    private static String note(String what, String group) {
        return "%s.add('%s', params.who, '%s')\n".formatted(Notes.class.getName(), what, group);
    }

    int limit() {
        return find().getProperty(ConcurrencyLimitProperty.class).getLimit();
    }

    /** As who saves the job's form does. */
    void setLimit(int limit) throws IOException {
        Job<?, ?> job = find();
        try (BulkChange change = new BulkChange(job)) {
            job.removeProperty(ConcurrencyLimitProperty.class);
            ConcurrencyLimitProperty property = new ConcurrencyLimitProperty();
            property.setLimit(limit);
            job.addProperty(property);
            change.commit();
        }
    }

    static int deployLimit() {
        return ConcurrencySettings.get().getGroups().get(0).getLimit();
    }

    static void setDeployLimit(int limit) {
        ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup("deploy", limit)));
    }

    /** Tells the witness which limits hold now. */
    static void noteLimits() {
        Notes.add("limit", String.valueOf(deployLimit()), "deploy");
        Notes.add("limit", String.valueOf(ConcurrencySettings.get().getCap()), "cap");
        Arrays.stream(values())
                .filter(job -> job.hasOwnLimit() || job == BOTH)
                .forEach(job -> Notes.add("limit", String.valueOf(job.limit()), job.groups.get(0)));
    }
}
