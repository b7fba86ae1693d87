/** Spec: a built-in agent or evaluation by its name, or code. */
import { YumaError } from '../../epoch/index.js';
import { type Definition, make, shown } from '../definition.js';

export interface SpecKind {
  readonly role: string;
  /** Field of a spec that has the name. */
  readonly key: string;
  /** What code must have. */
  readonly method: string;
  readonly path: string;
}

/** @throws YumaError UNKNOWN_NAME, WRONG_TYPE, UNKNOWN_FIELD, OUT_OF_RANGE */
export function castSpec<Made>(spec: unknown, known: Readonly<Record<string, Definition<Made>>>, kind: SpecKind): Made {
  const { role, key, method, path } = kind;
  const fields = spec as Record<string, unknown> | null;
  if (typeof fields === 'object' && fields !== null) {
    if (typeof fields[method] === 'function') return spec as Made;
    const { [key]: name, ...parameters } = fields;
    if (typeof name === 'string') {
      if (Object.hasOwn(known, name)) return make(known[name]!, parameters, path);
      throw new YumaError('UNKNOWN_NAME', { field: path, what: role, wanted: name, known: Object.keys(known) });
    }
  }
  const expected = `a ${role}: { ${key}: name, ... }, or an object with a method ${method}`;
  throw new YumaError('WRONG_TYPE', { field: path, expected, got: shown(spec) });
}
