/** Literals: values of JSON at which a reader may stumble, each as its text. */
import type { Random } from '#yuma/sample/random.js';
import { oneIn, pick } from '../../draw/integers.js';

/** Around the ends of every type, and every form that a number of JSON can have, or just cannot. */
const NUMBERS: readonly string[] = [
  ...[0n, 1n, 2n ** 8n, 2n ** 15n, 2n ** 16n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n, 2n ** 127n]
    .flatMap((edge) => [edge - 1n, edge, edge + 1n])
    .flatMap((edge) => [String(edge), String(-edge)]),
  ...['32767', '32768', '32769', '65535', '65536'],
  ...['-0', '0.0', '1.0', '0.5', '1e0', '1e3', '1E+2', '1e-400', '1e400', '-1e308', '4.9e-324', '1.5e300'],
  ...['0e0', '100000000000000000000000000000000000000000000', `1${'0'.repeat(400)}`, `0.${'0'.repeat(40)}1`],
  ...['9007199254740993', '900719925474099.1', '999999999999999', '1000000000000000'],
  ...['01', '+1', '.5', '1.', '1e', '0x10', '--1', 'NaN', 'Infinity', '-Infinity', '1_000', '1n', '١'],
];

const OTHERS: readonly string[] = [
  ...['null', 'true', 'false', '""', '"a"', '[]', '{}', '[[]]', '[null]', '{"":0}', '[[0,0]]', '[[[0,1]]]', '-'],
  ...['"constructor"', '"__proto__"', '"18446744073709551615"', '"-1"', '"007"', '" 5"', '"1e3"', '"0x10"', '"é"'],
  ...['"\\ud800"', '"\\u0000"', '"\\u001b[2J"', '"\\u202e"', 'undefined', "'a'", '"subtensor-1"', '"\\'],
];

export const numberLiteral = (random: Random): string => {
  const literal = pick(random, NUMBERS);
  return oneIn(random, 4) ? `"${literal}"` : literal;
};

export const anyLiteral = (random: Random): string => (oneIn(random, 2) ? numberLiteral(random) : pick(random, OTHERS));

const INTEGER = /^"?(-?\d+)"?$/;

/** A number a little off what it was: the next one, a multiple, another form of it. What is no number becomes a literal. */
export function nudged(random: Random, literal: string): string {
  const [, digits] = INTEGER.exec(literal) ?? [];
  if (digits === undefined) return anyLiteral(random);
  const value = BigInt(digits);
  const text = String(pick(random, [value + 1n, value - 1n, -value, value * 2n, value << 16n, value / 2n]));
  return pick(random, [text, `"${text}"`, `${digits}.0`, `${digits}e0`, `0${digits}`, `"${digits}"`, digits]);
}
