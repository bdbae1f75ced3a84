(function () {
  "use strict";

  const section = document.querySelector("[data-concurrency-usage]");
  if (!section) {
    return;
  }
  const area = section.querySelector(".concurrency-usage__chart");
  const body = section.querySelector("tbody");
  const none = section.querySelector(".concurrency-usage__none");
  const buttons = Array.from(section.querySelectorAll("[data-period]"));
  let chart = null;
  let period = "HOURS";

  function color(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function time(millis) {
    const date = new Date(millis);
    return period === "WEEKS"
      ? date.toLocaleDateString()
      : date.toLocaleString([], { dateStyle: "short", timeStyle: "short" });
  }

  function axis() {
    return {
      axisLabel: { color: color("--text-color") },
      axisLine: { lineStyle: { color: color("--text-color-secondary") } },
      splitLine: { show: false },
    };
  }

  function series(spans, name, key, more) {
    return Object.assign(
      { name: name, type: "line", showSymbol: false, step: "end", data: spans.map((span) => span[key]) },
      more,
    );
  }

  function draw(spans) {
    const text = color("--text-color");
    chart = chart || echarts.init(area);
    chart.setOption(
      {
        animation: false,
        textStyle: { color: text, fontFamily: "inherit" },
        color: [color("--blue"), color("--red"), color("--orange"), color("--green")],
        legend: { textStyle: { color: text }, top: 0 },
        grid: { left: 45, right: 55, top: 45, bottom: 30 },
        tooltip: { trigger: "axis" },
        xAxis: Object.assign({ type: "category", data: spans.map((span) => time(span.from)) }, axis()),
        yAxis: [
          Object.assign({ type: "value", minInterval: 1 }, axis()),
          Object.assign({ type: "value" }, axis()),
        ],
        series: [
          series(spans, area.dataset.used, "used", { areaStyle: { opacity: 0.2 } }),
          series(spans, area.dataset.limit, "limit", { lineStyle: { type: "dashed" } }),
          series(spans, area.dataset.waiting, "mostWaiting", {}),
          series(spans, area.dataset.wait, "averageWait", { yAxisIndex: 1 }),
        ],
      },
      true,
    );
  }

  function isUsed(span) {
    return span.used > 0 || span.mostWaiting > 0 || span.granted > 0;
  }

  function tabulate(spans) {
    body.replaceChildren();
    spans
      .filter(isUsed)
      .reverse()
      .forEach((span) => {
        const row = body.insertRow();
        [
          time(span.from),
          span.used,
          span.limit,
          span.mostWaiting,
          span.granted,
          span.averageWait,
          span.longestWait,
        ].forEach((value) => {
          row.insertCell().textContent = value;
        });
      });
  }

  function show(spans) {
    const known = spans.some(isUsed);
    none.hidden = known;
    area.hidden = !known;
    tabulate(spans);
    if (known) {
      draw(spans);
    }
  }

  function load() {
    if (document.hidden) {
      return;
    }
    fetch(new URL(section.dataset.concurrencyUsage + "?period=" + period, document.baseURI))
      .then((response) => (response.ok ? response.json().then((answer) => show(answer.spans)) : null))
      // The next time it may be there again; the page says so by itself.
      .catch(() => {});
  }

  buttons.forEach((button) =>
    button.addEventListener("click", () => {
      period = button.dataset.period;
      buttons.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
      load();
    }),
  );
  window.addEventListener("resize", () => chart && chart.resize());
  setInterval(load, 60000);
  load();
})();
