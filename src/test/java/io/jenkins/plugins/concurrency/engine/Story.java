package io.jenkins.plugins.concurrency.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An engine whose effects read as short sentences, with a clock that the test sets. Requests go by names: a#1, a#1/x. */
final class Story implements InstantSource {
    private final Map<String, RequestKey> keys = new HashMap<>();
    private final Map<RequestKey, String> names = new HashMap<>();
    private Instant now = Instant.ofEpochMilli(1_000);

    Engine engine = Engine.open(this);

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    static GroupKey group(String name) {
        return new GroupKey(Scope.FOLDER, "", name);
    }

    static Claim claim(String group, int limit) {
        return Claim.of(group(group), limit);
    }

    static Claim slots(String group, int slots, int limit) {
        return new Claim(group(group), slots, false, limit);
    }

    static Claim whole(String group, int limit) {
        return new Claim(group(group), 1, true, limit);
    }

    /** {@code a#1/x} is a request of build 1 of job a; {@code a~1} one of the queue item 1. */
    Request of(String who, Behavior behavior, Claim... claims) {
        RequestKey key = keys.computeIfAbsent(who, any -> new RequestKey(keys.size() + 1L));
        names.put(key, who);
        return Request.of(key, owner(who), behavior, claims);
    }

    static Owner owner(String who) {
        int mark = Math.max(who.indexOf('#'), who.indexOf('~'));
        String number = who.substring(mark + 1).replaceFirst("/.*", "");
        return new Owner(who.substring(0, mark), Long.parseLong(number), who.charAt(mark) == '~');
    }

    RequestKey key(String who) {
        return keys.get(who);
    }

    List<String> ask(Request request) {
        return tell(engine.request(request));
    }

    List<String> ask(String who, Behavior behavior, Claim... claims) {
        return ask(of(who, behavior, claims));
    }

    List<String> ask(String who, Claim... claims) {
        return ask(who, Behavior.QUEUE, claims);
    }

    List<String> end(String who) {
        return tell(engine.end(key(who)));
    }

    /** Ends all that a build or a queue item has. */
    List<String> endAll(Owner owner) {
        return engine.requestsOf(owner).stream()
                .flatMap(key -> tell(engine.end(key)).stream())
                .toList();
    }

    List<String> declare(String group, Policy policy) {
        return declare(Map.of(group, policy));
    }

    List<String> declare(Map<String, Policy> policies) {
        return tell(engine.declare(
                policies.entrySet().stream().collect(Collectors.toMap(e -> group(e.getKey()), Map.Entry::getValue))));
    }

    GroupView view(String group) {
        return engine.group(group(group), 0, 100).orElseThrow();
    }

    List<String> running(String group) {
        return view(group).running().stream().map(this::name).toList();
    }

    List<String> waiting(String group) {
        return view(group).waiting().stream().map(this::name).toList();
    }

    List<RequestKey> live() {
        return engine.owners().stream()
                .flatMap(owner -> engine.requestsOf(owner).stream())
                .toList();
    }

    String name(RequestKey key) {
        return names.get(key);
    }

    private String name(RequestView view) {
        return name(view.key());
    }

    /** Ends who runs in a group, one after the other, until nobody does, and tells who did. */
    List<String> drain(String group) {
        List<String> order = new ArrayList<>();
        Optional<GroupView> view = engine.group(group(group), 0, 1);
        while (view.isPresent() && !view.get().running().isEmpty()) {
            RequestView first = view.get().running().get(0);
            order.add(name(first));
            engine.end(first.key());
            view = engine.group(group(group), 0, 1);
        }
        return order;
    }

    List<String> tell(List<Effect> effects) {
        // That somebody left is what the caller did, and no news to a story.
        return effects.stream()
                .filter(effect -> !(effect instanceof Effect.Left))
                .map(this::tell)
                .toList();
    }

    private String tell(Effect effect) {
        String who = names.get(effect.request());
        if (effect instanceof Effect.Queued queued) {
            return who + " waits for " + queued.group().name();
        } else if (effect instanceof Effect.Granted granted) {
            return who + " runs" + told(" with ", granted.grants().stream().map(Story::tell))
                    + told(" inside ", granted.nested().stream().map(GroupKey::name))
                    + (granted.overLimit() ? " over the limit" : "");
        } else if (effect instanceof Effect.Ended ended) {
            String outcome = ended.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return who + " " + outcome + " in " + ended.group().name()
                    + ended.by().map(by -> " by " + by).orElse("")
                    + told(
                            ": ",
                            ended.circle().stream()
                                    .map(link -> link.waiting() + " needs "
                                            + link.group().name() + " of " + link.holder()));
        } else if (effect instanceof Effect.Moved moved) {
            return who + " moved " + (moved.place().by() > 0 ? "to the front of " : "to the end of ")
                    + moved.place().group().name();
        } else if (effect instanceof Effect.CancelRunning cancel) {
            return who + " shall leave " + cancel.group().name() + " for " + cancel.by();
        }
        Effect.LimitChanged changed = (Effect.LimitChanged) effect;
        return who + " changes " + changed.group().name() + " from " + changed.from() + " to " + changed.to();
    }

    private static String tell(Grant grant) {
        String slots = grant.slots().stream().map(String::valueOf).collect(Collectors.joining("+"));
        return grant.group().name() + " " + (grant.exclusive() ? "whole" : slots);
    }

    private static String told(String before, java.util.stream.Stream<String> parts) {
        String all = parts.collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : before + all;
    }
}
