/**
 * Portions: a vote of which a fixed share goes to some neurons and the rest to the others, within each of the two in
 * proportion to their scores, or evenly where those are all 0.
 */

/**
 * @param eligible uids that may get anything
 * @param favoured those of them that share `share` among them; where there are none, or nobody else, the other side gets all
 * @returns a share of 1 for each uid
 */
export function portions(
  scores: Float64Array,
  eligible: readonly number[],
  favoured: (uid: number) => boolean,
  share: number,
): Float64Array {
  const inside = eligible.filter(favoured);
  const outside = eligible.filter((uid) => !favoured(uid));
  const part = outside.length === 0 ? 1 : inside.length === 0 ? 0 : share;
  const vote = new Float64Array(scores.length);
  hand(vote, scores, inside, part);
  hand(vote, scores, outside, 1 - part);
  return vote;
}

function hand(vote: Float64Array, scores: Float64Array, uids: readonly number[], amount: number): void {
  let sum = 0;
  for (const uid of uids) sum += scores[uid]!;
  for (const uid of uids) vote[uid] = sum > 0 ? (amount * scores[uid]!) / sum : amount / uids.length;
}
