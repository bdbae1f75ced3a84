package io.jenkins.plugins.concurrency.lab.simulator;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Overflow;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.lab.simulator.Scenario.SimulatedJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Reads a scenario, in as many variants as the lists in it make. */
final class ScenarioFile implements Scenarios {
    private static final int MOST_VARIANTS = 12;

    private final Node root;
    private final String title;
    /** How many values each field has that has several, in the order of the file. */
    private final Map<String, Integer> lists = new LinkedHashMap<>();

    private final Map<Path, RecordedBuilds> recorded = new HashMap<>();
    /** Which value of each list the variant takes that is being read; and what that makes its name. */
    private Map<String, Integer> chosen = Map.of();

    private List<String> choices = new ArrayList<>();

    ScenarioFile(Path file) {
        root = Node.read(file).only("title", "about", "seed", "until", "leaving", "groups", "jobs");
        title = root.get("title").map(Node::text).orElse(String.valueOf(file.getFileName()));
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String about() {
        return root.get("about").map(Node::text).orElse("");
    }

    @Override
    public List<Scenario> variants(OptionalLong seed) {
        Scenario first = read(seed);
        int count = lists.values().stream().reduce(1, (a, b) -> a * b);
        if (count > MOST_VARIANTS) {
            throw root.wrong("the lists in it make " + count + " variants; at most " + MOST_VARIANTS + " are shown");
        }
        if (count == 1) {
            return List.of(first);
        }
        List<Scenario> variants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int rest = i;
            Map<String, Integer> choice = new HashMap<>();
            for (Map.Entry<String, Integer> list : lists.entrySet()) {
                choice.put(list.getKey(), rest % list.getValue());
                rest /= list.getValue();
            }
            chosen = choice;
            variants.add(read(seed));
        }
        return variants;
    }

    private Scenario read(OptionalLong seed) {
        choices = new ArrayList<>();
        Map<GroupKey, Policy> groups = new LinkedHashMap<>();
        root.get("groups")
                .ifPresent(all ->
                        all.fields().forEach((name, node) -> groups.put(key(name, node), policy(name, node))));
        groups.forEach((group, policy) -> policy.parent()
                .filter(parent -> !groups.containsKey(parent))
                .ifPresent(parent -> {
                    throw root.required("groups")
                            .wrong("the parent '" + parent.name() + "' of '" + group.name() + "' is none of them");
                }));
        List<SimulatedJob> jobs = new ArrayList<>();
        root.required("jobs").fields().forEach((name, node) -> jobs.add(job(name, node, groups)));
        if (jobs.isEmpty()) {
            throw root.required("jobs").wrong("there is no job in it");
        }
        return new Scenario(
                String.join(", ", choices),
                seed.orElse(root.get("seed").map(node -> (long) node.integer(0)).orElse(1L)),
                root.required("until").duration(),
                root.get("leaving").map(Node::duration).orElse(5_000L),
                groups,
                jobs,
                List.of());
    }

    /** The value of a field that may be a list, one value for each variant. */
    private Node one(String owner, String name, Node node) {
        List<Node> values = node.list();
        if (values.size() == 1) {
            return values.get(0);
        }
        String list = owner + "." + name;
        lists.put(list, values.size());
        Node value = values.get(chosen.getOrDefault(list, 0));
        choices.add((lists.size() > 1 ? owner + " " : "") + name + " " + value.text());
        return value;
    }

    private static GroupKey key(String name, Node where) {
        try {
            return new GroupKey(Scope.CONTROLLER, "", name);
        } catch (InvalidRequestException e) {
            throw where.wrong(e.getMessage());
        }
    }

    private Policy policy(String name, Node node) {
        node.only("limit", "order", "maxQueued", "overflow", "priority", "parent");
        return new Policy(
                one(name, "limit", node.required("limit")).integer(1),
                node.get("order")
                        .map(order -> one(name, "order", order).one(Order.class))
                        .orElse(Order.FIFO),
                node.get("maxQueued")
                        .map(bound ->
                                OptionalInt.of(one(name, "maxQueued", bound).integer(0)))
                        .orElse(OptionalInt.empty()),
                node.get("overflow")
                        .map(over -> one(name, "overflow", over).one(Overflow.class))
                        .orElse(Overflow.CANCEL),
                node.get("priority")
                        .map(priority -> priority.integer(Integer.MIN_VALUE))
                        .orElse(0),
                node.get("parent").map(parent -> key(parent.text(), parent)));
    }

