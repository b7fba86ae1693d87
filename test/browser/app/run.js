import { createEngine } from 'yuma-engine/browser';

/** Outputs of the inputs, and what computed them. */
export async function run(options, inputs, how) {
  const engine = await createEngine(options);
  const outputs = [];
  for await (const output of engine.runEpochs(inputs, how)) outputs.push(output);
  const { backend, adapter } = engine.info();
  await engine.close();
  return { outputs, backend, adapter };
}
