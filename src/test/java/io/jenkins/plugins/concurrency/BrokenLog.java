package io.jenkins.plugins.concurrency;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;

/** Logs that cannot be written when this plugin has something to tell. */
public enum BrokenLog {
    /** As a bug in another plugin that decorates logs would have it. */
    BUG {
        @Override
        void fail() {
            throw new IllegalStateException("The log cannot be written");
        }
    },
    /** As a full disk would have it. */
    DISK {
        @Override
        void fail() throws IOException {
            throw new IOException("The log cannot be written");
        }
    };

    private static final List<String> OURS = List.of(
            "Waiting for ",
            "Got slot",
            "Leaving ",
            "Cancelled by",
            "No longer waiting",
            "Superseded by",
            "No slot of",
            "is skipped");

    abstract void fail() throws IOException;

    /** From now on, until Jenkins ends. */
    public void install() {
        ExtensionList.lookup(TaskListenerDecorator.Factory.class).add(new OfPipelines(this));
        ExtensionList.lookup(ConsoleLogFilter.class).add(new OfOthers(this));
    }

    private OutputStream broken(OutputStream log) {
        return new FilterOutputStream(log) {
            @Override
            public void write(@NonNull byte[] bytes, int offset, int length) throws IOException {
                String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
                if (OURS.stream().anyMatch(text::contains)) {
                    fail();
                }
                out.write(bytes, offset, length);
            }
        };
    }

    private record OfPipelines(BrokenLog how) implements TaskListenerDecorator.Factory {
        @Override
        public TaskListenerDecorator of(@NonNull FlowExecutionOwner owner) {
            return new Decorator(how);
        }
    }

    private static final class Decorator extends TaskListenerDecorator {
        private static final long serialVersionUID = 1L;

        private final BrokenLog how;

        Decorator(BrokenLog how) {
            this.how = how;
        }

        @NonNull
        @Override
        public OutputStream decorate(@NonNull OutputStream log) {
            return how.broken(log);
        }
    }

    private static final class OfOthers extends ConsoleLogFilter {
        private final BrokenLog how;

        OfOthers(BrokenLog how) {
            this.how = how;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public OutputStream decorateLogger(Run build, OutputStream log) {
            return how.broken(log);
        }
    }
}
