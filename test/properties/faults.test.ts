/** Every property can fail: a fault is planted for each, and it must be found and made small. */
import { expect, test } from 'vitest';
import { checkProperty, type Picks, PROPERTIES, subnets } from '../../src/properties/index.js';
import { FAULTS } from './faulty.js';
import { findFailure, reference } from './implementations.js';

/** Enough for the rarest: two neurons of a kind that few subnets have. */
const MOST_RUNS = 4_000;

test('there is a fault for every property', () =>
  expect(Object.keys(FAULTS).sort()).toEqual(PROPERTIES.map(({ name }) => name).sort()));

test.each(PROPERTIES.map((property) => [property.name, property] as const))(
  '%s catches its fault',
  async (name, property) => {
    const found = await findFailure(property, FAULTS[name]!, subnets({ neurons: 7 }), MOST_RUNS);
    expect(found, 'a failure').toBeDefined();
    const { smallest } = found!;
    const chosen = smallest.meta?.picks as Picks;
    expect(await checkProperty(property, reference, smallest, chosen)).toEqual({ status: 'ok' });
  },
);
