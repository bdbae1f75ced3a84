package io.jenkins.plugins.concurrency.lab.rehearse.report;

/** How the page looks. */
final class Style {
    static final String CSS = """
            :root { color-scheme: light dark; --back: #fff; --text: #1c1e21; --soft: #5d636b; --line: #d9dce1;
              --empty: #f1f3f5; --wait: #e08a1e; --held: #b3261e; --good: #2e7d4f; --bad: #b3261e;
              --c0: #2f6fb7; --c1: #3a8f5c; --c2: #8a5bb5; --c3: #3b9aa8; --c4: #c2477f; --c5: #7a7d12; --c6: #6b5b95;
              --c7: #77808a; }
            @media (prefers-color-scheme: dark) { :root { --back: #16181b; --text: #e6e8eb; --soft: #9aa2ab;
              --line: #363b42; --empty: #22262b; --wait: #f0a840; --held: #f2726b; --good: #6cc28e; --bad: #f2726b;
              --c0: #6ea8e8; --c1: #6cc28e; --c2: #b793de; --c3: #6fc9d6; --c4: #ea82b0; --c5: #c8cb5a; --c6: #a99bd6;
              --c7: #a3acb6; } }
            body { background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; max-width: 1120px;
              margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .4rem; }
            h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
            p { margin: .3rem 0 .8rem; } .soft { color: var(--soft); } ul { padding-left: 1.2rem; }
            .verdicts { list-style: none; padding: 0; } .met { color: var(--good); } .missed { color: var(--bad); }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { padding: .3rem .6rem .3rem 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
            th { color: var(--soft); font-weight: 600; } .number { text-align: right; }
            svg { max-width: 100%; height: auto; display: block; }
            svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
            text.end { text-anchor: end; } text.middle { text-anchor: middle; }
            .empty { fill: var(--empty); } .run { fill: var(--line); } .wait { fill: var(--wait); } .held { fill: var(--held); }
            .bad { fill: var(--bad); } .good { fill: var(--good); } .axis { stroke: var(--line); }
            .line { fill: none; stroke-width: 2; stroke: var(--c0); } .waits { fill: none; stroke-width: 2; stroke: var(--wait); }
            .c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); } .c3 { fill: var(--c3); }
            .c4 { fill: var(--c4); } .c5 { fill: var(--c5); } .c6 { fill: var(--c6); } .c7 { fill: var(--c7); }
            .key span { display: inline-block; margin-right: 1rem; }
            .key i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; }
            @media print { :root { color-scheme: light; } body { max-width: none; margin: 0; font-size: 11px; }
              svg, tr, li { break-inside: avoid; } h2 { break-after: avoid; } * { print-color-adjust: exact; } }
            """;

    private Style() {}
}
