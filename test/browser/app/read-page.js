/** Put into a page of charts by its test: reads from what is drawn, by the pixels of its marks, what it says. */

/** Offset of the panel that a mark is in. */
const panelOffset = (mark) => {
  const { e, f } = mark.parentNode.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
  return [e, f];
};

const svgOf = (id) => document.querySelector(`#${id} .holder svg`);

/** Numbers of a path's `M` and `L` steps, in pixels of its panel. */
const steps = (path) =>
  [...path.getAttribute('d').matchAll(/[ML]?(-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);

/** What half a thousandth of a pixel, the precision of a path, and a little more, is on the axis. */
const pixelOf = (scale) => Math.abs(scale.invert(0.01) - scale.invert(0));

const cornersOf = (element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left, right, top, bottom };
};

globalThis.readPage = {
  lines(id) {
    const svg = svgOf(id);
    const [x, y] = [svg.scale('x'), svg.scale('y')];
    return [...svg.querySelectorAll('path[data-series]')].map((path) => ({
      panel: Number(path.dataset.panel),
      series: path.dataset.series,
      points: steps(path).map(([px, py]) => [x.invert(px), y.invert(py)]),
      pixel: pixelOf(y),
    }));
  },

  areas(id) {
    const svg = svgOf(id);
    const y = svg.scale('y');
    return [...svg.querySelectorAll('path[data-series]')].map((path) => {
      const all = steps(path).map(([, py]) => y.invert(py));
      const half = all.length / 2;
      const [one, other] = [all.slice(0, half), all.slice(half).reverse()];
      const sum = (values) => values.reduce((total, value) => total + value, 0);
      const [low, high] = sum(one) <= sum(other) ? [one, other] : [other, one];
      return { panel: Number(path.dataset.panel), series: path.dataset.series, low, high, pixel: pixelOf(y) };
    });
  },

  cells(id) {
    return [...svgOf(id).querySelectorAll('rect[data-value]')].map((rect) => ({
      ...rect.dataset,
      panel: Number(rect.dataset.panel),
      value: Number(rect.dataset.value),
      fill: rect.getAttribute('fill'),
      left: cornersOf(rect).left,
    }));
  },

  dots(id) {
    const svg = svgOf(id);
    const y = svg.scale('y');
    return [...svg.querySelectorAll('[data-column]')].map((mark) => {
      const moved = mark.transform.baseVal.consolidate();
      const py = mark.localName === 'circle' ? Number(mark.getAttribute('cy')) : (moved?.matrix.f ?? 0);
      const { panel, row = null, column, value, clipped = null } = mark.dataset;
      return { panel: Number(panel), row, column, value: Number(value), clipped, y: y.invert(py), pixel: pixelOf(y) };
    });
  },

  /** Pixels, from the corner of the drawing, of a point of a line. */
  place(id, panel, series, step) {
    const path = [...svgOf(id).querySelectorAll('path[data-series]')].find(
      ({ dataset }) => dataset.panel === String(panel) && dataset.series === series,
    );
    const [x, y] = steps(path)[step];
    const [dx, dy] = panelOffset(path);
    return { x: x + dx, y: y + dy };
  },

  /** Waits until every chart is drawn as wide as there is room, on this colour. */
  async drawn(paper) {
    const done = (svg) =>
      Number(svg.getAttribute('width')) === Math.floor(svg.parentNode.clientWidth) &&
      getComputedStyle(svg).backgroundColor === paper;
    while (![...document.querySelectorAll('.holder svg')].every(done)) await new Promise(requestAnimationFrame);
  },

  backgrounds: () => [...document.querySelectorAll('.holder svg')].map((svg) => getComputedStyle(svg).backgroundColor),

  /** Moves every slider. */
  slide(to) {
    for (const range of document.querySelectorAll('input[type=range]')) {
      range.value = String(to);
      range.dispatchEvent(new Event('input'));
    }
  },

  /** Whether the tip of a chart lies within its figure. */
  tipFits(id) {
    const bounds = cornersOf(document.getElementById(id));
    const { left, right } = cornersOf(document.querySelector(`#${id} g[aria-label=tip]`));
    return right > left && left >= bounds.left && right <= bounds.right;
  },

  background: () => getComputedStyle(document.body).backgroundColor,

  texts: (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent),

  rows: (selector) =>
    [...document.querySelectorAll(selector)].map((row) => [...row.cells].map((cell) => cell.textContent)),

  svgFile(text, selector) {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      fault: parsed.querySelector('parsererror')?.textContent ?? null,
      root: parsed.documentElement.localName,
      says: parsed.querySelector('desc')?.textContent,
      marks: parsed.querySelectorAll(selector).length,
      background: parsed.documentElement.style.background,
    };
  },

  /** Texts of charts that reach out of their figure, or lie on another one. */
  misplaced() {
    const wrong = [];
    for (const figure of document.querySelectorAll('figure')) {
      const bounds = cornersOf(figure);
      const texts = [...figure.querySelectorAll('.holder svg text')].filter((text) => text.textContent !== '');
      const boxes = texts.map((text) => ({ text: `${figure.id}: ${text.textContent}`, ...cornersOf(text) }));
      for (const { text, left, right } of boxes) {
        if (left < bounds.left || right > bounds.right) wrong.push(`${text} reaches out`);
      }
      // the boxes of letters hold room above and below them that may be shared
      const room = 3;
      for (const [at, one] of boxes.entries()) {
        for (const other of boxes.slice(0, at)) {
          const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
          const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
          if (across > 0.5 && down > room) wrong.push(`${one.text} lies on ${other.text}`);
        }
      }
    }
    return wrong;
  },
};
