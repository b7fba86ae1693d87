/** Apart: labels of one height that do not lie on each other. */

/**
 * Places for labels of one height: in the order of what they belong to, as near to it as the others let them, within
 * the bounds as far as there is room.
 */
export function apart(wanted: readonly number[], height: number, least: number, largest: number): number[] {
  const order = wanted.map((_, at) => at).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  // groups of labels that touch, each about the mean of what its labels want
  const groups: { members: number[]; sum: number; top: number }[] = [];
  const topOf = (sum: number, count: number): number => {
    const top = sum / count - ((count - 1) * height) / 2;
    return Math.max(least, Math.min(top, largest - (count - 1) * height));
  };
  for (const at of order) {
    let group = { members: [at], sum: wanted[at]!, top: topOf(wanted[at]!, 1) };
    for (let last = groups.at(-1); last !== undefined; last = groups.at(-1)) {
      if (last.top + last.members.length * height <= group.top) break;
      groups.pop();
      const members = [...last.members, ...group.members];
      const sum = last.sum + group.sum;
      group = { members, sum, top: topOf(sum, members.length) };
    }
    groups.push(group);
  }
  const places = new Array<number>(wanted.length).fill(0);
  for (const { members, top } of groups) for (const [rank, at] of members.entries()) places[at] = top + rank * height;
  return places;
}
