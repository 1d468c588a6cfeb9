import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { logLine } from '../embedded/host/log-lines';
import { readLocalSettings } from '../embedded/host/settings';
import { lockState } from '../embedded/host/state-lock';
import { startRuntime } from '../embedded/runtime';
import type { Runtime } from '../embedded/runtime';
import { startStorage } from '../embedded/storage/launcher';
import type { Storage } from '../embedded/storage/launcher';
import { startEmulator } from '../emulator/start';
import type { Emulator } from '../emulator/start';
import { projectRoot } from './project-root';

/** How the service runs on one machine. */
export interface LocalServiceOptions {
  /** Holds everything that outlives a stop. */
  readonly state: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Whether Partner Center, Entra ID and Key Vault are emulated; else the settings lead to the real ones. */
  readonly emulate: boolean;
  /** From commit to publication in the emulator, as `5s`. */
  readonly certification: string;
  /** Settings besides. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Takes log lines. */
  readonly log: (line: string) => void;
}

export interface LocalService {
  /** `http://host:port`; the app is below `/api`. */
  readonly url: string;
  /** Opens every operation. */
  readonly hostKey: string;
  readonly emulator: Emulator | undefined;
  /** Resolves when a part ended that should not have; never rejects. */
  readonly broken: Promise<string>;
  /** Stops everything within some seconds; what is in flight goes on at the next start. */
  stop(): Promise<void>;
}

/** The name of the emulated account in release documents. */
export const emulatedAccount = 'contoso';

/** Starts storage, emulator and app. Whatever fails to start stops what was started, and throws. */
export async function startLocalService(options: LocalServiceOptions): Promise<LocalService> {
  if (!options.emulate) demandAccounts(options);
  // Before any part of it: who is named as its owner is the process to stop, and not one of its parts.
  const lock = lockState(options.state);
  const stops: (() => Promise<void> | void)[] = [() => lock.release()];
  const stop = async (): Promise<void> => {
    // The app first: it needs the others to finish what it is doing.
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const storage = await startStorage({ directory: join(options.state, 'storage') });
    stops.push(() => storage.stop());
    const emulator = options.emulate ? await emulate(options, storage) : undefined;
    if (emulator !== undefined) stops.push(() => emulator.stop());
    const runtime = await runApp(options, { ...storageSettings(storage), ...(emulator && emulated(emulator)) });
    stops.push(() => runtime.stop());
    const broken = storage.ended.then((code) => `The storage process ended (${code}).`);
    return { url: runtime.url, hostKey: runtime.keys.host, emulator, broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Without accounts there is nothing to publish with: better said at once than at the first release. */
function demandAccounts({ settings }: LocalServiceOptions): void {
  const given: NodeJS.ProcessEnv = { ...readLocalSettings(projectRoot()), ...process.env, ...settings };
  if (given['PUBLISHER_ACCOUNTS']) return;
  const missing = ['PUBLISHER_ACCOUNTS', 'PUBLISHER_KEY_VAULT_URL'].filter((name) => !given[name]);
  throw new Error(
    `Settings are missing: ${missing.join(', ')}. Put them into local.settings.json (as in local.settings.sample.json) or the environment; docs/settings.md tells what they mean.`,
  );
}

async function emulate(options: LocalServiceOptions, storage: Storage): Promise<Emulator> {
  const emulator = await startEmulator({
    data: join(options.state, 'emulator'),
    storage: storage.connectionString,
    certification: options.certification,
  });
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(emulator.ca, 'utf8')]);
  return emulator;
}

function runApp(options: LocalServiceOptions, settings: Record<string, string>): Promise<Runtime> {
  return startRuntime({
    appDirectory: projectRoot(),
    stateDirectory: join(options.state, 'runtime'),
    port: options.port,
    host: options.host,
    settings: { ...settings, ...options.settings },
    log: (entry) => options.log(logLine(entry, new Date())),
  });
}

function storageSettings({ connectionString }: Storage): Record<string, string> {
  return { AzureWebJobsStorage: connectionString };
}

/** Leads the app to the emulator instead of Microsoft, with the emulated account and the identity that reads its secret. */
function emulated({ https, account }: Emulator): Record<string, string> {
  const { tenantId, clientId, clientSecret } = account;
  const credential = { kind: 'client-secret', secret: 'contoso-client-secret' };
  return {
    PUBLISHER_ACCOUNTS: JSON.stringify({ [emulatedAccount]: { tenantId, clientId, credential } }),
    PUBLISHER_KEY_VAULT_URL: https,
    PUBLISHER_AUTHORITY_HOST: https,
    PUBLISHER_STORE_API_URL: https,
    PUBLISHER_MARKETPLACE_API_URL: https,
    PUBLISHER_CLOUD_PARTNER_API_URL: https,
    PUBLISHER_POLL_FLOOR: 'PT2S',
    AZURE_AUTHORITY_HOST: https,
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
  };
}
