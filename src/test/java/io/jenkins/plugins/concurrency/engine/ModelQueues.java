package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who waits for what in the {@link Model}: a list for each group, sorted whenever somebody looks. */
final class ModelQueues {
    private static final Comparator<ModelRequest> BY_TICKET = Comparator.comparingLong((ModelRequest r) -> r.ticket)
            .thenComparingLong(r -> r.key().value());
    private static final Comparator<ModelRequest> BY_LEVEL = (a, b) -> Arrays.compare(b.level, a.level);

    private final Map<GroupKey, List<ModelRequest>> waiting = new HashMap<>();
    /** For FAIR: the jobs that wait at a level of a group, the next one first. */
    private final Map<GroupKey, Map<List<Long>, List<String>>> turns = new HashMap<>();

    List<ModelRequest> inOrder(GroupKey group, Order order) {
        List<ModelRequest> all = new ArrayList<>(waiting.getOrDefault(group, List.of()));
        switch (order) {
            case FIFO -> all.sort(BY_LEVEL.thenComparing(BY_TICKET));
            case NEWEST_FIRST -> all.sort(BY_LEVEL.thenComparing(BY_TICKET.reversed()));
            case FAIR -> all = roundRobin(group, all);
        }
        return all;
    }

    private List<ModelRequest> roundRobin(GroupKey group, List<ModelRequest> all) {
        all.sort(BY_LEVEL.thenComparing(BY_TICKET));
        Map<List<Long>, List<ModelRequest>> byLevel = all.stream()
                .collect(Collectors.groupingBy(ModelQueues::level, LinkedHashMap::new, Collectors.toList()));
        List<ModelRequest> result = new ArrayList<>();
        byLevel.forEach((level, requests) -> {
            while (!requests.isEmpty()) {
                for (String job : turns.get(group).get(level)) {
                    requests.stream().filter(r -> r.isOf(job)).findFirst().ifPresent(r -> {
                        requests.remove(r);
                        result.add(r);
                    });
                }
            }
        });
        return result;
    }

    private static List<Long> level(ModelRequest request) {
        return Arrays.stream(request.level).boxed().toList();
    }

    void add(GroupKey group, ModelRequest request) {
        waiting.computeIfAbsent(group, any -> new ArrayList<>()).add(request);
        request.waitingIn = group;
        List<String> jobs = turns.computeIfAbsent(group, any -> new HashMap<>())
                .computeIfAbsent(level(request), any -> new ArrayList<>());
        if (!jobs.contains(request.owner.job())) {
            jobs.add(request.owner.job());
        }
    }

    void remove(ModelRequest request, boolean served) {
        GroupKey group = request.waitingIn;
        List<ModelRequest> others = waiting.get(group);
        others.remove(request);
        request.waitingIn = null;
        List<String> jobs = turns.get(group).get(level(request));
        boolean more =
                others.stream().anyMatch(r -> r.isOf(request.owner.job()) && Arrays.equals(r.level, request.level));
        if (served || !more) {
            jobs.remove(request.owner.job());
            if (more) {
                jobs.add(request.owner.job());
            }
        }
    }

    /** Whether somebody who does not wait would be the first if it did. */
    boolean wouldLead(GroupKey group, Order order, ModelRequest newcomer) {
        List<ModelRequest> before = inOrder(group, order);
        if (before.isEmpty()) {
            return true;
        }
        add(group, newcomer);
        boolean leads = inOrder(group, order).get(0) == newcomer;
        remove(newcomer, false);
        return leads;
    }

    /** As if all had come by ticket. */
    void lineUpAnew(GroupKey group) {
        List<ModelRequest> all = new ArrayList<>(waiting.getOrDefault(group, List.of()));
        all.sort(BY_TICKET);
        waiting.remove(group);
        turns.remove(group);
        all.forEach(request -> add(group, request));
    }

    int size(GroupKey group) {
        return waiting.getOrDefault(group, List.of()).size();
    }

    void rename(GroupKey from, GroupKey to) {
        if (waiting.containsKey(from)) {
            waiting.put(to, waiting.remove(from));
            waiting.get(to).forEach(request -> request.waitingIn = to);
            turns.put(to, turns.remove(from));
        }
    }

    void renameJob(String from, String to) {
        turns.values()
                .forEach(levels -> levels.values().forEach(jobs -> jobs.replaceAll(j -> j.equals(from) ? to : j)));
    }
}
