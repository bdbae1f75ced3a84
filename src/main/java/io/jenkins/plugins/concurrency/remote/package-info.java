/**
 * What programs may ask and do: REST (beans for Jenkins' own API, and the posted actions), commands of the CLI, and the export
 * of histories.
 *
 * <p>Rule: it shows what the current user may see, and changes things through {@code manager/} only, which checks what the user
 * may do. Names and types of the beans are a promise to programs: docs/api.md and its OpenAPI file list them, and a test compares
 * both with real answers.
 *
 * <p>Threads: web requests and commands; nothing here is kept beyond one of them.
 */
package io.jenkins.plugins.concurrency.remote;
