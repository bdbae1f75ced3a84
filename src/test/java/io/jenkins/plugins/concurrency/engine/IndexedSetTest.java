package io.jenkins.plugins.concurrency.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexedSetTest {
    private final IndexedSet<Integer> set = new IndexedSet<>(Comparator.naturalOrder());

    @ParameterizedTest
    @ValueSource(ints = {3, 300, 10_000})
    void itIsASortedSetThatKnowsTheIndexOfEachElement(int most) {
        TreeSet<Integer> model = new TreeSet<>();
        Random random = new Random(1);
        // First there are ever more, then ever fewer.
        for (int growth = 3; growth >= 1; growth -= 2) {
            for (int i = 0; i < most * 3; i++) {
                change(model, random.nextInt(most), random.nextInt(4) < growth);
                if (!model.isEmpty() && random.nextInt(20) == 0) {
                    assertThat(set.pollFirst(), is(model.pollFirst()));
                }
                if (i % Math.max(1, most / 300) == 0) {
                    compare(model, random, most);
                }
            }
        }
    }

    private void change(TreeSet<Integer> model, int element, boolean add) {
        if (add && model.add(element)) {
            set.add(element);
        } else if (!add && model.remove(element)) {
            set.remove(element);
        }
    }

    private void compare(TreeSet<Integer> model, Random random, int most) {
        int probe = random.nextInt(most);
        assertThat(set.size(), is(model.size()));
        assertThat(set.first(), is(model.isEmpty() ? null : model.first()));
        assertThat(set.last(), is(model.isEmpty() ? null : model.last()));
        assertThat(set.indexOf(probe), is(model.headSet(probe).size()));
        if (!model.isEmpty()) {
            int index = random.nextInt(model.size());
            assertThat(set.get(index), is(new ArrayList<>(model).get(index)));
            List<Integer> page = new ArrayList<>();
            set.visit(index, e -> page.add(e) && page.size() < 7);
            assertThat(page, is(model.stream().skip(index).limit(7).toList()));
        }
    }

    @Test
    void aLongQueueGoesThroughIt() {
        for (int i = 0; i < 200_000; i++) {
            set.add(i);
            if (i >= 1_500) {
                assertThat(set.pollFirst(), is(i - 1_500));
            }
        }
        assertThat(set.size(), is(1_500));
        assertThat(set.get(1_499), is(199_999));
    }

    @Test
    void whatIsNotInItCannotBeRemoved() {
        set.add(1);
        assertThrows(IllegalArgumentException.class, () -> set.remove(2));
    }
}
