/**
 * Named versions of the chain's rules. An input says which rules it follows; a name not listed here is refused.
 * The name is the runtime's name and `spec_version` (docs/spec/yuma-epoch.md, head).
 */
export const RULES = ['subtensor-425'] as const;

/** A version of the chain's epoch rules. */
export type RulesVersion = (typeof RULES)[number];

/** The rules taken where an input names none. */
export const DEFAULT_RULES: RulesVersion = 'subtensor-425';
