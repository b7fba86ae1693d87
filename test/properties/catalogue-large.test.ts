/**
 * The catalogue on subnets of 512 to 4 096 neurons: all of it on the core as it is; agreement, conservation and consensus on each
 * of its ways, its plain build and worker threads.
 */
import { PROPERTIES } from '../../src/properties/index.js';
import { backendsUnderTest } from '../backends.js';
import { describeCatalogue, runOn } from './catalogue-on.js';
import { largeSubnets } from './large-subnets.js';

const SOME = [
  ...['specified', 'no-more-than-all', 'little-is-lost', 'scores-sum-to-one'],
  ...['consensus-occurs', 'consensus-supported', 'consensus-largest'],
];
const some = PROPERTIES.filter(({ name }) => SOME.includes(name));
const backends = (await backendsUnderTest()).filter(({ name }) => name.startsWith('wasm'));

describeCatalogue(
  backends.map(({ name, backend }) => ({ name, run: runOn(backend), properties: name === 'wasm' ? PROPERTIES : some })),
  4,
  largeSubnets,
);
