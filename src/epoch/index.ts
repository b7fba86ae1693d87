/** The domain: what every entry of the package offers beside its way to run epochs. */
export * from './combine-mechanisms.js';
export * from './errors.js';
export * from './hyperparameters.js';
export * from './input.js';
export * from './output.js';
export * from './reset-bonds.js';
export * from './rules.js';
export * from './split-emission.js';
export * from './stake-weight.js';
export * from './upscale-weights.js';
export { type CheckOptions, checkEpochInput } from './validate.js';
