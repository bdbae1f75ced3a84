package io.jenkins.plugins.concurrency.pages;

import hudson.Util;
import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.Interventions;
import io.jenkins.plugins.concurrency.manager.SharedInterventions;
import io.jenkins.plugins.concurrency.manager.UnknownTargetException;
import io.jenkins.plugins.concurrency.remote.ActionBean;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Flavor;

/**
 * What a viewer of a group has asked to be done, as the parameters of a request tell. The answer is JSON of an {@link
 * ActionBean}; or else a status and a sentence: 400 for what makes no sense, 404 for what the viewer may not know of, 409 for
 * what is over already. Who may not do it gets 403 from Jenkins.
 */
final class PostedAction {
    private final StaplerRequest2 request;
    private final GroupKey group;

    PostedAction(StaplerRequest2 request, GroupKey group) {
        this.request = request;
        this.group = group;
    }

    HttpResponse run() {
        try {
            return answer(act());
        } catch (UnknownTargetException x) {
            return refused(HttpServletResponse.SC_NOT_FOUND, x.getMessage());
        } catch (IllegalArgumentException x) {
            return refused(HttpServletResponse.SC_BAD_REQUEST, x.getMessage());
        }
    }

    private ActionBean act() {
        return switch (Util.fixNull(request.getParameter("action"))) {
            case "cancel" -> new ActionBean(Interventions.cancel(keys()));
            case "top" -> new ActionBean(Interventions.move(keys(), Direction.TOP));
            case "up" -> new ActionBean(Interventions.move(keys(), Direction.UP));
            case "down" -> new ActionBean(Interventions.move(keys(), Direction.DOWN));
            case "bottom" -> new ActionBean(Interventions.move(keys(), Direction.BOTTOM));
            case "start" -> new ActionBean(Interventions.startNow(keys()));
            case "release" -> new ActionBean(Interventions.release(keys()));
            case "releaseLost" -> new ActionBean(SharedInterventions.release(keys()));
            case "pause" -> new ActionBean(Interventions.pause(group, reason(), until()));
            case "resume" -> new ActionBean(Interventions.resume(group));
            case "limit" ->
                new ActionBean(Interventions.setLimit(
                        group, OptionalInt.of(number("limit").orElse(0)), reason()));
            case "resetLimit" -> new ActionBean(Interventions.setLimit(group, OptionalInt.empty(), reason()));
            default -> throw new IllegalArgumentException(Messages.PostedAction_unknown());
        };
    }

    private static HttpResponse answer(ActionBean bean) {
        return bean.isOver()
                ? refused(HttpServletResponse.SC_CONFLICT, Messages.PostedAction_over())
                : new HttpResponse() {
                    @Override
                    public void generateResponse(StaplerRequest2 asked, StaplerResponse2 answer, Object node)
                            throws IOException, ServletException {
                        answer.serveExposedBean(asked, bean, Flavor.JSON);
                    }
                };
    }

    private static HttpResponse refused(int status, String sentence) {
        return new HttpResponse() {
            @Override
            public void generateResponse(StaplerRequest2 asked, StaplerResponse2 answer, Object node)
                    throws IOException {
                answer.setStatus(status);
                answer.setContentType("text/plain;charset=UTF-8");
                answer.getWriter().print(sentence);
            }
        };
    }

    private List<RequestKey> keys() {
        String[] given = request.getParameterValues("key");
        if (given == null) {
            throw new IllegalArgumentException(Messages.PostedAction_noKey());
        }
        return Arrays.stream(given).map(PostedAction::key).toList();
    }

    private static RequestKey key(String text) {
        try {
            return new RequestKey(Long.parseUnsignedLong(text, 16));
        } catch (NumberFormatException x) {
            throw new IllegalArgumentException(Messages.PostedAction_noKey(), x);
        }
    }

    private String reason() {
        return Util.fixEmptyAndTrim(request.getParameter("reason"));
    }

    private Optional<Instant> until() {
        return number("minutes").map(minutes -> Instant.now().plus(Duration.ofMinutes(minutes)));
    }

    /** A whole number of 1 or more; empty if none is given. */
    private Optional<Integer> number(String parameter) {
        String text = Util.fixEmptyAndTrim(request.getParameter(parameter));
        if (text == null) {
            return Optional.empty();
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(Messages.PostedAction_noNumber());
        }
        return Optional.of(Integer.valueOf(text));
    }
}
