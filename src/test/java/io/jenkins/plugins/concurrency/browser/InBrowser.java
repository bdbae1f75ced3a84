package io.jenkins.plugins.concurrency.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that look at Jenkins with a real browser: each gets a {@link com.microsoft.playwright.Page} of its own. Where no
 * browser is installed they are skipped. Stands after {@code @ExtendWith(OneJenkins.class)} or {@code @WithJenkins}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserExtension.class)
public @interface InBrowser {}
