package io.jenkins.plugins.concurrency.manager;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesRegex;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy",
                "\"><script>alert(1)</script>",
                "${jndi:ldap://x/y}",
                "../..",
                "%2F..%2f",
                "a/b\\c",
                "שלום",
                "🚀 straße",
                "a;b?c#d&e=f"
            })
    void anyNameIsAPartOfAUrlAndComesBack(String name) {
        GroupKey group = new GroupKey(Scope.FOLDER, "team/a b", name);
        assertThat(GroupId.of(group), matchesRegex("[A-Za-z0-9_-]+"));
        assertEquals(Optional.of(group), GroupId.parse(GroupId.of(group)));
        assertEquals(name, GroupId.parse(GroupId.of(group)).orElseThrow().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "deploy", "Rk9PCgpy", "Sk9CCgo", "Sk9CCmEKYgpj"})
    void whatIsNoIdIsNoGroup(String id) {
        assertEquals(Optional.empty(), GroupId.parse(id));
    }

    @Test
    void nothingIsNoGroup() {
        assertEquals(Optional.empty(), GroupId.parse(null));
    }
}
