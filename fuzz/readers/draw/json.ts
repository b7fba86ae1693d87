/**
 * Changes of JSON that know its structure. A text becomes a tree that can also hold what no JSON value can: a key that
 * stands twice, and literals that are none.
 */
import type { Random } from '#yuma/sample/random.js';
import { oneIn, pick } from '../../draw/integers.js';
import { anyLiteral, nudged, numberLiteral } from './literals.js';

export type Tree =
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'literal'; readonly text: string };

type Member = readonly [key: string, value: Tree];

/** @param value as `JSON.parse` gives it */
export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(treeOf) };
  if (typeof value !== 'object' || value === null) return { kind: 'literal', text: JSON.stringify(value) };
  return { kind: 'object', members: Object.entries(value).map(([key, member]) => [key, treeOf(member)]) };
}

export function textOf(tree: Tree, key = (name: string): string => JSON.stringify(name)): string {
  if (tree.kind === 'literal') return tree.text;
  if (tree.kind === 'list') return `[${tree.items.map((item) => textOf(item, key)).join(',')}]`;
  return `{${tree.members.map(([name, value]) => `${key(name)}:${textOf(value, key)}`).join(',')}}`;
}

const NAMES = [
  '',
  'name',
  'n',
  '__proto__',
  'constructor',
  'toString',
  'weights',
  'wieghts',
  'out',
  'mid',
  'meta',
  '0',
];

/** The text of a tree changed at one to three places; `other` lends pieces. */
export function changedJson(random: Random, whole: Tree, other: Tree): string {
  let tree = whole;
  for (let times = 1 + random.below(3); times > 0; times--) tree = changed(random, tree, other);
  return textOf(tree, oneIn(random, 16) ? spelledOut : undefined);
}

/** Every character as an escape: equal keys with unequal texts. */
const spelledOut = (name: string): string =>
  `"${[...name].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;

/** A node somewhere in the tree takes another's place, or its members change. Walks down until it stops. */
function changed(random: Random, tree: Tree, other: Tree): Tree {
  const children = tree.kind === 'object' ? tree.members.length : tree.kind === 'list' ? tree.items.length : 0;
  if (children === 0 || oneIn(random, 6)) return changedHere(random, tree, other);
  const at = random.below(children);
  if (tree.kind === 'object') {
    const [key, value] = tree.members[at]!;
    return { ...tree, members: tree.members.with(at, [key, changed(random, value, other)]) };
  }
  if (tree.kind === 'list') return { ...tree, items: tree.items.with(at, changed(random, tree.items[at]!, other)) };
  return tree;
}

function changedHere(random: Random, tree: Tree, other: Tree): Tree {
  if (oneIn(random, 12)) return nested(random, tree);
  if (oneIn(random, 12)) return pieceOf(random, other);
  if (tree.kind === 'literal') return literal(oneIn(random, 2) ? nudged(random, tree.text) : anyLiteral(random));
  if (oneIn(random, 8)) return literal(anyLiteral(random));
  if (tree.kind === 'list') return { ...tree, items: changedList(random, tree.items, literal(anyLiteral(random))) };
  const added: Member = [pick(random, NAMES), literal(numberLiteral(random))];
  const members = changedList(random, tree.members, added);
  if (members.length === 0 || !oneIn(random, 4)) return { ...tree, members };
  const at = random.below(members.length);
  return { ...tree, members: members.with(at, [pick(random, NAMES), members[at]![1]]) };
}

/** Leaves out, repeats, turns round, cuts off or adds one. */
function changedList<T>(random: Random, list: readonly T[], added: T): readonly T[] {
  const at = random.below(list.length + 1);
  const kind = random.below(5);
  if (kind === 0) return list.toSpliced(at, 1);
  if (kind === 1 && at < list.length) return list.toSpliced(random.below(list.length), 0, list[at]!);
  if (kind === 2) return list.toReversed();
  if (kind === 3) return list.slice(0, at);
  return list.toSpliced(at, 0, added);
}

const literal = (text: string): Tree => ({ kind: 'literal', text });

/** Deep enough for the limits of `meta` and of the stack, seldom. */
function nested(random: Random, tree: Tree): Tree {
  const levels = oneIn(random, 200) ? 20_000 : oneIn(random, 10) ? 90 + random.below(20) : 1 + random.below(3);
  const [open, close] = pick(random, [
    ['[', ']'],
    ['{"a":', '}'],
  ]);
  return literal(open.repeat(levels) + textOf(tree) + close.repeat(levels));
}

function pieceOf(random: Random, tree: Tree): Tree {
  if (tree.kind === 'object' && tree.members.length > 0 && !oneIn(random, 3)) {
    return pieceOf(random, pick(random, tree.members)[1]);
  }
  if (tree.kind === 'list' && tree.items.length > 0 && !oneIn(random, 3))
    return pieceOf(random, pick(random, tree.items));
  return tree;
}
