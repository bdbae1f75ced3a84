package io.jenkins.plugins.concurrency.lab.rehearse.program;

import com.cloudbees.groovy.cps.Continuable;
import groovy.lang.Closure;
import java.time.InstantSource;
import org.codehaus.groovy.runtime.GroovyCategorySupport;

/** Lets programs run on this thread, in their sandbox. */
public final class Sandboxed {
    private Sandboxed() {}

    /** @param clock what programs take for the time */
    public static void run(InstantSource clock, Runnable work) {
        Sandbox sandbox = new Sandbox(clock);
        sandbox.register();
        try {
            GroovyCategorySupport.use(Continuable.categories, new Closure<Object>(null) {
                private static final long serialVersionUID = 1L;

                @Override
                public Object call() {
                    work.run();
                    return null;
                }
            });
        } finally {
            sandbox.unregister();
        }
    }
}
