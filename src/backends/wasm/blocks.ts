/**
 * Blocks: who has which part of an address range. First fit; a freed block joins its free neighbours.
 * Exact  every address and size is a multiple of 16; blocks never overlap
 * Cost   O(free blocks) a call
 */

export const ALIGNMENT = 16;

interface Block {
  at: number;
  bytes: number;
}

export class Blocks {
  /** In rising order, never adjacent. */
  private readonly gaps: Block[] = [];
  private readonly taken = new Map<number, number>();

  /** @param start a multiple of 16 @param end first address that is not to be given out */
  constructor(
    start: number,
    readonly end: number,
  ) {
    this.gaps.push({ at: start, bytes: floor(end - start) });
  }

  /** Address of a block of at least so many bytes; `undefined` where no gap is as large. */
  allocate(bytes: number): number | undefined {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const index = this.gaps.findIndex((gap) => gap.bytes >= size);
    const gap = this.gaps[index];
    if (gap === undefined) return undefined;
    const { at } = gap;
    gap.at += size;
    gap.bytes -= size;
    if (gap.bytes === 0) this.gaps.splice(index, 1);
    this.taken.set(at, size);
    return at;
  }

  /** Gives back the block at this address. */
  free(at: number): void {
    const bytes = this.taken.get(at);
    if (bytes === undefined) throw new RangeError(`no block was given out at ${at}`);
    this.taken.delete(at);
    const after = this.gaps.findIndex((gap) => gap.at > at);
    const index = after === -1 ? this.gaps.length : after;
    const next = this.gaps[index];
    const previous = this.gaps[index - 1];
    const joinsPrevious = previous !== undefined && previous.at + previous.bytes === at;
    const joinsNext = next !== undefined && at + bytes === next.at;
    if (joinsPrevious) previous.bytes += bytes + (joinsNext ? next.bytes : 0);
    else if (joinsNext) Object.assign(next, { at, bytes: bytes + next.bytes });
    else this.gaps.splice(index, 0, { at, bytes });
    if (joinsPrevious && joinsNext) this.gaps.splice(index, 1);
  }

  /** Bytes from the start that hold every block: no less memory will do. */
  get extent(): number {
    const last = this.gaps[this.gaps.length - 1];
    return last !== undefined && last.at + last.bytes >= floor(this.end) ? last.at : this.end;
  }

  /** No block is given out. */
  get empty(): boolean {
    return this.taken.size === 0;
  }
}

const floor = (bytes: number): number => Math.floor(bytes / ALIGNMENT) * ALIGNMENT;
