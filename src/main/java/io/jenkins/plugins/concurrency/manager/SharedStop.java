package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.cluster.News;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.util.Optional;

/** Why a build does not have its slots of shared groups any more. */
record SharedStop(Interruption.Kind kind) {
    static SharedStop of(News.Why why) {
        return new SharedStop(
                switch (why) {
                    case GIVEN_ON -> Interruption.Kind.GIVEN_ON;
                    case RELEASED -> Interruption.Kind.RELEASED_ELSEWHERE;
                    case CUT_OFF -> Interruption.Kind.CUT_OFF;
                    case FENCED -> Interruption.Kind.FENCED;
                });
    }

    Interruption interruption(GroupKey group) {
        return new Interruption(kind, group, Optional.empty());
    }

    String text(GroupKey group) {
        return interruption(group).getShortDescription();
    }
}
