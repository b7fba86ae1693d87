/** The domain: what every entry of the package offers beside its way to run epochs. */
export * from './errors.js';
export * from './hyperparameters.js';
export * from './input.js';
export * from './output.js';
export * from './rules.js';
export { type CheckOptions, checkEpochInput } from './validate.js';
