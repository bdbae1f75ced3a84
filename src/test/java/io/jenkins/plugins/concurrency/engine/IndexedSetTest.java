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

class IndexedSetTest {
    private final IndexedSet<Integer> set = new IndexedSet<>(Comparator.naturalOrder());

    @Test
    void itIsASortedSetThatKnowsTheIndexOfEachElement() {
        TreeSet<Integer> model = new TreeSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            int element = random.nextInt(300);
            if (model.add(element)) {
                set.add(element);
            } else {
                model.remove(element);
                set.remove(element);
            }
            if (!model.isEmpty() && random.nextInt(10) == 0) {
                assertThat(set.pollFirst(), is(model.pollFirst()));
            }
            int probe = random.nextInt(300);
            assertThat(set.size(), is(model.size()));
            assertThat(set.first(), is(model.isEmpty() ? null : model.first()));
            assertThat(set.indexOf(probe), is(model.headSet(probe).size()));
            if (!model.isEmpty()) {
                int index = random.nextInt(model.size());
                assertThat(set.get(index), is(new ArrayList<>(model).get(index)));
                List<Integer> page = new ArrayList<>();
                set.visit(index, e -> page.add(e) && page.size() < 7);
                assertThat(page, is(model.stream().skip(index).limit(7).toList()));
            }
        }
    }

    @Test
    void whatIsNotInItCannotBeRemoved() {
        set.add(1);
        assertThrows(IllegalArgumentException.class, () -> set.remove(2));
    }

    @Test
    void itStaysShallowWhenElementsComeInOrder() {
        for (int i = 0; i < 200_000; i++) {
            set.add(i);
        }
        assertThat(set.get(199_999), is(199_999));
    }
}
