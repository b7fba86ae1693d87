/**
 * Workplace: the device that computes, with what is made for it. In the place of one that broke another is opened, when the
 * next epochs come, if the backend is told how.
 * Ownership  it closes its devices
 * Errors     what opening gives, GPU_UNAVAILABLE; CLOSED for who waits while it is closed, however long a driver takes
 */
import { YumaError } from '../../epoch/errors.js';
import type { Device } from './device.js';
import { Kernels } from './kernels.js';
import { Slot } from './slot.js';

/** So many batches are on their way at the same time. */
const SLOTS = 2;

/** A device, and what is made for it. */
export interface Opened {
  readonly device: Device;
  readonly slots: readonly Slot[];
}

export class Workplace {
  private opened: Opened;
  private reopening: Promise<void> | undefined;
  private closed = false;
  private endWaits!: () => void;
  private readonly closing = new Promise<void>((resolve) => {
    this.endWaits = resolve;
  });

  /** @param reopen opens a device in the place of one that broke; without it that one stays */
  constructor(
    first: Device,
    private readonly reopen?: () => Promise<Device>,
  ) {
    this.opened = withSlots(first);
  }

  /** The last one that was opened. */
  get device(): Device {
    return this.opened.device;
  }

  /** @throws YumaError GPU_UNAVAILABLE, CLOSED */
  async now(): Promise<Opened> {
    this.refuseIfClosed();
    if (this.device.isBroken && this.reopen !== undefined) {
      this.reopening ??= this.renew(this.reopen).finally(() => {
        this.reopening = undefined;
      });
      await Promise.race([this.reopening, this.closing]);
      this.refuseIfClosed();
    }
    return this.opened;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.endWaits();
    await this.device.close();
  }

  private async renew(open: () => Promise<Device>): Promise<void> {
    await this.device.close();
    const device = await open();
    if (this.closed) await device.close();
    else this.opened = withSlots(device);
  }

  private refuseIfClosed(): void {
    if (this.closed) throw new YumaError('CLOSED', { what: 'the backend' });
  }
}

function withSlots(device: Device): Opened {
  const kernels = new Kernels(device);
  return { device, slots: Array.from({ length: SLOTS }, () => new Slot(device, kernels)) };
}
