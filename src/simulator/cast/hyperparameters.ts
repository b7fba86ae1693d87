/** Hyperparameters of a scenario: those of a subnet, and changes of them by events. */
import {
  checkEpochInput,
  DEFAULT_RULES,
  HYPERPARAMETERS,
  type Hyperparameters,
  sparseRows,
  YumaError,
} from '../../epoch/index.js';
import { numberWithin } from '../definition.js';
import { fieldsOf } from './fields.js';

/** @throws YumaError WRONG_TYPE, UNKNOWN_FIELD */
export function hyperparametersOf(
  given: Partial<Hyperparameters> | undefined,
  field: string,
): Partial<Hyperparameters> {
  if (given !== undefined) fieldsOf(given, field, Object.keys(HYPERPARAMETERS));
  return given ?? {};
}

/** Checks hyperparameters and the emission as the engine does, with the path in front. */
export function refuseBad(hyperparameters: Hyperparameters, emission: bigint, path: string): void {
  numberWithin(hyperparameters.tempo, 1, 65_535, true, { field: `${path}.hyperparameters.tempo` }); // blocks must go on
  const none = new BigUint64Array(0);
  const input = {
    rules: DEFAULT_RULES,
    n: 0,
    currentBlock: 0n,
    lastStep: 0n,
    emission,
    ownerUid: null,
    hyperparameters,
    stake: none,
    lastUpdate: none,
    registeredAt: none,
    validatorPermit: new Uint8Array(0),
    weights: sparseRows([]),
    bonds: sparseRows([]),
  };
  try {
    checkEpochInput(input);
  } catch (fault) {
    if (!(fault instanceof YumaError)) throw fault;
    const { field = '' } = fault.data as { field?: string };
    const place = field in hyperparameters ? `${path}.hyperparameters` : path;
    throw new YumaError(fault.code, { ...fault.data, field: field === '' ? place : `${place}.${field}` });
  }
}
