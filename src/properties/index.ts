/**
 * `yuma-engine/properties`: what is true of Yuma Consensus, as a catalogue that any implementation can be held against,
 * what is not, with the smallest counterexamples, and arbitraries for whole subnets on fast-check.
 * Spec   docs/spec/yuma-epoch.md; docs/properties.md lists all and derives the bounds
 */
export { perturbations } from './arbitrary/perturbations.js';
export { ROLES, type Role } from './arbitrary/roles.js';
export { type SubnetOptions, subnets } from './arbitrary/subnets.js';
export { BELIEFS, type Belief } from './beliefs/beliefs.js';
export { PROPERTIES } from './catalogue.js';
export { type CheckedRun, type CheckInputOptions, checkInput, failingCase, picks, picksOf } from './check.js';
export { type CommandRun, startCommand } from './command.js';
export { type CopyingOptions, copyingGain, scenes } from './copying.js';
export { INFLUENCE, type MayChange, type Mode, type Powerless } from './influence.js';
export {
  checkProperty,
  FAMILIES,
  type Finding,
  type Given,
  PICKS,
  type Picks,
  type Precondition,
  type Property,
  type Run,
} from './property.js';
export { reduceInput } from './reduce.js';
