"use strict";
{
  const run = JSON.parse(document.getElementById("data").textContent);
  const {training, heldOut, best, marks, uniformBits} = run;
  const element = id => document.getElementById(id);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const count = new Intl.NumberFormat("en");
  const digits = (most, least = 0) =>
    new Intl.NumberFormat("en", {maximumFractionDigits: most, minimumFractionDigits: least}).format;
  const compact = new Intl.NumberFormat("en", {notation: "compact", maximumFractionDigits: 3}).format;
  const significant = new Intl.NumberFormat("en", {maximumSignificantDigits: 3}).format;

  const wholeNumbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap(e => [1, 2, 5].map(m => m * 10 ** e));

  // A line goes from value to value; a curve with a range has it drawn behind its mean.
  const range = (name, of, write) =>
    ({name, x: training, y: of.mean, least: of.least, most: of.most, write, color: "--training"});
  const drawings = [
    {
      id: "bits",
      ticks: digits(4),
      curves: [
        range("training", training.bits, digits(4, 4)),
        {name: "held out", x: heldOut, y: heldOut.bits, write: digits(4, 4), color: "--held-out"},
      ],
      bits: true,
    },
    {id: "rate", ticks: v => v === 0 ? "0" : v.toExponential(), curves: [range("", training.rate, v => v.toExponential(2))]},
    {id: "norm", ticks: significant, curves: [range("", training.norm, significant)], log: true},
    {id: "speed", ticks: compact, curves: [range("", training.speed, digits(0))]},
  ];

  /** The columns of uPlot's table for all curves of a drawing: x, then for each its mean and range. */
  function table({curves, log}, axis) {
    const drawable = values => values.map(v => log && !(v > 0) ? null : v);
    return uPlot.join(curves.map(curve =>
      [curve.x[axis], ...[curve.y, curve.least, curve.most].filter(Boolean).map(drawable)]));
  }

  /** The latest value of a column up to a row: not every curve has one at every x. */
  function latest(column, row) {
    while (row >= 0 && column[row] == null) row--;
    return row < 0 ? null : column[row];
  }

  function label(axis, x) {
    return axis === "step" ? `step ${count.format(Math.round(x))}` : `minute ${digits(1, 1)(x)}`;
  }

  /** The line above a drawing that tells the values under the pointer, or else the last ones. */
  function readout(figure, curves, axis, columns) {
    const line = figure.querySelector("output");
    const at = document.createElement("span");
    line.replaceChildren(at);
    const values = curves.map(curve => {
      const item = line.appendChild(document.createElement("span"));
      if (curves.length > 1) {
        item.className = "key";
        item.style.setProperty("--key", `var(${curve.color})`);
      }
      item.append(curve.name, " ");
      return item.appendChild(document.createElement("b"));
    });
    return (data, row) => {
      row ??= data[0].length - 1;
      at.textContent = label(axis, data[0][row]);
      curves.forEach((curve, i) => {
        const value = latest(data[columns[i]], row);
        const [least, most] = curve.least
          ? [latest(data[columns[i] + 1], row), latest(data[columns[i] + 2], row)] : [value, value];
        values[i].textContent = value == null ? "–"
          : curve.write(least) === curve.write(most) ? curve.write(value)
          : `${curve.write(value)} (${curve.write(least)}–${curve.write(most)})`;
      });
    };
  }

  /** Drawn over the curves of bits: the bits of a uniform distribution, and the best evaluation. */
  function annotateBits(u, axis) {
    const {ctx, bbox} = u;
    const ratio = devicePixelRatio;
    const right = bbox.left + bbox.width;
    ctx.font = `${12 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = "right";
    ctx.textBaseline = "bottom";
    const uniform = u.valToPos(uniformBits, "y", true);
    if (uniform >= bbox.top && uniform <= bbox.top + bbox.height) {
      ctx.strokeStyle = ctx.fillStyle = color("--quiet");
      ctx.lineWidth = ratio;
      ctx.setLineDash([2 * ratio, 4 * ratio]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, uniform);
      ctx.lineTo(right, uniform);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.fillText(`uniform distribution: ${digits(3)(uniformBits)}`, right - 4 * ratio, uniform - 3 * ratio);
    }
    if (best?.bits == null || best[axis] == null) return;
    const x = u.valToPos(best[axis], "x", true);
    const y = u.valToPos(best.bits, "y", true);
    if (x < bbox.left || x > right) return;
    ctx.strokeStyle = ctx.fillStyle = color("--held-out");
    ctx.lineWidth = 2 * ratio;
    ctx.beginPath();
    ctx.arc(x, y, 5 * ratio, 0, 2 * Math.PI);
    ctx.stroke();
    ctx.textAlign = x - bbox.left > bbox.width / 2 ? "right" : "left";
    ctx.font = `600 ${12 * ratio}px system-ui, sans-serif`;
    ctx.textBaseline = "top"; // the curve is above, on either side
    ctx.fillText(`best ${digits(4, 4)(best.bits)}`, x, y + 8 * ratio);
  }

  /** A line and its number where something happened. */
  function annotateMarks(u, axis) {
    const {ctx, bbox} = u;
    const ratio = devicePixelRatio;
    ctx.font = `600 ${11 * ratio}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "bottom";
    ctx.strokeStyle = ctx.fillStyle = color("--mark");
    ctx.lineWidth = ratio;
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    for (const mark of marks) {
      if (mark[axis] == null) continue;
      const x = u.valToPos(mark[axis], "x", true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.fillText(mark.number, x, bbox.top - 2 * ratio);
    }
    ctx.setLineDash([]);
  }

  function draw(drawing, axis, share) {
    const {curves} = drawing;
    const figure = element(drawing.id);
    const plot = figure.querySelector(".plot");
    const title = figure.querySelector("figcaption").textContent;
    plot.setAttribute("aria-label", `${title} over ${axis}s; the arrow keys go from value to value`);
    const columns = []; // where each curve's mean is in the table
    const series = [{}];
    const bands = [];
    for (const curve of curves) {
      columns.push(series.length);
      const stroke = color(curve.color);
      const shown = {stroke, width: 2, spanGaps: true, points: {show: curve.x.step.length < 60, size: 5, fill: stroke}};
      series.push(shown);
      if (curve.least) {
        const edge = {...shown, stroke: "transparent", width: 0, points: {show: false}};
        series.push({...edge}, {...edge});
        const [least, most] = [series.length - 2, series.length - 1];
        bands.push({series: [most, least], fill: stroke + "33"});
      }
    }
    const data = table(drawing, axis);
    const tell = readout(figure, curves, axis, columns);
    const lines = {stroke: color("--line"), width: 1};
    const ink = {stroke: color("--quiet"), font: "12px system-ui, sans-serif", grid: lines, ticks: lines};
    const u = new uPlot({
      width: plot.clientWidth,
      height: plot.clientHeight,
      legend: {show: false},
      cursor: {y: false, sync: {key: "run"}, drag: {x: true, y: false}},
      scales: {
        x: {time: false},
        y: drawing.log ? {distr: 3} : {
          range: (u, least, most) => {
            const fromTheStart = u.series[0].idxs[0] === 0;
            if (drawing.bits && fromTheStart) most = Math.max(most, uniformBits);
            return uPlot.rangeNum(drawing.bits ? least : 0, most, 0.08, true);
          },
        },
      },
      axes: [
        {...ink, size: 32, space: 60, values: (u, at) => at.map(compact), ...axis === "step" ? {incrs: wholeNumbers} : {}},
        {...ink, size: 58, values: (u, at) => at.map(v => v == null ? null : drawing.ticks(v))},
      ],
      series,
      bands,
      padding: [18, 12, 0, 0],
      hooks: {
        setCursor: [u => tell(data, u.cursor.idx)],
        draw: [u => {
          u.ctx.save();
          annotateMarks(u, axis);
          if (drawing.bits) annotateBits(u, axis);
          u.ctx.restore();
        }],
      },
    }, data, plot);
    tell(data);
    const [first, last] = [data[0][0], data[0].at(-1)];
    if (share < 1) u.setScale("x", {min: last - share * (last - first), max: last});
    plot.onkeydown = event => {
      const way = {ArrowLeft: -1, ArrowRight: 1}[event.key];
      if (!way) return;
      event.preventDefault();
      const row = Math.min(Math.max((u.cursor.idx ?? data[0].length - 1) + way, 0), data[0].length - 1);
      u.setCursor({left: u.valToPos(data[0][row], "x"), top: 0});
    };
    return u;
  }

  const choices = document.querySelector(".choices");
  let drawn = [];
  function drawAll() {
    const {axis, share} = Object.fromEntries(new FormData(choices));
    for (const u of drawn) u.destroy();
    drawn = drawings.map(drawing => draw(drawing, axis, Number(share)));
  }
  if (choices) {
    choices.reset(); // some browsers keep what was chosen before a reload
    if (training.minute.every(minute => minute == null)) {
      choices.querySelector("[value=minute]").disabled = true; // before the first evaluation no time is known
    }
    choices.addEventListener("change", drawAll);
    dark.addEventListener("change", drawAll);
    drawAll();
    new ResizeObserver(() => {
      for (const u of drawn) u.setSize({width: u.root.parentElement.clientWidth, height: u.height});
    }).observe(document.querySelector(".charts"));
  }

  const large = element("large");
  for (const button of document.querySelectorAll(".sounds button")) {
    button.addEventListener("click", () => {
      const {src, alt} = button.querySelector("img");
      Object.assign(large.querySelector("img"), {src, alt});
      large.showModal();
    });
  }
}
