package io.jenkins.plugins.concurrency.lab.rehearse.program;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.impl.CpsClosure;
import java.util.List;
import org.codehaus.groovy.runtime.InvokerHelper;

/** A closure of a Jenkinsfile. Some steps have the names of methods that Groovy adds to each object. */
public final class RehearsedClosure extends CpsClosure {
    private static final long serialVersionUID = 1L;

    public RehearsedClosure(Object owner, Object self, List<String> parameters, Block body, Env capture) {
        super(owner, self, parameters, body, capture);
    }

    public Object sleep(long seconds) {
        return InvokerHelper.invokeMethod(getOwner(), "sleep", seconds);
    }

    public void println(Object text) {
        InvokerHelper.invokeMethod(getOwner(), "println", text);
    }

    public void println() {
        InvokerHelper.invokeMethod(getOwner(), "println", new Object[0]);
    }

    public void print(Object text) {
        InvokerHelper.invokeMethod(getOwner(), "print", text);
    }

    public void printf(String format, Object value) {
        InvokerHelper.invokeMethod(getOwner(), "println", format);
    }

    public void printf(String format, Object[] values) {
        InvokerHelper.invokeMethod(getOwner(), "println", format);
    }
}
