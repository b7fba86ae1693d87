/** Scenarios as JSON. */
import { expect, test } from 'vitest';
import { formatScenario, parseScenario, type Scenario } from '../../src/simulator/index.js';

const SCENARIO: Scenario = {
  name: 'a',
  epochs: 2,
  subnets: [
    {
      emission: 18_446_744_073_709_551_615n,
      hyperparameters: { kappa: 1, bondsMovingAverage: 900_000n },
      neurons: [{ stake: 1.5, miner: { agent: 'quality' } }],
      events: [
        { epoch: 1, hyperparameters: { minStake: 2n ** 60n } },
        { epoch: 1, uid: 0, stake: 2 },
      ],
    },
  ],
};

test('what is written is read back', () => {
  expect(parseScenario(formatScenario(SCENARIO))).toEqual(SCENARIO);
});

test('a scenario that is code in part is not written', () => {
  const decide = () => null;
  const code: Scenario = { name: 'c', epochs: 1, subnets: [{ neurons: [{ validator: { decide } }] }] };
  expect(() => formatScenario(code)).toThrow('the scenario "c" is code in part (decide)');
});

test.each<[text: string, part: string]>([
  ['{', 'JSON'],
  ['[]', 'expected an object'],
  ['{"subnets":[{"emission":1.5}]}', 'subnets[0].emission'],
  ['{"subnets":[{"emission":9007199254740993}]}', 'above 2^53 as text'],
  ['{"subnets":[{"hyperparameters":{"minStake":"a"}}]}', 'subnets[0].hyperparameters.minStake'],
  ['{"subnets":[{"events":[{"hyperparameters":{"minStake":-0.5}}]}]}', 'subnets[0].events[0].hyperparameters.minStake'],
])('is refused: %s', (text, part) => expect(() => parseScenario(text)).toThrow(part));

test('what has another form is left to the check of the scenario', () => {
  for (const text of ['{}', '{"subnets":1}', '{"subnets":[1]}', '{"subnets":[{"events":[1]}]}']) {
    expect(parseScenario(text)).toEqual(JSON.parse(text));
  }
});
