import { run } from './run.js';

globalThis.onmessage = async ({ data }) => {
  const answer = await run(...data).catch((fault) => ({ fault: String(fault) }));
  globalThis.postMessage(answer);
};
