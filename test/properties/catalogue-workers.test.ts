/** The catalogue on two worker threads, which get as many epochs at once as a group of checks asks for. */
import { backendsUnderTest } from '../backends.js';
import { describeCatalogue, runOn } from './catalogue-on.js';

const workers = (await backendsUnderTest()).find(({ name }) => name === 'wasm, workers')!;

describeCatalogue([{ name: workers.name, run: runOn(workers.backend), together: 250 }], 1_000);
