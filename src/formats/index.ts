/** Files: reading cases, writing cases and results. The format is described in docs/case-format.md. */
export type { Case, EpochCase, ExpectedCase, ExpectedIntermediates, ExpectedOutput } from './case.js';
export { caseFault } from './case-fault.js';
export { MID_FIELDS, type MidField, OUT_FIELDS, type OutField } from './fields.js';
export { type ReadLimits, readCases } from './read-cases.js';
export type { CaseSource } from './source.js';
export { type WriteOptions, writeAtomically } from './write-atomically.js';
export {
  formatCase,
  type IntermediatesJson,
  intermediatesToJson,
  type OutputJson,
  outputToJson,
} from './write-case.js';
