/**
 * The step {@code concurrency}.
 *
 * <p>Rule: what a step holds and waits for is a part of its Pipeline's program, and of nothing else; slots are noted down when
 * the body starts, and given back when the program was saved with the body's end.
 *
 * <p>Threads: a step is started and its body runs on the program's own thread, which is never blocked; what becomes of its
 * request arrives on a thread of the manager; anybody may stop it. Where they meet is {@code StepLife}.
 *
 * <p>Callers: Pipeline. Meant for others are {@link io.jenkins.plugins.concurrency.pipeline.ConcurrencyStep} and {@link
 * io.jenkins.plugins.concurrency.pipeline.ExtraGroup}, as what a Jenkinsfile says; their parameters are the API.
 *
 * <p>On disk, with the program, as serialized Java, where the names of classes and fields matter: {@code ConcurrencyStep},
 * {@code ExtraGroup}, {@code ConcurrencyStepExecution}, {@code StepLife} with its {@code Phase}, {@code EnclosingLeases} and
 * {@code Body.Callback}, and what the manager's package lists. The flow nodes of a build name {@code ConcurrencyStep} as the
 * class of its step.
 */
package io.jenkins.plugins.concurrency.pipeline;
