/* Draws each table of figures as bars; the table stays beneath, for everybody. */

const COLOURS = ["#8fb6dd", "#1f7a37", "#b3151b"];
const draw = () => {
  for (const place of document.querySelectorAll("[data-chart]")) {
    const table = document.querySelector(`[data-of="${place.dataset.chart}"]`);
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent));
    place.hidden = false;
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption({
      color: COLOURS,
      animation: false,
      grid: { left: 40, right: 10, top: 36, bottom: 48 },
            xAxis: { type: "category", data: rows.map((row) => row[0]), axisLabel: { interval: 0, width: 80, overflow: "break" } },
      yAxis: { type: "value", minInterval: 1 },
      series: [1, 2, 3].map((at) => ({ name: heads[at], type: "bar", stack: "all", barMaxWidth: 48, data: rows.map((row) => Number(row[at])) })),
    });
    addEventListener("resize", () => chart.resize());
  }
};
if (window.echarts) draw();
else addEventListener("load", draw);
