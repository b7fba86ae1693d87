/** Events of a scenario, by the epoch before which they happen. */
import { type Hyperparameters, MAX_NEURONS } from '../../epoch/index.js';
import { numberWithin } from '../definition.js';
import type { NeuronPlan, ScenarioEvent } from '../scenario.js';
import { fieldsOf, list } from './fields.js';
import { hyperparametersOf, refuseBad } from './hyperparameters.js';
import { type Actor, castNeurons, HOLDER_FIELDS, LARGEST_STAKE, raoOf } from './neurons.js';

export const LARGEST_EPOCHS = 10_000_000;

export type CastEvent =
  | { readonly uid: number; readonly register: Actor }
  | { readonly uid: number; readonly stake: bigint }
  | { readonly hyperparameters: Partial<Hyperparameters> };

export function castEvents(
  events: readonly ScenarioEvent[],
  neurons: number,
  hyperparameters: Hyperparameters,
  path: string,
): ReadonlyMap<number, readonly CastEvent[]> {
  list(events, path);
  const byEpoch = new Map<number, CastEvent[]>();
  let n = neurons;
  let current = hyperparameters;
  const inOrder = events.map((event, at) => ({ event, field: `${path}[${at}]` }));
  for (const { event, field } of inOrder) {
    fieldsOf(event, field, ['epoch', 'uid', 'register', 'stake', 'hyperparameters']);
    numberWithin(event.epoch, 0, LARGEST_EPOCHS, true, { field: `${field}.epoch` });
  }
  for (const { event, field } of inOrder.sort((a, b) => a.event.epoch - b.event.epoch)) {
    let made: CastEvent;
    if ('hyperparameters' in event) {
      fieldsOf(event, field, ['epoch', 'hyperparameters']);
      const changes = hyperparametersOf(event.hyperparameters, `${field}.hyperparameters`);
      current = { ...current, ...changes };
      refuseBad(current, 0n, field);
      made = { hyperparameters: changes };
    } else {
      const appends = 'register' in event && event.uid === n && n < MAX_NEURONS;
      if (appends) n += 1;
      numberWithin(event.uid, 0, n - 1, true, { field: `${field}.uid` });
      if ('register' in event) {
        fieldsOf(event, field, ['epoch', 'uid', 'register']);
        const [actor] = castNeurons(event.register as NeuronPlan, `${field}.register`, HOLDER_FIELDS);
        made = { uid: event.uid, register: actor!.name === '' ? { ...actor!, name: `uid ${event.uid}` } : actor! };
      } else {
        numberWithin(event.stake, 0, LARGEST_STAKE, false, { field: `${field}.stake` });
        made = { uid: event.uid, stake: raoOf(event.stake) };
      }
    }
    byEpoch.set(event.epoch, [...(byEpoch.get(event.epoch) ?? []), made]);
  }
  return byEpoch;
}
