package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which member declares which shared groups how. Of each group the last one to declare it wins; one that nobody declares any
 * more is none.
 *
 * <p>As each declares the parents of its groups too, what wins is whole: of a group and its parent the last one to declare the
 * group has declared the parent too, and so on.
 */
final class Declarations {
    /** What a member declares, with the entry that said so. */
    record Declared(long seq, Map<GroupKey, SharedPolicy> groups) {
        Declared {
            groups = new TreeMap<>(groups);
        }
    }

    private final Map<String, Declared> byMember = new TreeMap<>();
    private volatile Map<GroupKey, SharedPolicy> valid = Map.of();
    private Map<String, Set<GroupKey>> differing = Map.of();

    Map<String, Declared> byMember() {
        return byMember;
    }

    void put(String member, Declared declared) {
        byMember.put(member, declared);
        update();
    }

    void remove(String member) {
        byMember.remove(member);
        update();
    }

    private void update() {
        Map<GroupKey, SharedPolicy> last = new TreeMap<>();
        byMember.values().stream()
                .sorted(Comparator.comparingLong(Declared::seq))
                .forEach(declared -> last.putAll(declared.groups()));
        valid = last;
        differing = compare();
    }

    /** What a member declares. */
    Map<GroupKey, SharedPolicy> of(String member) {
        Declared declared = byMember.get(member);
        return declared == null ? Map.of() : declared.groups();
    }

    Map<GroupKey, Policy> policies() {
        return valid.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, declared -> declared.getValue().policy()));
    }

    /**
     * That all groups are declared that a request asks for: of others there is no limit.
     *
     * @throws InvalidRequestException if not
     */
    void check(Request request) {
        for (Claim claim : request.claims()) {
            if (!valid.containsKey(claim.group())) {
                throw new InvalidRequestException("No controller declares the shared group '"
                        + claim.group().name() + "'. Declare it in the settings of each controller that uses it.");
            }
        }
    }

    boolean isFree(GroupKey group) {
        SharedPolicy policy = valid.get(group);
        return policy != null && policy.whenLost() == WhenLost.FREE;
    }

    /** Which members declare which groups otherwise than is valid, or not at all. */
    Map<String, Set<GroupKey>> differing() {
        return differing;
    }

    private Map<String, Set<GroupKey>> compare() {
        Map<String, Set<GroupKey>> found = new TreeMap<>();
        byMember.forEach((member, declared) -> {
            Set<GroupKey> other = valid.entrySet().stream()
                    .filter(group -> !group.getValue().equals(declared.groups().get(group.getKey())))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!other.isEmpty()) {
                found.put(member, other);
            }
        });
        return found;
    }
}
