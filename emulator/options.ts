import { parseArgs } from 'node:util';
import { parseDuration } from './core/duration';
import type { EmulatorOptions } from './start';

export const USAGE = `Usage: partner-center-emulator [options]       (in the project: npm run emulator -- [options])

  --port N                  HTTPS port; 0 = any free one (default 0)
  --http-port N             also serve plain HTTP; 0 = any free port
  --seed FILE               JSON file with tenants, accounts and applications (default: built in)
  --data DIR                where state, certificate authority and uploads are kept (default .local/emulator)
  --certification DURATION  from commit to publication, such as 200ms, 5s, 3d (default 5s)
  --storage CONNECTION      Azure Storage connection string for uploads (default: an Azurite of its own)
  --version                 show the version
  --help                    show this

The first line of standard output is one JSON object that says where everything is. Open its "https" (or "http") in a
browser to see state and journal. Ctrl-C or SIGTERM ends the emulator; what it knows is kept in --data.
`;

/** Reads the command line. Throws with a message for people when it makes no sense. */
export function parseOptions(args: readonly string[]): EmulatorOptions | 'help' | 'version' {
  const values = parse(args);
  if (values.help) return 'help';
  if (values.version) return 'version';
  return {
    port: parsePort(values.port),
    ...(values['http-port'] !== undefined && { httpPort: parsePort(values['http-port']) }),
    ...(values.seed !== undefined && { seed: values.seed }),
    data: values.data,
    ...(values.certification !== undefined && { certification: parseCertification(values.certification) }),
    ...(values.storage !== undefined && { storage: values.storage }),
  };
}

const known = {
  port: { type: 'string', default: '0' },
  'http-port': { type: 'string' },
  seed: { type: 'string' },
  data: { type: 'string', default: '.local/emulator' },
  certification: { type: 'string' },
  storage: { type: 'string' },
  version: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

/**
 * Milliseconds of `--certification`. On a command line a number without a unit is a mistake: whoever writes 5 means
 * seconds as often as anything else.
 *
 * @throws Error with the accepted forms.
 */
export function parseCertification(text: string): number {
  if (/^\s*[\d.]+\s*$/.test(text)) {
    throw new Error(`--certification ${text} has no unit: write ${text}ms, ${text}s, ${text}m, ${text}h or ${text}d.`);
  }
  return parseDuration(text);
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65535)) throw new Error(`"${text}" is not a port`);
  return port;
}
