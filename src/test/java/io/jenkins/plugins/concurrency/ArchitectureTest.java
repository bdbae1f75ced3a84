package io.jenkins.plugins.concurrency;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.concurrency.cluster.SharedGroups;
import io.jenkins.plugins.concurrency.queue.LimitForm;
import io.jenkins.plugins.concurrency.settings.FormNumbers;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** Which part may know which, and what every web method has. */
@AnalyzeClasses(packages = "io.jenkins.plugins.concurrency", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.concurrency";

    @ArchTest
    static final ArchRule ARROWS_GO_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .withOptionalLayers(true)
            .layer("engine")
            .definedBy(ROOT + ".engine..")
            .layer("arguments")
            .definedBy(ROOT + ".arguments..")
            .layer("cluster")
            .definedBy(ROOT + ".cluster..")
            .layer("settings")
            .definedBy(ROOT + ".settings..")
            .layer("records")
            .definedBy(ROOT + ".records..")
            .layer("manager")
            .definedBy(ROOT + ".manager..")
            .layer("pipeline")
            .definedBy(ROOT + ".pipeline..")
            .layer("queue")
            .definedBy(ROOT + ".queue..")
            .layer("pages")
            .definedBy(ROOT + ".pages..")
            .layer("remote")
            .definedBy(ROOT + ".remote..")
            .layer("metrics")
            .definedBy(ROOT + ".metrics..")
            .layer("support")
            .definedBy(ROOT + ".support..")
            .whereLayer("pipeline")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("queue")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("pages")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("remote")
            .mayOnlyBeAccessedByLayers("pages")
            .whereLayer("metrics")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("support")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("manager")
            .mayOnlyBeAccessedByLayers("pipeline", "queue", "pages", "remote", "metrics", "support")
            .whereLayer("settings")
            .mayOnlyBeAccessedByLayers("manager", "queue", "pages", "remote", "metrics")
            .whereLayer("records")
            .mayOnlyBeAccessedByLayers("manager", "queue", "pages", "remote")
            .whereLayer("records")
            .mayOnlyAccessLayers("engine")
            .whereLayer("cluster")
            .mayOnlyBeAccessedByLayers("manager", "settings")
            .whereLayer("cluster")
            .mayOnlyAccessLayers("engine")
            .whereLayer("arguments")
            .mayOnlyBeAccessedByLayers("manager", "pipeline", "queue", "pages");

    @ArchTest
    static final ArchRule ARGUMENTS_ARE_READ_WITHOUT_JENKINS = classes()
            .that()
            .resideInAPackage(ROOT + ".arguments..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".arguments..", ROOT + ".engine..", "java..");

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NOTHING_BUT_JAVA = classes()
            .that()
            .resideInAPackage(ROOT + ".engine..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".engine..", "java..");

    @ArchTest
    static final ArchRule SHARED_GROUPS_KNOW_NOTHING_BUT_A_DATABASE = classes()
            .that()
            .resideInAPackage(ROOT + ".cluster..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".cluster..", ROOT + ".engine..", "java..", "javax.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule THE_ENGINE_STARTS_NO_THREAD_AND_LOGS_NOTHING = noClasses()
            .that()
            .resideInAPackage(ROOT + ".engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "java.nio..")
            .orShould()
            .dependOnClassesThat(
                    // To be serializable is no I/O.
                    resideInAPackage("java.io..").and(not(type(Serializable.class))))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule NO_CLOCK_OF_A_CONTROLLER_COUNTS_IN_SHARED_GROUPS = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".engine..", ROOT + ".cluster..")
            .and()
            // How long from now on something is: a clock that is wrong is wrong at both ends.
            .doNotHaveFullyQualifiedName(SharedGroups.class.getName())
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule FORM_CHECKS_AND_CHANGES_GO_BY_POST = methods()
            .that()
            .arePublic()
            .and()
            .haveNameMatching("do[A-Z].*")
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage(ROOT + "..")
            .should()
            .beAnnotatedWith(POST.class)
            .orShould()
            .beAnnotatedWith(RequirePOST.class)
            .orShould()
            // What only shows something says so.
            .beAnnotatedWith(GET.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_OUTDATED_API = noClasses()
            .that()
            // What a form sent can be refused there only, and is of this type.
            .doNotHaveFullyQualifiedName(LimitForm.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(FormNumbers.class.getName())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.servlet..", "org.apache.commons.lang..", "net.sf.json..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("org\\.kohsuke\\.stapler\\.Stapler(Request|Response)");
}
