import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parsePort } from '../embedded/host/settings';
import { parseCertification } from '../emulator/options';
import { emulatedAccount, startLocalService } from './local-service';
import type { LocalService } from './local-service';
import { projectRoot } from './project-root';
import { startFailure } from './start-failure';

const usage = `Usage: npm start -- [options]

  --port N           port of the app (default 7071; 0 = any free one)
  --host ADDRESS     address to listen on (default 127.0.0.1: this machine alone)
  --state DIR        where everything is kept between starts (default .local)
  --certification D  from commit to publication in the emulator (default 20s)
  --no-emulator      publish for real: accounts and Key Vault come from local.settings.json or the environment
  --json             print one line of JSON instead of the banner
  --help             show this
`;

function parse(args: string[]) {
  const options = {
    port: { type: 'string', default: '7071' },
    host: { type: 'string', default: '127.0.0.1' },
    state: { type: 'string', default: join(projectRoot(), '.local') },
    certification: { type: 'string', default: '20s' },
    emulator: { type: 'boolean', default: true },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args, allowNegative: true, options }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/** Runs the service until it is asked to end, or a part of it fails. */
async function main(): Promise<void> {
  const values = parse(process.argv.slice(2));
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const port = parsePort(values.port);
  parseCertification(values.certification);
  const service = await startLocalService({
    state: values.state,
    port,
    host: values.host,
    emulate: values.emulator,
    certification: values.certification,
    log: (line) => process.stderr.write(`${line}\n`),
  }).catch((error: unknown) => {
    throw startFailure(error, values.state);
  });
  stopOnSignal(service);
  process.stdout.write(values.json ? `${announcement(service)}\n` : banner(service));
}

function stopOnSignal(service: LocalService): void {
  let stopping = false;
  const stop = (code: number): void => {
    if (stopping) process.exit(1);
    stopping = true;
    service.stop().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));
  whenOrphaned(() => stop(0));
  void service.broken.then((why) => {
    if (stopping) return;
    process.stderr.write(`${why}\n`);
    stop(1);
  });
}

const parent = process.ppid;

/** npm runs this in a shell that dies of a signal without passing it on: without its shell, the service ends as well. */
function whenOrphaned(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}

function announcement({ url, hostKey, emulator }: LocalService): string {
  const emulated = emulator && { https: emulator.https, control: emulator.control, ca: emulator.ca };
  return JSON.stringify({ url: `${url}/api`, key: hostKey, emulator: emulated });
}

function banner({ url, hostKey, emulator }: LocalService): string {
  const lines = [
    '',
    'Partner Center Publisher is running.',
    '',
    `  API        ${url}/api        (contract: ${url}/api/openapi.json)`,
    `  key        ${hostKey}        (header x-functions-key)`,
    ...(emulator === undefined ? [] : [`  emulator   ${emulator.https}        (control: ${emulator.control})`]),
    '',
    ...(emulator === undefined
      ? []
      : ['Publish new release notes for an app of the emulator:', '', curl(url, hostKey), '']),
    'Stop with Ctrl-C; what is in flight goes on at the next start.',
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function curl(url: string, key: string): string {
  const document = {
    account: emulatedAccount,
    target: { kind: 'store-app', applicationId: '9NCONTOSO003' },
    changes: { listings: { 'en-us': { baseListing: { releaseNotes: 'Starts faster.' } } } },
  };
  return [
    `  curl -sS ${url}/api/releases -H 'x-functions-key: ${key}' -H 'content-type: application/json' \\`,
    `    -d '${JSON.stringify(document)}'`,
  ].join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
