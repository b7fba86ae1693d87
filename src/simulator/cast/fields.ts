/** Fields: checks of the shape of a scenario. Each fault names the path of what is wrong. */
import { YumaError } from '../../epoch/index.js';
import { shown } from '../definition.js';

/** @throws YumaError WRONG_TYPE, UNKNOWN_FIELD */
export function fieldsOf(value: unknown, field: string, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new YumaError('WRONG_TYPE', { field, expected: 'an object', got: shown(value) });
  }
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) throw new YumaError('UNKNOWN_FIELD', { field: `${field}.${name}`, known });
  }
}

/** @throws YumaError WRONG_TYPE */
export function text(value: unknown, field: string): void {
  if (typeof value === 'string' && value !== '') return;
  throw new YumaError('WRONG_TYPE', { field, expected: 'a text that is not empty', got: shown(value) });
}

/** @throws YumaError WRONG_TYPE */
export function list(value: unknown, field: string): void {
  if (!Array.isArray(value)) throw new YumaError('WRONG_TYPE', { field, expected: 'a list', got: shown(value) });
}
