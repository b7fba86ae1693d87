/** Tags: attributes that say on each mark of a drawing what it stands for, for tests and for whoever styles an export. */

/**
 * @param description `ariaDescription` of the mark, unique in the drawing
 * @param data what the mark was given; a path that goes through many is tagged by its first
 */
export function tag<T>(
  svg: SVGSVGElement,
  description: string,
  data: readonly T[],
  attributes: (datum: T) => Readonly<Record<string, string | number>>,
): void {
  for (const mark of svg.querySelectorAll(`g[aria-description="${description}"] *`)) {
    const bound: unknown = (mark as unknown as { __data__?: unknown }).__data__;
    const datum = data[Array.isArray(bound) ? bound[0] : (bound as number)];
    if (bound === undefined || datum === undefined) continue;
    for (const [name, value] of Object.entries(attributes(datum))) mark.setAttribute(`data-${name}`, String(value));
  }
}