    private SimulatedJob job(String name, Node node, Map<GroupKey, Policy> groups) {
        node.only("arrivals", "duration", "request");
        Node request = node.required("request")
                .only(
                        "group",
                        "limit",
                        "slots",
                        "exclusive",
                        "behavior",
                        "priority",
                        "maxQueued",
                        "waitTimeout",
                        "unit",
                        "extra");
        List<Claim> claims = new ArrayList<>();
        claims.add(claim(name, request, groups));
        for (Node extra : request.get("extra").map(Node::list).orElse(List.of())) {
            claims.add(claim(name, extra.only("group", "limit", "slots", "exclusive"), groups));
        }
        TimeUnit unit = request.get("unit").map(u -> u.one(TimeUnit.class)).orElse(TimeUnit.MINUTES);
        return new SimulatedJob(
                name,
                arrivals(name, node.required("arrivals")),
                durations(name, node),
                claims,
                request.get("behavior")
                        .map(behavior -> one(name, "behavior", behavior).one(Behavior.class))
                        .orElse(Behavior.QUEUE),
                request.get("priority")
                        .map(priority -> priority.integer(Integer.MIN_VALUE))
                        .orElse(0),
                request.get("maxQueued")
                        .map(bound ->
                                OptionalInt.of(one(name, "maxQueued", bound).integer(0)))
                        .orElse(OptionalInt.empty()),
                request.get("waitTimeout")
                        .map(timeout -> OptionalLong.of(unit.toMillis(timeout.integer(0))))
                        .orElse(OptionalLong.empty()),
                List.of());
    }

    private Claim claim(String job, Node node, Map<GroupKey, Policy> groups) {
        GroupKey group = node.get("group").map(name -> key(name.text(), name)).orElseGet(() -> key(job, node));
        Optional<Policy> declared = Optional.ofNullable(groups.get(group));
        int limit = node.get("limit")
                .map(value -> one(job, "limit", value).integer(1))
                .orElse(1);
        int slots = node.get("slots").map(value -> value.integer(1)).orElse(1);
        try {
            boolean exclusive = node.get("exclusive").map(Node::bool).orElse(false);
            Claim claim = new Claim(group, slots, exclusive, declared.isPresent() ? Claim.ANY_LIMIT : limit);
            if (declared.isPresent() && slots > declared.get().limit()) {
                throw new InvalidRequestException("it takes " + slots + " slots of the group '" + group.name()
                        + "', which has " + declared.get().limit());
            }
            return claim;
        } catch (InvalidRequestException e) {
            throw node.wrong(e.getMessage());
        }
    }

    private Arrivals arrivals(String job, Node node) {
        node.only("at", "every", "burst", "first", "perHour", "csv");
        if (node.has("at")) {
            return Arrivals.at(
                    node.required("at").list().stream().map(Node::duration).toList());
        }
        if (node.has("perHour")) {
            return Arrivals.poisson(node.required("perHour").positive());
        }
        if (node.has("csv")) {
            return Arrivals.at(recorded(job, node.required("csv")).starts());
        }
        if (!node.has("every")) {
            throw node.wrong("one of these is needed: at, every, perHour, csv");
        }
        long every = node.required("every").duration();
        if (every < 1) {
            throw node.required("every").wrong("it must be above 0");
        }
        return Arrivals.bursts(
                node.get("burst").map(size -> size.integer(1)).orElse(1),
                every,
                node.get("first").map(Node::duration).orElse(0L));
    }

    private Durations durations(String job, Node of) {
        if (!of.has("duration")) {
            return of.required("arrivals")
                    .get("csv")
                    .map(csv -> Durations.recorded(recorded(job, csv).durations()))
                    .orElseThrow(() -> of.wrong("the field 'duration' is missing"));
        }
        Node node = of.required("duration").only("fixed", "median", "sigma", "csv");
        if (node.has("csv")) {
            return Durations.empirical(recorded(job, node.required("csv")).durations());
        }
        if (node.has("fixed")) {
            return Durations.fixed(node.required("fixed").duration());
        }
        long median = node.required("median").duration();
        return Durations.logNormal(median, node.get("sigma").map(Node::positive).orElse(0.5));
    }

    private RecordedBuilds recorded(String job, Node csv) {
        return recorded.computeIfAbsent(csv.path(), RecordedBuilds::read).of(job, csv);
    }
}
