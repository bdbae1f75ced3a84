package io.jenkins.plugins.concurrency.faults.body;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Descriptor;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.util.List;
import java.util.Map;

/** The body of a freestyle build: says that it is inside its groups, and is there for a while. */
public final class Work extends Builder {
    private final List<String> groups;

    public Work(List<String> groups) {
        this.groups = List.copyOf(groups);
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException {
        Map<String, String> parameters = build.getBuildVariables();
        String who = parameters.get("who");
        groups.forEach(group -> Notes.add("in", who, group));
        try {
            Thread.sleep(Long.parseLong(parameters.get("millis")));
        } finally {
            groups.forEach(group -> Notes.add("out", who, group));
        }
        return true;
    }

    /** Not an extension: only the jobs of this story have it. */
    @Override
    public Descriptor<Builder> getDescriptor() {
        return new DescriptorImpl();
    }

    private static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        DescriptorImpl() {
            super(Work.class);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> type) {
            return true;
        }
    }
}
