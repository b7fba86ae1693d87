/** `--adapter` decides which GPU computes. A driver that is not there shows it, whatever others there are. */
import { afterEach, expect, test, vi } from 'vitest';
import { golden, yuma } from './yuma.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(['verify', 'epoch'])('yuma %s takes no other adapter than the one that it was told', async (command) => {
  for (const name of ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES']) vi.stubEnv(name, '/nowhere/at-all.json');
  const run = await yuma([command, '--backend', 'webgpu', '--adapter', 'vulkan', golden('medium.jsonl.gz')]);
  expect(run).toMatchObject({ stdout: '', exitCode: 2 });
  expect(run.stderr.replaceAll(/\s+/g, ' ')).toContain('GPU_UNAVAILABLE no GPU can be used: Vulkan: there is none.');
});
