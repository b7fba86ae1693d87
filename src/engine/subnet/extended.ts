/** Extended: a vector of a subnet with room for one more neuron. */

/** The vector in an array of `length`, 0 behind what it holds. */
export function extended<V extends BigUint64Array | Uint8Array>(vector: V, length: number): V {
  const longer = new (vector.constructor as new (length: number) => V)(length);
  longer.set(vector as never); // numbers or bigints, as the vector itself
  return longer;
}
