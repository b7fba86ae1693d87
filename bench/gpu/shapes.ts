/** Networks that the GPU benchmark is run on: all alike subnets, every entry filled. */
export interface Shape {
  readonly subnets: number;
  readonly validators: number;
  readonly neurons: number;
}

export const SHAPES: readonly Shape[] = [
  { subnets: 128, validators: 64, neurons: 256 },
  { subnets: 256, validators: 64, neurons: 4096 },
  { subnets: 16, validators: 1024, neurons: 4096 },
  { subnets: 1, validators: 4096, neurons: 4096 },
];

export const nameOf = ({ subnets, validators, neurons }: Shape): string => `${subnets} x (${validators} x ${neurons})`;

/** So much less of the same: fewer subnets, or fewer validators of a single one. */
export function scaled({ subnets, validators, neurons }: Shape, scale: number): Shape {
  const part = (count: number) => Math.max(1, Math.round(count * scale));
  return subnets > 1
    ? { subnets: part(subnets), validators, neurons }
    : { subnets, validators: part(validators), neurons };
}
