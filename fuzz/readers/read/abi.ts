/** The interface of the bare module, called by hosts that keep its page's rules and by hosts that do not. */
import { compileCore } from '#yuma/backends/wasm/exports.js';
import { type CoreBuild, readCoreModule } from '#yuma/backends/wasm/module.js';
import { Host } from '../abi/host.js';
import { drawProgram, type Program } from '../abi/program.js';
import type { Reader } from '../reader.js';

const ENCODER = new TextEncoder();

/** A module is the same for all; an instance is used for a while, as hosts do. */
const MOST_PROGRAMS = 1_000;

const modules = new Map<CoreBuild, WebAssembly.Module>();
const hosts = new Map<CoreBuild, { readonly host: Host; programs: number }>();

function hostOf(build: CoreBuild): Host {
  const known = hosts.get(build);
  if (known !== undefined && !known.host.worn && ++known.programs < MOST_PROGRAMS) return known.host;
  const module = modules.get(build) ?? compileCore(readCoreModule(build));
  modules.set(build, module);
  const host = new Host(build, module);
  hosts.set(build, { host, programs: 0 });
  return host;
}

export const abiReader: Reader = {
  name: 'abi',
  draw: (random) => ENCODER.encode(JSON.stringify(drawProgram(random))),
  read: async (bytes) => {
    const program = JSON.parse(Buffer.from(bytes).toString()) as Program;
    try {
      return `status ${hostOf(program.build).run(program)}`;
    } catch (fault) {
      hosts.delete(program.build);
      throw fault;
    }
  },
};
