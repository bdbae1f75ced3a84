package io.jenkins.plugins.concurrency.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTableTest {
    private static LiveRequest entry(long key) {
        Request request = Request.of(
                new RequestKey(key), Owner.build("a", 1), Behavior.QUEUE, Claim.of(Story.group("deploy"), 1));
        return new LiveRequest(request, new Job("a"), key, 0, List.of(), Nesting.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 50, 5_000})
    void itDoesWhatAHashMapDoes(int numbers) {
        Random random = new Random(numbers);
        RequestTable table = new RequestTable(entry -> entry.key().value());
        Map<Long, LiveRequest> map = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            // Far apart and close together, below 0 too.
            long key = random.nextInt(numbers) * (random.nextBoolean() ? 1 : -(1L << 40));
            if (random.nextInt(i < 10_000 ? 3 : 2) > 0) {
                LiveRequest entry = entry(key);
                assertThat(table.put(entry), sameInstance(map.put(key, entry)));
            } else {
                table.removeKey(key);
                map.remove(key);
            }
            long other = random.nextInt(numbers);
            assertThat(table.get(other), sameInstance(map.get(other)));
            assertThat(table.size(), is(map.size()));
        }
        assertThat(new HashSet<>(table), is(new HashSet<>(map.values())));
        List.copyOf(map.keySet()).forEach(table::removeKey);
        assertThat(table.size(), is(0));
        assertThat(table.get(1), nullValue());
    }
}
