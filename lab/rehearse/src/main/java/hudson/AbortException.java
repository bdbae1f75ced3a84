package hudson;

import java.io.IOException;

/** What steps throw in Jenkins, under the name by which Jenkinsfiles catch it. */
public class AbortException extends IOException {
    private static final long serialVersionUID = 1L;

    public AbortException() {}

    public AbortException(String message) {
        super(message);
    }
}
