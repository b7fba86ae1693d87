/** Another implementation behind a command, here our own: `npm run build` must have been run, as `npm test` does. */
import { describe, expect, test } from 'vitest';
import { checkProperty, PROPERTIES, startCommand } from '../../src/properties/index.js';
import { WORKED_EXAMPLE } from '../worked-example.js';
import { wasm } from './implementations.js';

const MAIN = new URL('../../dist/cli/main.js', import.meta.url).pathname;
const EPOCH = `'${process.execPath}' '${MAIN}' epoch --json --lenient`;

async function answer(command: string) {
  const started = startCommand(command);
  try {
    return await started.run(WORKED_EXAMPLE);
  } finally {
    await started.close();
  }
}

describe('a command', () => {
  test.each(['', '--intermediates'])('gives the outputs of an implementation (%s)', async (flag) => {
    const { run, close } = startCommand(`${EPOCH} ${flag} -`);
    const [output, again] = await Promise.all([run(WORKED_EXAMPLE), run({ ...WORKED_EXAMPLE, emission: 7n })]);
    const { intermediates, ...want } = await wasm(WORKED_EXAMPLE);
    expect(output).toEqual({ ...want, intermediates: flag === '' ? undefined : intermediates });
    expect(again.serverEmission).not.toEqual(output.serverEmission);
    for (const property of PROPERTIES.slice(0, 3)) {
      expect(await checkProperty(property, run, WORKED_EXAMPLE, [1, 2, 3, 4])).toEqual({ status: 'ok' });
    }
    await close();
    await close();
  });

  test('that ends before it answers is an error', async () => {
    await expect(answer('exit 3')).rejects.toThrow('it ended with code 3 before it answered case 1');
  });

  test('that answers something else is an error', async () => {
    await expect(answer('echo hello; cat >/dev/null')).rejects.toMatchObject({ code: 'BAD_JSON' });
    await expect(answer('echo 3; cat >/dev/null')).rejects.toMatchObject({ code: 'MISSING_FIELD' });
    await expect(answer(`echo '{"out":{"active":[]}}'; cat >/dev/null`)).rejects.toMatchObject({
      code: 'MISSING_FIELD',
      data: { field: 'out.stakeWeight' },
    });
  });
});
