/**
 * A command from outside that speaks the case format: a case a line on stdin, a line {"name", "out"} a case on stdout, in
 * the same order, as `yuma epoch - --json` does. It gets cases that a healthy chain can hold, no odd ones.
 * Errors   a command that ends or stays silent over a case has not computed it: that counts as a difference. The next
 *          case meets a fresh one
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type ExpectedCase, formatCase, MID_FIELDS, OUT_FIELDS } from '#yuma/formats/index.js';
import { READ_VECTOR } from '#yuma/formats/vectors.js';
import type { Contender } from '../contender.js';
import type { Drawn } from '../draw/case.js';

const PATIENCE_MS = 20_000;

export function commandContender(command: string): Contender {
  let running: Running | undefined;
  let asked = 0; // names have to differ
  return {
    name: command,
    takes: ({ odd }) => !odd,
    run: async (cases) => {
      running ??= new Running(command);
      try {
        return await running.ask(cases.map((drawn) => ({ drawn, name: `fuzz/${asked++}` })));
      } catch (fault) {
        running.end();
        running = undefined;
        throw fault;
      }
    },
    close: async () => running?.end(),
  };
}

class Running {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  constructor(private readonly command: string) {
    this.child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'inherit'], detached: true });
    this.child.stdin!.on('error', () => {}); // that it ended shows on stdout
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  async ask(cases: readonly { drawn: Drawn; name: string }[]): Promise<ExpectedCase[]> {
    const text = cases.map(({ drawn, name }) => `${formatCase({ name, input: drawn.given })}\n`).join('');
    this.child.stdin!.write(text);
    const results: ExpectedCase[] = [];
    for (const { name } of cases) results.push(readResult(await this.line(), name));
    return results;
  }

  /** The command and all that it started. */
  end(): void {
    try {
      process.kill(-this.child.pid!);
    } catch {
      // it has ended by itself
    }
  }

  private async line(): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`"${this.command}" gave no line for ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      const { done, value } = await Promise.race([this.lines.next(), silence]);
      if (done) throw new Error(`"${this.command}" ended before it gave its result`);
      return value;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The fields that the line gives; one at least. */
function readResult(line: string, name: string): ExpectedCase {
  const result = JSON.parse(line) as { name?: string; out?: object; mid?: object };
  if (result.name !== name) throw new Error(`a result of "${result.name}" where "${name}" was due`);
  if (Object.keys(result.out ?? {}).length === 0) throw new Error(`no fields in "out" of "${name}"`);
  return { out: vectors(result.out, OUT_FIELDS), mid: vectors(result.mid, MID_FIELDS) };
}

type Kinds = Readonly<Record<string, keyof typeof READ_VECTOR>>;

const vectors = (fields: object | undefined, kinds: Kinds): object =>
  Object.fromEntries(
    Object.entries(fields ?? {}).map(([field, list]) => {
      const kind = kinds[field];
      if (kind === undefined) throw new Error(`the format has no result "${field}"`);
      return [field, READ_VECTOR[kind](list, field)];
    }),
  );
