/**
 * Page data: what a page of charts shows, as plain JSON. The adaptors write it, the script of the page draws it; neither
 * knows more of the other.
 * Units  values are those of the record as they are (u16, rao); an axis says what to divide them by
 */

/** What a number of a chart is. */
export interface Axis {
  readonly label: string;
  /** Shown after the label; empty = none. */
  readonly unit: string;
  /** A value over this is what the axis counts in; default 1. Readers see both. */
  readonly divisor?: number;
  /** Name of the raw number, beside it where `divisor` is not 1: `of 65535`, `rao`. */
  readonly raw?: string;
  /** Largest value of a scale that does not follow the data. */
  readonly most?: number;
  /** Least span of a scale that follows the data, so that noise does not fill it. */
  readonly span?: number;
}

/** One of 8 colours with its dash, or -1: grey, without a label of its own. */
export type Tone = number;

/** Number of tones; a chart names no more series by colour. */
export const TONES = 8;

/** `null` = there is none. */
export type Value = number | null;

export interface KeyEntry {
  readonly label: string;
  readonly tone: Tone;
}

interface Common {
  /** Unique on the page; name of the exported file. */
  readonly id: string;
  /** What is seen. */
  readonly title: string;
  /** What to look at. */
  readonly caption: string;
  /** What was left out or put together, if anything was. */
  readonly note?: string;
  /** Why there is nothing to draw. */
  readonly empty?: string;
}

export interface Series {
  readonly label: string;
  readonly tone: Tone;
  /** The label stands at the end of the line. */
  readonly named: boolean;
  /** One for each x of the panel. */
  readonly values: readonly Value[];
  /** Bounds of a band, one for each x. */
  readonly low?: readonly Value[];
  readonly high?: readonly Value[];
}

export interface SeriesPanel {
  readonly name: string;
  readonly x: readonly number[];
  readonly series: readonly Series[];
}

/** Lines over a number: one panel a subnet, on common axes. */
export interface LinesChart extends Common {
  readonly kind: 'lines';
  readonly x: Axis;
  readonly y: Axis;
  readonly panels: readonly SeriesPanel[];
  /** Where colours stand for groups. */
  readonly key?: readonly KeyEntry[];
  /** Tones are places in an order of so many, and colours a ramp. */
  readonly ordered?: number;
  /** A level to compare with. */
  readonly level?: { readonly value: number; readonly label: string };
}

/** Areas on top of each other; every value is there and at least 0. */
export interface AreasChart extends Common {
  readonly kind: 'areas';
  readonly x: Axis;
  readonly y: Axis;
  readonly panels: readonly SeriesPanel[];
}

export interface HeatPanel {
  readonly name: string;
  /** Numbers, rising, lie on a scale; texts side by side. */
  readonly columns: readonly number[] | readonly string[];
  readonly rows: readonly number[] | readonly string[];
  /** Row by row, one array a frame of the chart; `[]` = there is none. */
  readonly frames: readonly (readonly Value[])[];
  /** Bounds of the first frame. */
  readonly low?: readonly Value[];
  readonly high?: readonly Value[];
  /** Colours tell how far a value is from here; default 0. */
  readonly pivot?: number;
  /** A line over the cells, of `[x, y]`. */
  readonly line?: readonly (readonly [x: number, y: number])[];
}

/** Cells by colour. */
export interface HeatChart extends Common {
  readonly kind: 'heat';
  readonly x: Axis;
  readonly y: Axis;
  readonly value: Axis;
  /** What colours tell, where it is not the value; with it they diverge from the pivot. */
  readonly difference?: string;
  readonly panels: readonly HeatPanel[];
  /** What a frame is, and the number of each; a slider goes through them. */
  readonly frames?: Frames;
  /** Meaning of the line. */
  readonly line?: string;
}

/** Pictures of a chart, one at a time. */
export interface Frames {
  readonly label: string;
  readonly at: readonly number[];
  /** Index of the one shown first; default the last one. */
  readonly first?: number;
}

export interface DotsFrame {
  /** Rows of validators over columns of miners, as they are. */
  readonly weights: readonly number[];
  /** Sum of each whole row, of columns left out too; a weight over it is its share. */
  readonly sums: readonly number[];
  /** u16, 65535 = 1, of each column. */
  readonly consensus: readonly number[];
}

export interface DotsPanel {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly tones: readonly Tone[];
  /** One a frame of the chart; `null` = there is none. */
  readonly frames: readonly (DotsFrame | null)[];
}

/** What each validator gives each miner, against consensus. */
export interface DotsChart extends Common {
  readonly kind: 'dots';
  readonly x: Axis;
  readonly y: Axis;
  readonly panels: readonly DotsPanel[];
  readonly frames: Frames;
  readonly key: readonly KeyEntry[];
}

export interface Bar {
  readonly label: string;
  readonly baseline: number;
  readonly changed: number;
}

/** Differences to either side of 0. */
export interface BarsChart extends Common {
  readonly kind: 'bars';
  readonly value: Axis;
  readonly y: Axis;
  readonly panels: readonly { readonly name: string; readonly bars: readonly Bar[] }[];
}

export type Chart = LinesChart | AreasChart | HeatChart | DotsChart | BarsChart;

/** A table at the foot. */
export interface FactTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface PageData {
  /** Small line above the title. */
  readonly kind: string;
  readonly title: string;
  readonly lead: string;
  readonly charts: readonly Chart[];
  /** Name and value of all that makes the page again. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly tables: readonly FactTable[];
}
