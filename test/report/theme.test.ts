/** Colours: seen well (WCAG 2.1), and told apart under every kind of colour vision (Machado 2009, distance in OKLab). */
import { describe, expect, test } from 'vitest';
import { channels, colourAt, DARK, LIGHT, toneColour, toneDash } from '../../src/report/page/theme.js';

const linear = (hex: string): number[] =>
  channels(hex).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));

function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r, g, b] = linear(hex) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const VISIONS: Record<string, readonly number[]> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function seen(hex: string, matrix: readonly number[]): number[] {
  const given = linear(hex);
  const [r, g, b] = [0, 3, 6].map((row) =>
    Math.max(
      0,
      Math.min(
        1,
        given.reduce((sum, value, column) => sum + value * matrix[row + column]!, 0),
      ),
    ),
  ) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const apart = (one: string, other: string, matrix: readonly number[]): number =>
  Math.hypot(...seen(one, matrix).map((value, at) => value - seen(other, matrix)[at]!));

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s theme', (_, theme) => {
  const tones = theme.tones.slice(0, -1);

  test('text has a contrast of 4.5, lines of 3', () => {
    for (const text of [theme.ink, theme.faint]) expect(contrast(text, theme.paper)).toBeGreaterThanOrEqual(4.5);
    for (const tone of tones) expect(contrast(tone, theme.paper), tone).toBeGreaterThanOrEqual(3);
    for (let place = 0; place < 9; place++) {
      expect(contrast(toneColour(theme, place, 9), theme.paper), `${place}`).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(Object.keys(VISIONS))('8 colours are told apart with %s vision', (vision) => {
    expect(tones).toHaveLength(8);
    for (const [at, one] of tones.entries()) {
      for (const other of tones.slice(0, at)) {
        expect(apart(one, other, VISIONS[vision]!), `${one} ${other}`).toBeGreaterThan(0.08);
      }
    }
  });

  test.each(Object.keys(VISIONS))(
    'a ramp goes one way in lightness, and gain and loss differ, with %s vision',
    (vision) => {
      const lightness = Array.from(
        { length: 33 },
        (_, at) => seen(colourAt(theme.ramp, at / 32), VISIONS[vision]!)[0]!,
      );
      const sign = Math.sign(lightness.at(-1)! - lightness[0]!);
      for (const [at, value] of lightness.slice(1).entries())
        expect(sign * (value - lightness[at]!)).toBeGreaterThan(0);
      for (const place of [0.1, 0.25, 0.4]) {
        const [loss, gain] = [colourAt(theme.diverging, place), colourAt(theme.diverging, 1 - place)];
        expect(apart(loss, gain, VISIONS[vision]!), `${place}`).toBeGreaterThan(0.05);
      }
    },
  );
});

test('neighbouring lines differ by dash as well', () => {
  const dashes = Array.from({ length: 8 }, (_, tone) => toneDash(tone));
  expect(new Set(dashes).size).toBe(8);
});
