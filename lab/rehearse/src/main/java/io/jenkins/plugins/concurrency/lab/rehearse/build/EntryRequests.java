package io.jenkins.plugins.concurrency.lab.rehearse.build;

import io.jenkins.plugins.concurrency.arguments.Arguments;
import io.jenkins.plugins.concurrency.arguments.AskedBlock;
import io.jenkins.plugins.concurrency.arguments.BlockArguments;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a build asks for before it starts: the limit of its job, then the caps. */
final class EntryRequests {
    private EntryRequests() {}

    /** One request after the other. */
    static List<Request> of(Build build) {
        List<Request> requests = new ArrayList<>();
        // Of queue items, the engine knows the ids, which grow over all jobs.
        Owner owner = Owner.queueItem(build.job().name(), build.entry().id());
        build.job().limit().ifPresent(limit -> requests.add(limit(build, owner, limit)));
        List<GroupKey> caps = build.around().isEmpty()
                ? build.world().plan().settings().capsOf(build.job().name())
                : List.of();
        if (!caps.isEmpty()) {
            requests.add(new Request(
                    build.world().locks().nextKey(),
                    owner,
                    caps.stream()
                            .map(cap -> new Claim(cap, 1, false, Claim.ANY_LIMIT))
                            .toList(),
                    Behavior.QUEUE,
                    0,
                    OptionalInt.empty(),
                    Optional.empty(),
                    List.of()));
        }
        return requests;
    }

    private static Request limit(Build build, Owner owner, Map<String, Object> limit) {
        BlockArguments.check(limit, List.of());
        Arguments.checkChoice(limit, "behavior", Behavior.class);
        AskedBlock asked = BlockArguments.read(limit, List.of());
        return asked.request(
                build.world().locks().nextKey(),
                owner,
                Groups.of(build),
                build.world().time(),
                build.around());
    }

    /** What a build of a job ends as when a newer one takes its place. */
    static String result(Job job) {
        return job.limit()
                .map(limit -> limit.get("result"))
                .map(Object::toString)
                .orElse(EndResult.DEFAULT.name());
    }
}
