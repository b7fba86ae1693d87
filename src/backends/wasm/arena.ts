/**
 * Arenas: memories in which subnets lie side by side, each with one instance of the core that lays them out.
 * Ownership  whoever allocates a block frees it; a view of an unshared memory is void once the memory has grown
 * Bound      one memory holds 4 GiB less a page; what does not fit there goes to a further arena
 */
import { Blocks } from './blocks.js';
import { type ArenaExports, instantiateArena, instantiateShared, outOfMemory } from './exports.js';
import { MEMORY_LIMIT } from './layout.js';

const PAGE = 65_536;
const FIRST_PAGES = 32;
const MOST_PAGES = 65_536;
/** Memory grows by at least this share of what there is, so that growing stays rare. */
const GROWTH = 0.25;

/** A block in one of the arenas. */
export interface Place {
  readonly arena: Arena;
  readonly at: number;
}

export class Arena {
  private readonly blocks: Blocks;

  constructor(
    /** Of this process; workers know an arena by it. */
    readonly id: number,
    readonly exports: ArenaExports,
  ) {
    this.blocks = new Blocks(exports.arenaStart(), MEMORY_LIMIT);
  }

  get memory(): WebAssembly.Memory {
    return this.exports.memory;
  }

  /** Address of a block; `undefined` where there is no room, in the arena or on the host. */
  allocate(bytes: number): number | undefined {
    const at = this.blocks.allocate(bytes);
    if (at === undefined || this.grow(this.blocks.extent)) return at;
    this.blocks.free(at);
    return undefined;
  }

  /** @throws YumaError OUT_OF_MEMORY where there is no room */
  take(bytes: number): number {
    const at = this.allocate(bytes);
    if (at === undefined) throw outOfMemory(bytes);
    return at;
  }

  free(at: number): void {
    this.blocks.free(at);
  }

  get empty(): boolean {
    return this.blocks.empty;
  }

  private grow(extent: number): boolean {
    const { byteLength } = this.memory.buffer;
    if (extent <= byteLength) return true;
    const wanted = Math.min(MEMORY_LIMIT, Math.max(extent, byteLength * (1 + GROWTH)));
    return this.growTo(wanted) || this.growTo(extent);
  }

  private growTo(bytes: number): boolean {
    try {
      this.memory.grow(Math.ceil((bytes - this.memory.buffer.byteLength) / PAGE));
      return true;
    } catch {
      return false; // the host has no more
    }
  }
}

/** All arenas of one engine. */
export class Arenas {
  private readonly arenas: Arena[] = [];

  /** @param shared workers map the memories */
  constructor(
    private readonly module: WebAssembly.Module,
    private readonly shared: boolean,
  ) {}

  /** The arena in which anything can be asked of the core. */
  get first(): Arena {
    return this.arenas[0] ?? this.open();
  }

  /**
   * A block in the first arena that has room for it.
   * @throws YumaError OUT_OF_MEMORY
   */
  allocate(bytes: number): Place {
    if (bytes < MEMORY_LIMIT) {
      for (const arena of this.arenas) {
        const at = arena.allocate(bytes);
        if (at !== undefined) return { arena, at };
      }
      if (!this.arenas.some((arena) => arena.empty)) {
        const arena = this.open();
        const at = arena.allocate(bytes);
        if (at !== undefined) return { arena, at };
      }
    }
    throw outOfMemory(bytes);
  }

  private open(): Arena {
    const arena = new Arena(this.arenas.length, this.instantiate());
    this.arenas.push(arena);
    return arena;
  }

  private instantiate(): ArenaExports {
    return this.shared ? instantiateShared(this.module, sharedMemory()) : instantiateArena(this.module);
  }
}

/** @throws YumaError OUT_OF_MEMORY where the host has no address space left */
export function sharedMemory(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES, shared: true });
  } catch (cause) {
    throw outOfMemory(FIRST_PAGES * PAGE, { cause });
  }
}
