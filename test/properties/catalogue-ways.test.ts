/** The catalogue on each way of the core through an epoch, forced, and on its build without vectors. */
import { backendsUnderTest } from '../backends.js';
import { describeCatalogue, runOn } from './catalogue-on.js';

const ways = (await backendsUnderTest()).filter(({ name }) => /, (tiles|cells|general stages|plain build)$/.test(name));
if (ways.length !== 4) throw new Error(`four ways were meant, not ${ways.length}`);

describeCatalogue(
  ways.map(({ name, backend }) => ({ name, run: runOn(backend) })),
  1_000,
);
