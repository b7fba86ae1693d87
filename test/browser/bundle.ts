/** A page that uses the package as an app would: installed in `node_modules`, bundled by Vite. Tests run from `dist`. */
import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

export interface Bundle {
  /** Folder with index.html. */
  readonly folder: string;
  /** Files that went into it. */
  readonly modules: readonly string[];
  readonly warnings: readonly string[];
  /** Bytes of what a page loads at once, of what it loads for WebGPU, and of the core. */
  readonly gzipped: { readonly script: number; readonly webgpu: number; readonly wasm: number };
}

/** @param app folder with index.html */
export async function bundle(app = 'test/browser/app'): Promise<Bundle> {
  mkdirSync('build', { recursive: true });
  const root = mkdtempSync(resolve('build/browser-'));
  cpSync(app, root, { recursive: true });
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(process.cwd(), join(root, 'node_modules/yuma-engine'));
  const warnings: string[] = [];
  const folder = join(root, 'dist');
  const outputs = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      rolldownOptions: { onLog: (_, { message }) => void warnings.push(message) },
    },
  });
  const { output } = [outputs].flat()[0] as Extract<typeof outputs, { output: unknown }>;
  const gzipped = { script: 0, webgpu: 0, wasm: 0 };
  const modules: string[] = [];
  for (const file of output) {
    if (file.type === 'chunk') {
      modules.push(...file.moduleIds);
      gzipped[file.isEntry ? 'script' : 'webgpu'] += gzipSync(file.code).length;
    } else if (/yuma-[^/]*\.wasm$/.test(file.fileName) && !file.fileName.includes('plain')) {
      gzipped.wasm += gzipSync(file.source).length;
    }
  }
  return { folder, modules, warnings, gzipped };
}
