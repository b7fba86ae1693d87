/** Verification: computed results held against expected ones. */
export { absentFields, compareOutput, type Difference, presentFields, type ResultElement } from './compare.js';
export { type CaseReport, type RunEpoch, verifyCases } from './verify-cases.js';
