/** Paint: the few colours of the command line, or none. */
import pc from 'picocolors';

/** Each puts a text into its role's colour. */
export interface Paint {
  readonly title: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

export function paint(color: boolean): Paint {
  const { bold, dim, green, yellow, red } = pc.createColors(color);
  return { title: bold, faint: dim, good: green, warn: yellow, bad: red };
}
