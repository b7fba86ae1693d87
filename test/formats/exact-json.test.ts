/** Numbers keep every digit and no fraction passes for an integer, on the fast way and on the slow one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExactly, parseFast } from '../../src/formats/exact-json.js';
import { formatCase } from '../../src/formats/index.js';
import { runs } from '../counterexamples.js';
import { faultOf, lineWith, lineWithText, readLine } from './cases.js';

const SEED = Number(process.env.SEED ?? 20_260_801);
const LARGEST_U64 = (1n << 64n) - 1n;

/** A fraction in `meta` sends the whole line the slow way. */
const slowly = (line: string) => line.replace('{', () => '{"meta":{"x":0.5},');

describe.each([
  ['fast way', (line: string) => line],
  ['slow way', slowly],
])('%s', (_, way) => {
  test(`any u64 is read exactly, as a literal and as a string (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt(0n, LARGEST_U64), fc.boolean(), async (value, quoted) => {
        const text = quoted ? `"${value}"` : String(value);
        const { input } = await readLine(way(lineWithText('params.currentBlock', text)));
        expect(input.currentBlock).toBe(value);
        const { input: again } = await readLine(formatCase({ name: 'a', input }));
        expect(again).toEqual(input);
      }),
      {
        seed: SEED,
        numRuns: runs(200),
        examples: [9007199254740991n, 9007199254740993n, LARGEST_U64].flatMap((n) => [
          [n, true],
          [n, false],
        ]),
      },
    );
  });

  test(`no fraction and no exponent passes for an integer (seed ${SEED})`, async () => {
    const digits = fc.stringMatching(/^[0-9]{1,25}$/);
    const literal = fc.oneof(
      fc.tuple(fc.bigInt(0n, LARGEST_U64), digits).map(([whole, part]) => `${whole}.${part}`),
      fc
        .tuple(fc.bigInt(0n, LARGEST_U64), fc.constantFrom('e', 'E', 'e+', 'e-'), fc.nat(400))
        .map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(literal, fc.boolean(), async (text, quoted) => {
        const line = way(lineWithText('params.currentBlock', quoted ? `"${text}"` : text));
        expect(await faultOf(line)).toMatchObject({ code: 'WRONG_TYPE', field: 'params.currentBlock' });
      }),
      { seed: SEED, numRuns: runs(200) },
    );
  });

  test.each(['9007199254740990.6', '0.99999999999999999', '1e-400', '1.0', '1e3', '1E3', '-0.0', '1.5', '0e0'])(
    '%s is no integer',
    async (text) => {
      expect(await faultOf(way(lineWithText('params.kappa', text)))).toMatchObject({ code: 'WRONG_TYPE', got: text });
      const fault = await faultOf(way(lineWithText('weights', `[[],[[0,1],[1,${text}]]]`)));
      expect(fault).toMatchObject({ code: 'WRONG_TYPE', field: 'weights', uid: 1, entry: 1, got: text });
    },
  );

  test.each(['007', '+5', ' 5', '5 ', '0x10', '', '-', '1_0', '１', 'Infinity', 'null', '1n', '5\\n'])(
    'the string "%s" is no integer',
    async (text) => {
      expect(await faultOf(way(lineWithText('params.kappa', `"${text}"`)))).toMatchObject({ code: 'WRONG_TYPE' });
    },
  );

  test.each(['-0', '"-0"'])('%s is 0', async (text) => {
    const { input } = await readLine(way(lineWithText('params.kappa', text)));
    expect(Object.is(input.hyperparameters.kappa, 0)).toBe(true);
    expect((await readLine(way(lineWithText('params.n', text)))).input.n).toBe(0);
    expect((await readLine(way(lineWithText('params.emission', text)))).input.emission).toBe(0n);
  });

  test('a field that stands twice with different values is refused, with one value it is read', async () => {
    const twice = (text: string) => way(lineWith().replace('"kappa":32767', () => `"kappa":32767,"kappa":${text}`));
    const reason = expect.stringMatching(
      /^the field "kappa" stands twice in one object, with different values, at position \d+$/,
    );
    expect(await faultOf(twice('5'))).toMatchObject({ code: 'BAD_JSON', line: 1, reason });
    expect((await readLine(twice('32767'))).input.hyperparameters.kappa).toBe(32767);
  });

  test('text that looks like a number or a key changes nothing', async () => {
    for (const name of ['a 1.5, 99999999999999999', '"kappa":5', ':1e9', '\\":', '[1.5]', '\u{1f600}:']) {
      expect((await readLine(way(lineWith(undefined, name)))).name).toBe(name);
    }
  });
});

test('an ordinary line goes the fast way, also with hashes, hotkeys and spaces', () => {
  const meta =
    '{"netuid":31,"blockHash":"0x12e4f00990071992547409931e5","hotkeys":["5E4z3h9yVhmQyCFWNbY9BPpwhx4xFiPwq3eeqmBgVF6KULde"]}';
  expect(parseFast(lineWithText('meta', meta))).toBeDefined();
  expect(parseFast(lineWith().replaceAll(':', ' : ').replaceAll(',', ' ,\t'))).toBeDefined();
});

test.each(['1.5', '1e3', '1E3', '-1.5', '9007199254740993', '1234567890123456'])(
  '%s sends a line the slow way',
  (text) => {
    for (const line of [
      `{"a":${text}}`,
      `{"a": ${text}}`,
      `{"a":[${text}]}`,
      `{"a":[0,${text}]}`,
      `{"a":[0,\t${text} ]}`,
    ]) {
      expect(parseFast(line)).toBeUndefined();
    }
  },
);

test(`both ways give the same value (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify({ value });
      const slow = parseExactly(`{"value":${JSON.stringify(value)},"slow":0.5}`) as { value: unknown };
      // A number with a fraction or an exponent keeps its text; compared through that.
      expect(plain((parseExactly(text) as { value: unknown }).value)).toEqual(plain(slow.value));
      expect(plain(slow.value)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { seed: SEED, numRuns: runs(300) },
  );
});

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (value.constructor.name === 'LosslessNumber') return Number(String(value));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

test('meta is carried with every digit, and written as it was read', async () => {
  const meta =
    '{"netuid":31,"big":12345678901234567890,"half":0.5,"fine":0.10000000000000000001,"list":[-0,1e400,{"__proto__":1}]}';
  const { input } = await readLine(lineWithText('meta', meta));
  expect(input.meta).toMatchObject({ netuid: 31, big: 12345678901234567890n, half: 0.5 });
  expect(formatCase({ name: 'a', input })).toBe(
    lineWith((object) => Object.assign(object, { name: 'a' })).replace('"params"', () => `"meta":${meta},"params"`),
  );
});

test.each(['9007199254740993', '1.0', '0e0', ' 1e400'])('a bare number keeps its digits too: %s', (text) => {
  expect(String(parseExactly(text))).toBe(text.trim());
});
